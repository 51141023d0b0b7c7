/** CEA-608 bytes carry odd parity in bit 7; a decoder rejects a byte with wrong parity (README.md, "Parity"). */

function withOddParity(byte: number): number {
  let ones = 0;
  for (let bits = byte & 0x7f; bits !== 0; bits >>= 1) ones += bits & 1;
  return ones % 2 === 0 ? (byte & 0x7f) | 0x80 : byte & 0x7f;
}

const table = Uint8Array.from({ length: 128 }, (_, byte) => withOddParity(byte));

/** A 14-bit word (two 7-bit bytes, the first in the upper byte) with parity in both bytes. */
export function addParity(word: number): number {
  return ((table[(word >> 8) & 0x7f] ?? 0) << 8) | (table[word & 0x7f] ?? 0);
}

/** The word without its parity bits. */
export function stripParity(word: number): number {
  return word & 0x7f7f;
}

/** True when both bytes have odd parity. */
export function hasOddParity(word: number): boolean {
  return addParity(stripParity(word)) === word;
}
