/** Finds out what lies at a path: which format a model has, and which files belong to it. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { fileError } from "../../platform/file-errors.ts";
import { findCTranslate2Kind } from "./ctranslate2-file.ts";
import { findForeignContent, findForeignFile, findForeignFolder, requireWhisperConfig } from "./foreign-models.ts";
import { listShards, maxConfigBytes } from "./hugging-face-model.ts";
import { readJsonFile } from "./json-file.ts";
import { notWhisper, truncated } from "./refusals.ts";
import { isSafetensors } from "./safetensors.ts";
import { SourceFile } from "./source-file.ts";

export type ModelSource =
  | { readonly format: "ggml" | "openai" | "ctranslate2"; readonly file: string }
  | { readonly format: "hugging-face"; readonly folder: string; readonly weights: readonly string[] };

const maxFolderEntries = 10_000;
const headBytes = 512;

const configSchema = z.object({
  model_type: z.string().optional().catch(undefined),
  architectures: z.array(z.string()).optional().catch(undefined),
  quantization_config: z.unknown().optional(),
  n_audio_state: z.unknown().optional(),
});

/**
 * @param path of a file, or of a folder
 * @throws ArchivistError `file.*`; `model.invalid` for what is no Whisper model, with what it is
 */
export function findModelSource(path: string): ModelSource {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (thrown) {
    throw fileError(thrown, path, "read");
  }
  return isFolder ? findInFolder(path) : findByFile(path);
}

function readHead(path: string): { readonly head: Buffer; readonly sizeBytes: number } {
  const file = new SourceFile(path);
  try {
    return { head: file.readHead(headBytes), sizeBytes: file.sizeBytes };
  } finally {
    file.close();
  }
}

type FileFormat = "ggml" | "torch" | "ctranslate2" | "safetensors";

/** @throws ArchivistError `model.invalid` for other formats that are known */
function findFileFormat(path: string): FileFormat | undefined {
  const { head, sizeBytes } = readHead(path);
  if (head.length >= 4 && head.readUInt32LE(0) === 0x6767_6d6c) return "ggml";
  const foreign = findForeignFile(path, basename(path), head);
  if (foreign !== undefined) throw foreign;
  const kind = findCTranslate2Kind(head);
  if (kind !== undefined) return "ctranslate2";
  // An archive, which PyTorch writes; a bare pickle, as it was written before.
  if (head.toString("latin1", 0, 2) === "PK" || head[0] === 0x80) return "torch";
  if (isSafetensors(head, sizeBytes)) return "safetensors";
  if (path.endsWith(".safetensors")) throw truncated(path);
  return undefined;
}

/** Files that lie beside a model's weights: naming one of them names the model. */
const companions = /^(?:config|tokenizer|vocabulary|vocab|.*\.index)\.json$|^vocabulary\.txt$/;

function findByFile(path: string): ModelSource {
  const name = basename(path);
  if (companions.test(name)) return findInFolder(dirname(path));
  const format = findFileFormat(path);
  if (format === "ggml") return { format, file: path };
  if (format === "ctranslate2") return { format, file: path };
  const folder = dirname(path);
  if (format === "safetensors") {
    const names = listFolder(folder);
    if (/-\d{5}-of-\d{5}\.safetensors$/.test(name)) return findInFolder(folder);
    const foreign = findForeignFolder(folder, names);
    if (foreign !== undefined) throw foreign;
    return openConfigured(folder, [name], path);
  }
  if (format === "torch") {
    // transformers' own: its description lies beside it.
    if (/^pytorch_model.*\.bin$/.test(name)) return findInFolder(folder);
    return { format: "openai", file: path };
  }
  throw notWhisper(path, "this file is not a whisper model: its head is not that of a model");
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder).slice(0, maxFolderEntries).sort();
  } catch (thrown) {
    throw fileError(thrown, folder, "read");
  }
}

function findInFolder(folder: string): ModelSource {
  const names = listFolder(folder);
  const snapshot = findSnapshot(folder, names);
  if (snapshot !== undefined) return findInFolder(snapshot);
  const foreign = findForeignFolder(folder, names);
  if (foreign !== undefined) throw foreign;
  const binary = names.includes("model.bin") ? join(folder, "model.bin") : undefined;
  if (binary !== undefined && findFileFormat(binary) === "ctranslate2") return { format: "ctranslate2", file: binary };
  const weights = findWeights(folder, names);
  if (weights !== undefined) return openConfigured(folder, weights, folder);
  const single = names.filter((name) => /\.(?:pt|bin)$/.test(name) && !name.startsWith("."));
  if (single.length === 1) return findByFile(join(folder, single[0] as string));
  throw (
    findForeignContent(folder, names) ??
    notWhisper(
      folder,
      single.length > 1 ? "there are several models in this folder" : "there is no Whisper model in this folder",
      single.length > 1 ? "Name the file of the one to import." : undefined,
    )
  );
}

/** The folder of a version in the cache of Hugging Face's programs: the newest one that was asked for, or the only one. */
function findSnapshot(folder: string, names: readonly string[]): string | undefined {
  if (!names.includes("snapshots") || !names.includes("blobs")) return undefined;
  const versions = listFolder(join(folder, "snapshots"));
  let main = "";
  try {
    main = readFileSync(join(folder, "refs", "main"), "latin1")
      .slice(0, 100)
      .trim();
  } catch {
    // Not every cache has one.
  }
  const version = versions.find((name) => name === main) ?? (versions.length === 1 ? versions[0] : undefined);
  if (version === undefined) {
    throw notWhisper(
      folder,
      "there is not one version of a model in this cache, but none or several",
      "Name the folder of one version, below snapshots.",
    );
  }
  return join(folder, "snapshots", version);
}

function findWeights(folder: string, names: readonly string[]): readonly string[] | undefined {
  const has = (name: string): boolean => names.includes(name);
  for (const [whole, index] of [
    ["model.safetensors", "model.safetensors.index.json"],
    ["pytorch_model.bin", "pytorch_model.bin.index.json"],
  ] as const) {
    if (has(whole)) return [whole];
    if (has(index)) return listShards(join(folder, index));
  }
  const others = names.filter((name) => name.endsWith(".safetensors"));
  return others.length === 1 ? others : undefined;
}

/** @param path for errors */
function openConfigured(folder: string, weights: readonly string[], path: string): ModelSource {
  const names = listFolder(folder);
  if (!names.includes("config.json")) {
    throw notWhisper(
      path,
      "its config.json is missing, which says what kind of model it is",
      "Put config.json and tokenizer.json of the model into the same folder, and import the folder.",
    );
  }
  const configFile = join(folder, "config.json");
  const config = readJsonFile(configFile, configSchema, maxConfigBytes);
  if (config.n_audio_state !== undefined && config.model_type === undefined) {
    throw notWhisper(
      path,
      "these are weights for Apple's MLX",
      "Import the model that they were made from: OpenAI's .pt file or the Hugging Face folder.",
    );
  }
  requireWhisperConfig(path, config);
  return { format: "hugging-face", folder, weights };
}
