/** Compares tensors without reading them whole. */
import { readValues, type StoredTensor } from "./stored-tensor.ts";

const chunkValues = 1 << 18;

/** True when two tensors have the same shape and the same values, whatever types they are stored in. */
export function haveSameValues(one: StoredTensor, other: StoredTensor): boolean {
  if (one.shape.join() !== other.shape.join()) return false;
  if (one.file === other.file && one.offset === other.offset && one.type === other.type) return true;
  const count = one.shape.reduce((product, side) => product * side, 1);
  for (let start = 0; start < count; start += chunkValues) {
    const length = Math.min(chunkValues, count - start);
    const [a, b] = [new Float32Array(length), new Float32Array(length)];
    readValues(one, start, a);
    readValues(other, start, b);
    if (a.some((value, index) => value !== b[index])) return false;
  }
  return true;
}
