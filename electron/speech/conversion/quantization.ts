/**
 * Quantizes weights in blocks of 32, byte for byte as ggml does (ggml-quants.c: quantize_row_q8_0_ref, _q5_0_ref, _q4_0_ref).
 * Every step is rounded to 32 bits, as it is there.
 */
import type { Quantization } from "../../contract/model-quantization.ts";
import { halfFromBits } from "./half-float.ts";

/** The kinds that are offered; the numbers are those of ggml's file types and tensor types. */
export const quantizations = {
  q8_0: { fileType: 7, tensorType: 8, blockBytes: 34 },
  q5_0: { fileType: 8, tensorType: 6, blockBytes: 22 },
  q4_0: { fileType: 2, tensorType: 2, blockBytes: 18 },
} as const satisfies Record<Quantization, unknown>;

export const blockValues = 32;

const { fround } = Math;
const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

function halfBits(value: number): number {
  single[0] = value;
  return halfFromBits(singleBits[0] as number);
}

const reciprocal = (value: number): number => (value === 0 ? 0 : fround(1 / value));

/** @param values a whole number of blocks */
export function quantize(values: Float32Array, kind: Quantization): Uint8Array {
  const { blockBytes } = quantizations[kind];
  const blocks = values.length / blockValues;
  const output = new Uint8Array(blocks * blockBytes);
  const quantizeBlock = { q8_0: to8Bits, q5_0: to5Bits, q4_0: to4Bits }[kind];
  for (let block = 0; block < blocks; block++) quantizeBlock(values, block * blockValues, output, block * blockBytes);
  return output;
}

function writeScale(scale: number, output: Uint8Array, at: number): void {
  const half = halfBits(scale);
  output[at] = half & 0xff;
  output[at + 1] = half >> 8;
}

function to8Bits(values: Float32Array, from: number, output: Uint8Array, at: number): void {
  let max = 0;
  for (let index = from; index < from + blockValues; index++) max = Math.max(max, Math.abs(values[index] as number));
  const scale = fround(max / 127);
  const factor = reciprocal(scale);
  writeScale(scale, output, at);
  for (let index = 0; index < blockValues; index++) {
    const value = fround((values[from + index] as number) * factor);
    // C's roundf: halves away from zero.
    output[at + 2 + index] = value < 0 ? -Math.floor(0.5 - value) : Math.floor(value + 0.5);
  }
}

/** The value that is farthest from zero, with its sign; the first one of several. */
function findExtreme(values: Float32Array, from: number): number {
  let extreme = 0;
  for (let index = from; index < from + blockValues; index++) {
    const value = values[index] as number;
    if (Math.abs(value) > Math.abs(extreme)) extreme = value;
  }
  return extreme;
}

/** @param levels half of the steps; @returns a whole number from 0 to 2 × levels − 1 */
function toLevel(value: number, factor: number, levels: number): number {
  return Math.min(2 * levels - 1, Math.trunc(fround(fround(value * factor) + (levels + 0.5))));
}

function to4Bits(values: Float32Array, from: number, output: Uint8Array, at: number): void {
  const scale = fround(findExtreme(values, from) / -8);
  const factor = reciprocal(scale);
  writeScale(scale, output, at);
  for (let index = 0; index < 16; index++) {
    const low = toLevel(values[from + index] as number, factor, 8);
    output[at + 2 + index] = low | (toLevel(values[from + 16 + index] as number, factor, 8) << 4);
  }
}

function to5Bits(values: Float32Array, from: number, output: Uint8Array, at: number): void {
  const scale = fround(findExtreme(values, from) / -16);
  const factor = reciprocal(scale);
  writeScale(scale, output, at);
  let fifthBits = 0;
  for (let index = 0; index < 16; index++) {
    const low = toLevel(values[from + index] as number, factor, 16);
    const high = toLevel(values[from + 16 + index] as number, factor, 16);
    output[at + 6 + index] = (low & 0xf) | ((high & 0xf) << 4);
    fifthBits |= ((low >> 4) << index) | ((high >> 4) << (index + 16));
  }
  for (let byte = 0; byte < 4; byte++) output[at + 2 + byte] = (fifthBits >>> (8 * byte)) & 0xff;
}
