/** Writes Whisper models as transformers keeps them: config.json, a tokenizer, and weights in safetensors or PyTorch's format. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestModel, TestTensor } from "./tensors.ts";
import { pickle, torchArchive } from "./torch-writer.ts";

const dtypes = { f16: "F16", f32: "F32" } as const;

/** @param extra entries of the header, for files that lie */
export function safetensors(tensors: readonly TestTensor[], extra: Readonly<Record<string, unknown>> = {}): Buffer {
  let at = 0;
  const entries: [string, unknown][] = tensors.map(({ name, shape, type, bytes }) => {
    at += bytes.length;
    return [name, { dtype: dtypes[type], shape, data_offsets: [at - bytes.length, at] }];
  });
  const header = Object.fromEntries([["__metadata__", { format: "pt" }], ...entries, ...Object.entries(extra)]);
  return withHeader(JSON.stringify(header), Buffer.concat(tensors.map(({ bytes }) => bytes)));
}

export function withHeader(header: string, data: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
  return Buffer.concat([length, Buffer.from(header), data]);
}

const names: readonly (readonly [openAi: RegExp, other: string])[] = [
  [/^(encoder|decoder)\.blocks\.(\d+)\./, "$1.layers.$2."],
  [/\.cross_attn\.query\./, ".encoder_attn.q_proj."],
  [/\.cross_attn\.key\./, ".encoder_attn.k_proj."],
  [/\.cross_attn\.value\./, ".encoder_attn.v_proj."],
  [/\.cross_attn\.out\./, ".encoder_attn.out_proj."],
  [/\.cross_attn_ln\./, ".encoder_attn_layer_norm."],
  [/\.attn\.query\./, ".self_attn.q_proj."],
  [/\.attn\.key\./, ".self_attn.k_proj."],
  [/\.attn\.value\./, ".self_attn.v_proj."],
  [/\.attn\.out\./, ".self_attn.out_proj."],
  [/\.attn_ln\./, ".self_attn_layer_norm."],
  [/\.mlp\.0\./, ".fc1."],
  [/\.mlp\.2\./, ".fc2."],
  [/\.mlp_ln\./, ".final_layer_norm."],
  [/^encoder\.ln_post\./, "encoder.layer_norm."],
  [/^decoder\.ln\./, "decoder.layer_norm."],
  [/\.positional_embedding$/, ".embed_positions.weight"],
  [/\.token_embedding\./, ".embed_tokens."],
];

/** The tensors under transformers' names; biases of convolutions have one side there. */
export function huggingFaceTensors({ tensors }: TestModel, prefix = "model."): readonly TestTensor[] {
  return tensors.map((tensor) => ({
    ...tensor,
    name: prefix + names.reduce((name, [pattern, other]) => name.replace(pattern, other), tensor.name),
    shape: tensor.shape.filter((side) => side !== 1),
  }));
}

export const huggingFaceConfig = ({ dimensions }: TestModel): Readonly<Record<string, unknown>> => ({
  model_type: "whisper",
  architectures: ["WhisperForConditionalGeneration"],
  vocab_size: dimensions.n_vocab,
  d_model: dimensions.n_audio_state,
  encoder_layers: dimensions.n_audio_layer,
  decoder_layers: dimensions.n_text_layer,
  encoder_attention_heads: dimensions.n_audio_head,
  decoder_attention_heads: dimensions.n_text_head,
  max_source_positions: dimensions.n_audio_ctx,
  max_target_positions: dimensions.n_text_ctx,
  num_mel_bins: dimensions.n_mels,
});

/** Bytes as the letters of GPT-2's vocabulary. */
const letters: readonly string[] = (() => {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const isPrintable = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
    return String.fromCharCode(isPrintable ? byte : next++);
  });
})();

export const toLetters = (word: Uint8Array): string => Array.from(word, (byte) => letters[byte]).join("");

export function tokenizerJson(words: readonly Uint8Array[]): string {
  const vocab = Object.fromEntries(words.map((word, id) => [toLetters(word), id]));
  const special = { id: words.length, content: "<|endoftext|>", special: true };
  return JSON.stringify({ version: "1.0", added_tokens: [special], model: { type: "BPE", vocab, merges: [] } });
}

export interface HuggingFaceOptions {
  readonly weights?: "safetensors" | "sharded" | "torch";
  readonly words?: readonly Uint8Array[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly tensors?: readonly TestTensor[];
}

export function writeHuggingFace(folder: string, model: TestModel, options: HuggingFaceOptions = {}): void {
  const { weights = "safetensors", words, config = {}, tensors = huggingFaceTensors(model) } = options;
  writeFileSync(join(folder, "config.json"), JSON.stringify({ ...huggingFaceConfig(model), ...config }));
  if (words !== undefined) writeFileSync(join(folder, "tokenizer.json"), tokenizerJson(words));
  if (weights === "safetensors") writeFileSync(join(folder, "model.safetensors"), safetensors(tensors));
  else if (weights === "torch") {
    writeFileSync(join(folder, "pytorch_model.bin"), torchArchive(tensors, pickle.ordered));
  } else {
    const half = Math.floor(tensors.length / 2);
    const places: [string, string][] = [];
    [tensors.slice(0, half), tensors.slice(half)].forEach((some, index) => {
      const file = `model-0000${index + 1}-of-00002.safetensors`;
      writeFileSync(join(folder, file), safetensors(some));
      for (const { name } of some) places.push([name, file]);
    });
    const weightMap = Object.fromEntries(places);
    writeFileSync(
      join(folder, "model.safetensors.index.json"),
      JSON.stringify({ metadata: {}, weight_map: weightMap }),
    );
  }
}
