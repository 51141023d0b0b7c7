/**
 * Reads what a ggml model file is, and checks that it is complete: from its header to its last tensor, without its
 * weights. The layout is that of whisper.cpp's loader (whisper_model_load) and of its converters.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { ArchivistError } from "../../contract/errors.ts";
import { fileError } from "../../platform/file-errors.ts";
import { isParakeet, type ParakeetHeader, parakeetHeaderBytes, readParakeetHeader } from "./parakeet-header.ts";

/** A model that hears words, or a network that distinguishes speech from silence. */
export type ModelKind = "speech" | "voice-detection";

/** Whose networks it is one of. */
export type ModelFamily = "whisper" | "parakeet" | "silero";

export interface ModelFacts {
  readonly kind: ModelKind;
  readonly family: ModelFamily;
  readonly sizeBytes: number;
  /** False for models that know English only. True for voice-detection networks, which know no words. */
  readonly multilingual: boolean;
  /** Memory needed to run it, in bytes: weights, caches and working space. */
  readonly memoryBytes: number;
}

const ggmlMagic = 0x67676d6c;
/** Size of Whisper's English-only vocabularies; multilingual ones are larger. */
const englishVocabulary = 51_864;
const detectionKind = "silero-16k";
const headerBytes = 48;

/** Bytes of a block, and the values in it, by ggml's type numbers (ggml.h, ggml-common.h). */
const tensorTypes: Readonly<Record<number, readonly [bytes: number, values: number]>> = {
  0: [4, 1],
  1: [2, 1],
  2: [18, 32],
  3: [20, 32],
  6: [22, 32],
  7: [24, 32],
  8: [34, 32],
  10: [84, 256],
  11: [110, 256],
  12: [144, 256],
  13: [176, 256],
  14: [210, 256],
  30: [2, 1],
};

/**
 * Memory that a model needs besides its weights, by the width of its network, in MiB: whisper.cpp's README ("Memory
 * usage") less the size of the files, and a tenth more for the hypotheses of a wide beam.
 */
export function workingMiB(width: number): number {
  if (width <= 384) return 205;
  if (width <= 512) return 250;
  if (width <= 768) return 385;
  return width <= 1024 ? 530 : 850;
}

/** Memory that a Parakeet model needs besides its weights, in MiB: measured with windows of forty seconds. */
export const parakeetWorkingMiB = 350;

/** Memory of a voice-detection network, in bytes: its weights, widened, and a window of sound. */
export function detectionMemoryBytes(sizeBytes: number): number {
  return sizeBytes * 4;
}

/** Reads parts of a file; fewer bytes than requested mean that it ends there. */
class Reader {
  readonly sizeBytes: number;
  readonly #descriptor: number;

