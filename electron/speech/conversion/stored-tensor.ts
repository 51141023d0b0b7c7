/** Tensors as they lie in a file: read piece by piece, whatever type of number they have. */
import { fromBfloat16, halfTable } from "./half-float.ts";
import { damaged, truncated } from "./refusals.ts";
import type { SourceFile } from "./source-file.ts";

/** Types of numbers in model files, with their size in bytes. Numbers are little-endian. */
export const numberBytes = { f64: 8, f32: 4, f16: 2, bf16: 2, i8: 1, i16: 2, i32: 4, i64: 8 } as const;
export type NumberType = keyof typeof numberBytes;

export interface StoredTensor {
  readonly file: SourceFile;
  /** Of its first byte in the file. */
  readonly offset: number;
  readonly type: NumberType;
  /** Lengths of its sides, the slowest first, as in PyTorch. */
  readonly shape: readonly number[];
  /** For whole numbers that stand for fractions: what each row's values are divided by. One value: for all rows. */
  readonly scale?: Float32Array;
}

/** The most values that a tensor of a Whisper model can have; the largest real one has 66 million. */
const maxValues = 2 ** 31;

/**
 * Counts the values of a shape.
 * @throws ArchivistError `model.invalid` for sides that are not counts, and for more values than a Whisper model has
 */
export function countValues(shape: readonly number[], subject: string): number {
  let count = 1;
  for (const side of shape) {
    if (!Number.isSafeInteger(side) || side < 0) throw damaged(subject, "a table of weights has an impossible size");
    count *= side;
    if (count > maxValues) throw damaged(subject, "a table of weights is larger than in any Whisper model");
  }
  return count;
}

/** @throws ArchivistError `model.truncated`, `model.invalid` */
export function requireInsideFile({ file, offset, shape, type }: StoredTensor): void {
  const bytes = countValues(shape, file.path) * numberBytes[type];
  if (!Number.isSafeInteger(offset) || offset < 0) throw damaged(file.path, "a table of weights lies outside the file");
  if (offset + bytes > file.sizeBytes) throw truncated(file.path);
}

/** Some of a tensor's rows, which lie one after the other. */
export function sliceRows(tensor: StoredTensor, from: number, to: number): StoredTensor {
  const [, ...rest] = tensor.shape;
  const rowBytes = rest.reduce((product, side) => product * side, 1) * numberBytes[tensor.type];
  const scale = tensor.scale !== undefined && tensor.scale.length > 1 ? tensor.scale.subarray(from, to) : tensor.scale;
  return {
    ...tensor,
    offset: tensor.offset + from * rowBytes,
    shape: [to - from, ...rest],
    ...(scale === undefined ? {} : { scale }),
  };
}

/**
 * Reads values as 32-bit floats.
 * @param start index of the first value
 * @param values is filled; it has to lie inside the tensor
 */
export function readValues(tensor: StoredTensor, start: number, values: Float32Array): void {
  const { file, offset, type, scale } = tensor;
  const size = numberBytes[type];
  const bytes = new Uint8Array(values.length * size);
  file.readInto(bytes, offset + start * size);
  widen(bytes, type, values);
  if (scale === undefined) return;
  const rowLength = scale.length === 1 ? Number.POSITIVE_INFINITY : tensor.shape.slice(1).reduce((a, b) => a * b, 1);
  for (let index = 0; index < values.length; index++) {
    const row = Math.floor((start + index) / rowLength);
    values[index] = (values[index] as number) / (scale[row] as number);
  }
}

function widen(bytes: Uint8Array, type: NumberType, values: Float32Array): void {
  const { buffer } = bytes;
  switch (type) {
    case "f32":
      values.set(new Float32Array(buffer));
      break;
    case "f64":
      values.set(new Float64Array(buffer));
      break;
    case "f16": {
      const numbers = halfTable();
      const halves = new Uint16Array(buffer);
      for (let index = 0; index < halves.length; index++) values[index] = numbers[halves[index] as number] as number;
      break;
    }
    case "bf16": {
      const halves = new Uint16Array(buffer);
      for (let index = 0; index < halves.length; index++) values[index] = fromBfloat16(halves[index] as number);
      break;
    }
    case "i8":
      values.set(new Int8Array(buffer));
      break;
    case "i16":
      values.set(new Int16Array(buffer));
      break;
    case "i32":
      values.set(new Int32Array(buffer));
      break;
    case "i64":
      values.set(Float32Array.from(new BigInt64Array(buffer), Number));
      break;
  }
}

/** Reads a small tensor whole, such as a bias or a list of scales. @param maxCount more values are refused */
export function readSmallTensor(tensor: StoredTensor, maxCount: number): Float32Array {
  const count = countValues(tensor.shape, tensor.file.path);
  if (count > maxCount) throw damaged(tensor.file.path, "a table of weights is larger than in any Whisper model");
  const values = new Float32Array(count);
  readValues(tensor, 0, values);
  return values;
}
