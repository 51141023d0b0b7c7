/** Files with something wrong in them: bytes turned, sizes changed, parts cut out, doubled or replaced by zeros. */
import type { Random } from "../random.ts";

type Mutation = (bytes: Buffer, next: Random) => Buffer;

const place = (bytes: Buffer, next: Random): number => Math.floor(next() * Math.max(1, bytes.length - 8));
/** Headers are where most of what is believed stands. */
const early = (bytes: Buffer, next: Random): number => Math.floor(next() ** 4 * Math.max(1, bytes.length - 8));

const mutations: readonly Mutation[] = [
  (bytes, next) => {
    for (let count = 0; count < 8; count++) bytes[early(bytes, next)] = Math.floor(next() * 256);
    return bytes;
  },
  (bytes, next) => {
    const values = [0, 1, 0x7f_ff_ff_ff, 0xff_ff_ff_ff, 0x80_00_00_00, 0x10_00_00];
    bytes.writeUInt32LE(values[Math.floor(next() * values.length)] ?? 0, early(bytes, next));
    return bytes;
  },
  (bytes, next) => {
    bytes.writeUInt32BE(Math.floor(next() * 2 ** 32), early(bytes, next));
    return bytes;
  },
  (bytes, next) => bytes.subarray(0, place(bytes, next)),
  (bytes, next) => {
    const at = place(bytes, next);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + Math.floor(next() * 4_096))]);
  },
  (bytes, next) => {
    const at = early(bytes, next);
    const part = bytes.subarray(at, at + Math.floor(next() * 4_096));
    return Buffer.concat([bytes.subarray(0, at), part, part, bytes.subarray(at)]);
  },
  (bytes, next) => {
    const at = place(bytes, next);
    return bytes.fill(0, at, Math.min(bytes.length, at + 8_192));
  },
];

/** @returns another file; the given one stays as it is */
export function mutate(bytes: Buffer, next: Random): Buffer {
  let changed = Buffer.from(bytes);
  const count = 1 + Math.floor(next() * 3);
  for (let index = 0; index < count; index++) {
    const mutation = mutations[Math.floor(next() * mutations.length)];
    if (mutation !== undefined && changed.length > 16) changed = Buffer.from(mutation(changed, next));
  }
  return changed;
}