  constructor(path: string) {
    this.#descriptor = openSync(path, "r");
    this.sizeBytes = fstatSync(this.#descriptor).size;
  }

  read(at: number, length: number): Buffer {
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, this.sizeBytes - at)));
    let done = 0;
    while (done < buffer.length) {
      const count = readSync(this.#descriptor, buffer, done, buffer.length - done, at + done);
      if (count === 0) break;
      done += count;
    }
    return buffer.subarray(0, done);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

function withReader<T>(path: string, work: (reader: Reader) => T): T {
  let reader: Reader | undefined;
  try {
    reader = new Reader(path);
    return work(reader);
  } catch (thrown) {
    throw fileError(thrown, path, "read");
  } finally {
    reader?.close();
  }
}

/** Reads a model file's header. @throws ArchivistError `model.invalid`, `file.*` */
export function inspectModel(path: string): ModelFacts {
  return withReader(path, (reader) => readModelFacts(reader, path));
}

function readModelFacts(reader: Reader, path: string): ModelFacts {
  const { sizeBytes } = reader;
  const header = reader.read(0, headerBytes);
  if (header.length < 8 || header.readUInt32LE(0) !== ggmlMagic) throw invalid(path, "its head is not that of a model");
  if (isDetection(header)) {
    const memoryBytes = detectionMemoryBytes(sizeBytes);
    return { kind: "voice-detection", family: "silero", sizeBytes, multilingual: true, memoryBytes };
  }
  if (isParakeet(header)) {
    const { multilingual } = requireParakeet(reader, path);
    const memoryBytes = sizeBytes + parakeetWorkingMiB * 1024 ** 2;
    return { kind: "speech", family: "parakeet", sizeBytes, multilingual, memoryBytes };
  }
  if (header.length < headerBytes) throw truncated(path);
  if (!isPlausible(header)) throw invalid(path, "its head is not that of a whisper model");
  return {
    kind: "speech",
    family: "whisper",
    sizeBytes,
    multilingual: header.readInt32LE(4) > englishVocabulary,
    memoryBytes: sizeBytes + workingMiB(header.readInt32LE(12)) * 1024 ** 2,
  };
}

function requireParakeet(reader: Reader, path: string): ParakeetHeader {
  const bytes = reader.read(0, parakeetHeaderBytes);
  if (bytes.length < parakeetHeaderBytes) throw truncated(path);
  const header = readParakeetHeader(bytes);
  if (header === undefined) throw invalid(path, "its head is not that of a Parakeet model", "Parakeet");
  return header;
}

const isDetection = (header: Buffer): boolean =>
  header.readInt32LE(4) === detectionKind.length &&
  header.toString("latin1", 8, 8 + detectionKind.length) === detectionKind;

/** The same limits as whisper-host's own (native/whisper-host/src/model.cpp). */
function isPlausible(header: Buffer): boolean {
  const limits: readonly (readonly [index: number, least: number, most: number])[] = [
    [1, 50_000, 60_000],
    [2, 100, 6_000],
    [3, 16, 4_096],
    [4, 1, 64],
    [5, 1, 128],
    [6, 32, 2_048],
    [7, 16, 4_096],
    [8, 1, 64],
    [9, 1, 128],
    [10, 40, 256],
  ];
  return limits.every(([index, least, most]) => {
    const value = header.readInt32LE(index * 4);
    return value >= least && value <= most;
  });
}

/**
 * Reads a model file from end to end, except for its weights.
 * @throws ArchivistError `model.invalid`, `model.truncated`, `file.*`
 */
export function checkModel(path: string): ModelFacts {
  return withReader(path, (reader) => {
    const facts = readModelFacts(reader, path);
    if (facts.family === "silero") walkTensors(reader, path, detectionHeader);
    else if (facts.family === "parakeet") checkParakeet(reader, path);
    else {
      const vocabulary = readVocabularySize(reader);
      const sizes = reader.read(headerBytes, 8);
      if (sizes.length < 8) throw truncated(path);
      const filterBytes = sizes.readInt32LE(0) * sizes.readInt32LE(4) * 4;
      const start = afterVocabulary(reader, path, headerBytes + 8 + filterBytes, vocabulary);
      walkTensors(reader, path, start, { name: "decoder.token_embedding.weight", rows: vocabulary });
    }
    return facts;
  });
}

/** Filters, the window with its length, and the durations stand before the vocabulary. */
function checkParakeet(reader: Reader, path: string): void {
  const { vocabulary, bands, fft, durations, tensors } = requireParakeet(reader, path);
  const sizes = reader.read(parakeetHeaderBytes, 8);
  if (sizes.length < 8) throw truncated(path);
  const bins = fft / 2 + 1;
  if (sizes.readInt32LE(0) !== bands || sizes.readInt32LE(4) !== bins) {
    throw invalid(path, "its filters are of another size", "Parakeet");
  }
  const atWindow = parakeetHeaderBytes + 8 + bands * bins * 4;
  const window = reader.read(atWindow, 4);
  if (window.length < 4) throw truncated(path);
  const windowSamples = window.readInt32LE(0);
  if (windowSamples < 1 || windowSamples > fft) throw invalid(path, "its window is of another size", "Parakeet");
  const start = afterVocabulary(reader, path, atWindow + 4 + (windowSamples + durations) * 4, vocabulary);
  const count = walkTensors(reader, path, start, { name: "decoder.prediction.embed.weight", rows: vocabulary + 1 });
  if (count < tensors) throw truncated(path);
}

const readVocabularySize = (reader: Reader): number => reader.read(4, 4).readInt32LE(0);

/** Magic, length and kind; version, window, context, layers; four encoders; LSTM and last layer. */
const detectionHeader = 8 + detectionKind.length + 4 * (3 + 2 + 1 + 12 + 4);

/** Offset after the vocabulary, which begins at `start` with its number of words. */
function afterVocabulary(reader: Reader, path: string, start: number, most: number): number {
  let at = start;
  const counted = reader.read(at, 4);
  if (counted.length < 4) throw truncated(path);
  const count = counted.readInt32LE(0);
  if (count < 0 || count > most) throw invalid(path, "its list of words is longer than its vocabulary");
  at += 4;
  // A word takes a few bytes; the whole vocabulary fits into a few megabytes.
  const words = reader.read(at, 16 * 1024 * 1024);
  let offset = 0;
  for (let word = 0; word < count; word++) {
    if (offset + 4 > words.length) throw truncated(path);
    const length = words.readInt32LE(offset);
    if (length < 0 || length > 4_096) throw invalid(path, "its list of words makes no sense");
    offset += 4 + length;
  }
  if (offset > words.length) throw truncated(path);
  return at + offset;
}

/** @returns how many there are */
function walkTensors(
  reader: Reader,
  path: string,
  start: number,
  embedding?: { readonly name: string; readonly rows: number },
): number {
  let at = start;
  let count = 0;
  while (at < reader.sizeBytes) {
    const head = reader.read(at, 12);
    if (head.length < 12) throw truncated(path);
    const [dimensions, nameLength, type] = [head.readInt32LE(0), head.readInt32LE(4), head.readInt32LE(8)];
    const block = tensorTypes[type];
    // A single number has no dimension.
    if (dimensions < 0 || dimensions > 4 || nameLength < 1 || nameLength > 256 || block === undefined) {
      throw invalid(path, "there is something in it that is no part of a model");
    }
    const rest = reader.read(at + 12, dimensions * 4 + nameLength);
    if (rest.length < dimensions * 4 + nameLength) throw truncated(path);
    const shape = Array.from({ length: dimensions }, (_, index) => rest.readInt32LE(index * 4));
    const name = rest.toString("latin1", dimensions * 4);
    if (name === embedding?.name && shape[1] !== embedding.rows) {
      throw invalid(path, "its vocabulary is not the one that it was trained with");
    }
    const values = shape.reduce((product, side) => product * side, 1);
    at += 12 + rest.length + (values / block[1]) * block[0];
    count++;
  }
  if (at > reader.sizeBytes || count === 0) throw truncated(path);
  return count;
}

function invalid(path: string, why: string, family = "whisper"): ArchivistError {
  return new ArchivistError("model.invalid", { subject: path, cause: `this file is not a ${family} model: ${why}` });
}

function truncated(path: string): ArchivistError {
  return new ArchivistError("model.truncated", { subject: path });
}
