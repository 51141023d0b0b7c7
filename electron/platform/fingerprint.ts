/**
 * Fingerprints files, to compare content without reading hours of video over a network: the size, the head, the tail
 * and evenly spread blocks between. Files of up to 16 MiB are read completely.
 */
import { createHash, type Hash } from "node:crypto";
import { open } from "node:fs/promises";

/** Bytes of each block that is read. */
export const blockSize = 64 * 1024;
const blockCount = 256;

/** The state of a file when it was read. */
export interface Fingerprint {
  /** SHA-256 over size and sampled blocks, hexadecimal. */
  readonly hash: string;
  readonly size: number;
  /** Modification time in milliseconds since 1970. */
  readonly modifiedMs: number;
}

/** The offsets of the blocks that are read, in order, for a file of `size` bytes. */
export function sampledOffsets(size: number): readonly number[] {
  const whole = Math.ceil(size / blockSize);
  if (whole <= blockCount) return Array.from({ length: whole }, (_, index) => index * blockSize);
  const last = size - blockSize;
  return Array.from({ length: blockCount }, (_, index) => Math.round((last * index) / (blockCount - 1)));
}

/** The digest of a file from its size and the bytes of its sampled blocks, in order. */
export function computeDigest(size: number, blocks: Iterable<Uint8Array>): string {
  const hash = begun(size);
  for (const block of blocks) hash.update(block);
  return hash.digest("hex");
}

const begun = (size: number): Hash => createHash("sha256").update(`archivist-fingerprint-1:${size}:`);

/** Reads the sampled blocks of a file. Throws what the file system throws. */
export async function fingerprint(path: string): Promise<Fingerprint> {
  const handle = await open(path, "r");
  try {
    const { size, mtimeMs } = await handle.stat();
    const hash = begun(size);
    const block = Buffer.alloc(blockSize);
    for (const offset of sampledOffsets(size)) {
      const { bytesRead } = await handle.read(block, 0, blockSize, offset);
      hash.update(block.subarray(0, bytesRead));
    }
    return { hash: hash.digest("hex"), size, modifiedMs: Math.round(mtimeMs) };
  } finally {
    await handle.close();
  }
}
