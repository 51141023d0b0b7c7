/** Converts a Whisper model of any format to ggml. It runs in a thread of its own: see run-conversion.ts. */
import { closeSync, fsyncSync, openSync } from "node:fs";
import type { Quantization } from "../../contract/model-quantization.ts";
import { fileError } from "../../platform/file-errors.ts";
import { openCTranslate2Model } from "./ctranslate2-model.ts";
import type { ModelSource } from "./find-model-source.ts";
import { findForeignTensors } from "./foreign-models.ts";
import { openGgmlModel } from "./ggml-model.ts";
import { type GgmlModel, measureModel, writeModel } from "./ggml-writer.ts";
import { openHuggingFaceModel } from "./hugging-face-model.ts";
import { computeMelFilters } from "./mel-filters.ts";
import { openOpenAiModel } from "./openai-model.ts";
import { SourceFile } from "./source-file.ts";
import { requireInsideFile } from "./stored-tensor.ts";
import { readShippedWords } from "./vocabulary.ts";
import { locateTensors, type WhisperSource } from "./whisper-source.ts";

export interface OpenedModel {
  readonly model: GgmlModel;
  /** What it will take on the disk. */
  readonly outputBytes: number;
}

/**
 * Reads everything of a model but its weights.
 * @param files is given the opened files, for the caller to close
 * @throws ArchivistError `file.*`, `model.invalid`, `model.truncated`
 */
export function openModel(
  source: ModelSource,
  quantization: Quantization | undefined,
  files: SourceFile[],
): OpenedModel {
  const opened = openSource(source, files);
  const { path, dimensions, tensors, words = readShippedWords(dimensions.vocabulary) } = opened;
  const foreign = findForeignTensors(path, tensors.keys());
  if (foreign !== undefined) throw foreign;
  const located = locateTensors(opened);
  for (const { stored } of located) requireInsideFile(stored);
  const filters = opened.filters ?? computeFilters(dimensions.melBands);
  // A model of whisper.cpp keeps its order, so that its own tool would make the same file of it.
  const ordered = source.format === "ggml" ? located.toSorted((a, b) => a.stored.offset - b.stored.offset) : located;
  const model: GgmlModel = { dimensions, words, tensors: ordered, filters, quantization };
  return { model, outputBytes: measureModel(model) };
}

function computeFilters(bands: number) {
  return { rows: bands, bytes: new Uint8Array(computeMelFilters(bands).buffer) };
}

function openSource(source: ModelSource, files: SourceFile[]): WhisperSource {
  if (source.format === "hugging-face") return openHuggingFaceModel(source, files);
  const file = new SourceFile(source.file);
  files.push(file);
  if (source.format === "ctranslate2") return openCTranslate2Model(file);
  return source.format === "openai" ? openOpenAiModel(file) : openGgmlModel(file);
}

/**
 * Writes an opened model to a new file, and everything to the disk.
 * @param onProgress share that is written, from 0 to 1
 * @throws ArchivistError `disk.full`, `folder.not-writable`, `model.invalid`, `model.truncated`, `file.*`
 */
export function writeConverted(model: GgmlModel, output: string, onProgress: (share: number) => void): void {
  try {
    const descriptor = openSync(output, "w");
    try {
      writeModel(descriptor, model, onProgress);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (thrown) {
    throw fileError(thrown, output, "write");
  }
}
