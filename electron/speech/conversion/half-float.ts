/** 16-bit floats: IEEE 754 binary16 (half precision) and bfloat16 (the upper half of a binary32). */

const floats = new Float32Array(1);
const bits = new Uint32Array(floats.buffer);

/** Converts the bits of a binary16 number; exact. */
export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1_024 + fraction) * 2 ** (exponent - 25);
}

/** All 65,536 numbers: models have billions of them to convert. */
let table: Float32Array | undefined;

export function halfTable(): Float32Array {
  table ??= Float32Array.from({ length: 0x1_0000 }, (_, half) => fromHalf(half));
  return table;
}

/** Rounds a number to binary16, ties to even (IEEE 754-2019, 4.3.1), as ggml and NumPy do. @returns its bits */
export function toHalf(value: number): number {
  floats[0] = value;
  return halfFromBits(bits[0] as number);
}

/** @param single the bits of a binary32 number */
export function halfFromBits(single: number): number {
  const sign = (single >>> 16) & 0x8000;
  const magnitude = single & 0x7fff_ffff;
  if (magnitude > 0x7f80_0000) return sign | 0x7e00;
  // 65,520 and more round to infinity.
  if (magnitude >= 0x477f_f000) return sign | 0x7c00;
  // From 2^-14 on, a number is normal; a carry of the rounding goes into the exponent, as it should.
  if (magnitude >= 0x3880_0000) {
    return sign | ((magnitude + 0xfff + ((magnitude >>> 13) & 1) - 0x3800_0000) >>> 13);
  }
  // Half of the smallest subnormal number, 2^-25, is a tie and goes to zero.
  if (magnitude <= 0x3300_0000) return sign;
  const shift = 126 - (magnitude >>> 23);
  const fraction = (magnitude & 0x7f_ffff) | 0x80_0000;
  const rest = fraction & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  const kept = fraction >>> shift;
  return sign | (rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept);
}

/** Converts the bits of a bfloat16 number; exact. */
export function fromBfloat16(value: number): number {
  bits[0] = value << 16;
  return floats[0] as number;
}
