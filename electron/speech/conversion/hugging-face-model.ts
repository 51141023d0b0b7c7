/** Whisper models of Hugging Face's transformers: config.json, weights in one file or several, and a tokenizer. */
import { join } from "node:path";
import { z } from "zod";
import { readJsonFile } from "./json-file.ts";
import { damaged, notWhisper } from "./refusals.ts";
import { readSafetensors } from "./safetensors.ts";
import { SourceFile } from "./source-file.ts";
import type { StoredTensor } from "./stored-tensor.ts";
import { haveSameValues } from "./tensor-comparison.ts";
import { openTorchCheckpoint } from "./torch-checkpoint.ts";
import { readWords } from "./vocabulary.ts";
import { requirePlausible, type WhisperDimensions } from "./whisper-dimensions.ts";
import type { WhisperSource } from "./whisper-source.ts";

export const maxConfigBytes = 4 * 1024 ** 2;
const maxIndexBytes = 16 * 1024 ** 2;

const size = z.int().min(1).max(1_000_000);
const configSchema = z.object({
  vocab_size: size,
  d_model: size,
  encoder_layers: size,
  decoder_layers: size,
  encoder_attention_heads: size,
  decoder_attention_heads: size,
  max_source_positions: size,
  max_target_positions: size,
  num_mel_bins: size,
});

const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });

/** The names inside a layer, and what OpenAI calls them. */
const layerNames: Readonly<Record<string, string>> = {
  "self_attn.q_proj": "attn.query",
  "self_attn.k_proj": "attn.key",
  "self_attn.v_proj": "attn.value",
  "self_attn.out_proj": "attn.out",
  self_attn_layer_norm: "attn_ln",
  "encoder_attn.q_proj": "cross_attn.query",
  "encoder_attn.k_proj": "cross_attn.key",
  "encoder_attn.v_proj": "cross_attn.value",
  "encoder_attn.out_proj": "cross_attn.out",
  encoder_attn_layer_norm: "cross_attn_ln",
  fc1: "mlp.0",
  fc2: "mlp.2",
  final_layer_norm: "mlp_ln",
};

const otherNames: Readonly<Record<string, string>> = {
  "encoder.embed_positions.weight": "encoder.positional_embedding",
  "encoder.layer_norm.weight": "encoder.ln_post.weight",
  "encoder.layer_norm.bias": "encoder.ln_post.bias",
  "decoder.embed_positions.weight": "decoder.positional_embedding",
  "decoder.embed_tokens.weight": "decoder.token_embedding.weight",
  "decoder.layer_norm.weight": "decoder.ln.weight",
  "decoder.layer_norm.bias": "decoder.ln.bias",
};

/** Converts a name of transformers to OpenAI's; other names stay as they are. */
export function toOpenAiName(name: string): string {
  const short = name.replace(/^model\./, "");
  const layer = /^(encoder|decoder)\.layers\.(\d+)\.(.+)\.(weight|bias)$/.exec(short);
  if (layer === null) return otherNames[short] ?? short;
  const [, side = "", number = "", inner = "", kind = ""] = layer;
  return `${side}.blocks.${number}.${layerNames[inner] ?? inner}.${kind}`;
}

/** @throws ArchivistError `file.*`, `model.invalid` for a file that lists others outside of its folder */
export function listShards(indexFile: string): readonly string[] {
  const { weight_map: places } = readJsonFile(indexFile, indexSchema, maxIndexBytes);
  const names = [...new Set(Object.values(places))];
  if (
    names.length === 0 ||
    names.length > 1_000 ||
    names.some((name) => !/^[\w.-]*\w\.(?:safetensors|bin)$/.test(name))
  )
    throw damaged(indexFile, "its list of files makes no sense");
  return names;
}

export interface HuggingFaceFolder {
  readonly folder: string;
  /** Names of the files with weights. */
  readonly weights: readonly string[];
}

/**
 * Opens a model.
 * @param files is given the opened files, for the caller to close
 * @throws ArchivistError `file.*`, `model.invalid`, `model.truncated`
 */
export function openHuggingFaceModel({ folder, weights }: HuggingFaceFolder, files: SourceFile[]): WhisperSource {
  const config = readJsonFile(join(folder, "config.json"), configSchema, maxConfigBytes);
  const dimensions: WhisperDimensions = {
    vocabulary: config.vocab_size,
    audioPositions: config.max_source_positions,
    width: config.d_model,
    audioHeads: config.encoder_attention_heads,
    audioLayers: config.encoder_layers,
    textPositions: config.max_target_positions,
    textHeads: config.decoder_attention_heads,
    textLayers: config.decoder_layers,
    melBands: config.num_mel_bins,
  };
  requirePlausible(dimensions, folder);
  const tensors = new Map<string, StoredTensor>();
  for (const name of weights) {
    const file = new SourceFile(join(folder, name));
    files.push(file);
    for (const [stored, tensor] of readWeights(file)) {
      const openAiName = toOpenAiName(stored);
      if (tensors.has(openAiName)) throw damaged(file.path, `${stored} is in it twice`);
      tensors.set(openAiName, tensor);
    }
  }
  takeProjection(tensors, folder);
  return { path: folder, dimensions, tensors, words: readWords(folder, dimensions.vocabulary) };
}

function readWeights(file: SourceFile): ReadonlyMap<string, StoredTensor> {
  if (file.path.endsWith(".safetensors")) return readSafetensors(file);
  const { root, listTensors } = openTorchCheckpoint(file);
  return listTensors(root);
}

/** The words at the end are those at the beginning: whisper.cpp has one table for both, and so has Whisper. */
function takeProjection(tensors: Map<string, StoredTensor>, path: string): void {
  const projection = tensors.get("proj_out.weight");
  const embedding = tensors.get("decoder.token_embedding.weight");
  if (projection === undefined) return;
  tensors.delete("proj_out.weight");
  if (embedding === undefined) tensors.set("decoder.token_embedding.weight", projection);
  else if (!haveSameValues(projection, embedding)) {
    throw notWhisper(
      path,
      "it has a table of words of its own for its output, which Whisper has not",
      "The speech engine cannot run it. Import a model that was trained with tied embeddings, as Whisper is.",
    );
  }
}
