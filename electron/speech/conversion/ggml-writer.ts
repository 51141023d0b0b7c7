/** Writes a Whisper model in the layout that whisper.cpp loads (whisper_model_load): header, filters, words, tensors. */
import { writeSync } from "node:fs";
import type { Quantization } from "../../contract/model-quantization.ts";
import { halfFromBits, halfTable } from "./half-float.ts";
import { blockValues, quantizations, quantize } from "./quantization.ts";
import { damaged, notWhisper } from "./refusals.ts";
import { readValues } from "./stored-tensor.ts";
import type { WhisperDimensions } from "./whisper-dimensions.ts";
import type { LocatedTensor, MelFilters } from "./whisper-source.ts";

const magic = 0x6767_6d6c;
/** GGML_QNT_VERSION × GGML_QNT_VERSION_FACTOR: added to the file type of quantized models. */
const quantizationVersion = 2_000;
const tensorTypes = { f32: 0, f16: 1 } as const;
/** Values that are converted at a time; a whole number of blocks. */
const chunkValues = 1 << 17;

export interface GgmlModel {
  readonly dimensions: WhisperDimensions;
  readonly words: readonly Uint8Array[];
  readonly tensors: readonly LocatedTensor[];
  readonly filters: MelFilters;
  readonly quantization: Quantization | undefined;
}

type Storage = "f32" | "f16" | Quantization;

/** Only tables of two sides are quantized (common-ggml.cpp of whisper.cpp); convolutions have three. */
function storage({ shape, isLarge }: LocatedTensor, quantization: Quantization | undefined): Storage {
  if (!isLarge) return "f32";
  return quantization !== undefined && shape.length === 2 ? quantization : "f16";
}

function countBytes(values: number, type: Storage): number {
  if (type === "f32") return values * 4;
  return type === "f16" ? values * 2 : (values / blockValues) * quantizations[type].blockBytes;
}

const countAll = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

/** Bytes that a model takes on the disk, without its few for names. */
export function measureModel({ tensors, words, quantization }: GgmlModel): number {
  const wordBytes = words.reduce((sum, word) => sum + 4 + word.length, 0);
  return tensors.reduce((sum, tensor) => {
    const headBytes = 12 + 4 * tensor.shape.length + tensor.name.length;
    return sum + headBytes + countBytes(countAll(tensor.shape), storage(tensor, quantization));
  }, wordBytes);
}

function int32(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(values).buffer);
}

/**
 * Writes the model to an open file.
 * @param onProgress share that is written, from 0 to 1
 * @throws ArchivistError `model.invalid` for weights that are no numbers; errors of the file system
 */
export function writeModel(descriptor: number, model: GgmlModel, onProgress: (share: number) => void): void {
  const { dimensions, words, tensors, filters, quantization } = model;
  const write = (bytes: Uint8Array): void => {
    let done = 0;
    while (done < bytes.length) done += writeSync(descriptor, bytes, done);
  };
  requireBlocks(model);
  const { audioHeads, audioLayers, audioPositions, melBands, textHeads, textLayers, textPositions, vocabulary, width } =
    dimensions;
  const fileType = quantization === undefined ? 1 : quantizationVersion + quantizations[quantization].fileType;
  write(int32(magic, vocabulary, audioPositions, width, audioHeads, audioLayers));
  write(int32(textPositions, width, textHeads, textLayers, melBands, fileType));
  write(int32(filters.rows, filters.bytes.length / 4 / filters.rows));
  write(filters.bytes);
  write(Buffer.concat([int32(words.length), ...words.flatMap((word) => [int32(word.length), word])]));
  const total = tensors.reduce((sum, { shape }) => sum + countAll(shape), 0);
  let done = 0;
  for (const tensor of tensors) {
    const type = storage(tensor, quantization);
    const number = type === "f32" || type === "f16" ? tensorTypes[type] : quantizations[type].tensorType;
    write(int32(tensor.shape.length, tensor.name.length, number, ...tensor.shape.toReversed()));
    write(Buffer.from(tensor.name, "latin1"));
    const count = countAll(tensor.shape);
    for (let start = 0; start < count; start += chunkValues) {
      const values = new Float32Array(Math.min(chunkValues, count - start));
      readValues(tensor.stored, start, values);
      write(toBytes(values, type, tensor));
      done += values.length;
      onProgress(done / total);
    }
  }
}

function requireBlocks({ tensors, quantization }: GgmlModel): void {
  const odd = tensors.find(
    (tensor) => storage(tensor, quantization) === quantization && (tensor.shape.at(-1) ?? 0) % blockValues !== 0,
  );
  if (odd === undefined) return;
  throw notWhisper(
    odd.stored.file.path,
    `a model of this width cannot be quantized (${odd.shape.at(-1)} is no multiple of ${blockValues})`,
    "Import it without quantizing it.",
  );
}

function toBytes(values: Float32Array, type: Storage, { name, stored }: LocatedTensor): Uint8Array {
  if (type === "f32") {
    for (const value of values) if (!Number.isFinite(value)) throw notNumbers(stored.file.path, name);
    return new Uint8Array(values.buffer);
  }
  const bits = new Uint32Array(values.buffer);
  const halves = new Uint16Array(values.length);
  for (let index = 0; index < halves.length; index++) {
    const half = halfFromBits(bits[index] as number);
    // All bits of the exponent: infinite, or no number.
    if ((half & 0x7c00) === 0x7c00) throw notNumbers(stored.file.path, name);
    halves[index] = half;
  }
  if (type === "f16") return new Uint8Array(halves.buffer);
  // whisper.cpp quantizes models of 16 bits: the values are those that such a model has.
  return quantize(roundToHalves(values, halves), type);
}

function roundToHalves(values: Float32Array, halves: Uint16Array): Float32Array {
  const numbers = halfTable();
  for (let index = 0; index < values.length; index++) values[index] = numbers[halves[index] as number] as number;
  return values;
}

const notNumbers = (path: string, name: string) =>
  damaged(path, `${name} has values that are no numbers, or are too large for a model of 16 bits`);
