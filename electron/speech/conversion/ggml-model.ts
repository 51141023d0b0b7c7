/** Models of whisper.cpp itself, read in order to quantize them: checkModel has been through them before. */
import { damaged, notWhisper, truncated } from "./refusals.ts";
import type { SourceFile } from "./source-file.ts";
import { countValues, type NumberType, requireInsideFile, type StoredTensor } from "./stored-tensor.ts";
import { requirePlausible, type WhisperDimensions } from "./whisper-dimensions.ts";
import type { WhisperSource } from "./whisper-source.ts";

const types: Readonly<Record<number, NumberType>> = { 0: "f32", 1: "f16" };
const numberBytes = { f32: 4, f16: 2 } as const;
const maxTensors = 20_000;
const maxWordBytes = 4_096;
/** A vocabulary has about 400 kB. */
const maxWordsBytes = 16 * 1024 ** 2;

/** @throws ArchivistError `model.invalid`, `model.truncated` */
export function openGgmlModel(file: SourceFile): WhisperSource {
  const { path } = file;
  const header = file.read(0, 56);
  const field = (index: number): number => header.readInt32LE(index * 4);
  const dimensions: WhisperDimensions = {
    vocabulary: field(1),
    audioPositions: field(2),
    width: field(3),
    audioHeads: field(4),
    audioLayers: field(5),
    textPositions: field(6),
    textHeads: field(8),
    textLayers: field(9),
    melBands: field(10),
  };
  requirePlausible(dimensions, path);
  const [rows, columns] = [field(12), field(13)];
  if (rows < 1 || columns < 1 || rows > 1_024 || columns > 4_096)
    throw damaged(path, "its filters have an impossible size");
  const filters = file.read(header.length, rows * columns * 4);
  const { words, end } = readWordList(file, header.length + filters.length, dimensions.vocabulary);
  return {
    path,
    dimensions,
    tensors: readTensors(file, end),
    words,
    filters: { rows, bytes: filters },
  };
}

function readWordList(file: SourceFile, start: number, maxWords: number) {
  const count = file.read(start, 4).readInt32LE(0);
  if (count < 0 || count > maxWords) throw damaged(file.path, "its list of words is longer than its vocabulary");
  const bytes = file.read(start + 4, Math.min(maxWordsBytes, file.sizeBytes - start - 4));
  const words: Uint8Array[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + 4 > bytes.length) throw truncated(file.path);
    const length = bytes.readInt32LE(at);
    if (length < 0 || length > maxWordBytes) throw damaged(file.path, "its list of words makes no sense");
    if (at + 4 + length > bytes.length) throw truncated(file.path);
    words.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return { words, end: start + 4 + at };
}

function readTensors(file: SourceFile, start: number): ReadonlyMap<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>();
  for (let at = start; at < file.sizeBytes; ) {
    const head = file.read(at, 12);
    const [sides, nameBytes, number] = [head.readInt32LE(0), head.readInt32LE(4), head.readInt32LE(8)];
    if (sides < 1 || sides > 4 || nameBytes < 1 || nameBytes > 256 || tensors.size > maxTensors)
      throw damaged(file.path, "there is something in it that is no part of a model");
    const type = types[number];
    if (type !== "f32" && type !== "f16") {
      throw notWhisper(
        file.path,
        "this model is quantized already, and quantizing it again would only make it worse",
        "Import it as it is, or import the model with 16 bits and quantize that.",
      );
    }
    const rest = file.read(at + 12, sides * 4 + nameBytes);
    const shape = Array.from({ length: sides }, (_, index) => rest.readInt32LE(index * 4)).reverse();
    const tensor: StoredTensor = { file, offset: at + 12 + rest.length, type, shape };
    requireInsideFile(tensor);
    tensors.set(rest.toString("latin1", sides * 4), tensor);
    at = tensor.offset + countValues(shape, file.path) * numberBytes[type];
  }
  return tensors;
}
