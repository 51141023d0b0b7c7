/**
 * Reads the blocks of a Matroska stream with one track as ffmpeg writes it to a pipe (RFC 9559): cluster time stamps and
 * simple blocks without lacing. Everything else is skipped.
 */

const clusterId = 0x1f43b675;
export const segmentId = 0x18538067;
const timestampId = 0xe7;
const simpleBlockId = 0xa3;
const blockGroupId = 0xa0;
const blockId = 0xa1;
/** Elements that are entered: their content is read as if it stood in the file itself. */
const containers: ReadonlySet<number> = new Set([segmentId, clusterId, blockGroupId]);

/** A block: its time stamp, in milliseconds as the file counts them, and its bytes. */
export interface MatroskaBlock {
  readonly timestamp: number;
  readonly data: Buffer;
}

/** The head of an element. */
interface Header {
  readonly id: number;
  /** Bytes of content; undefined: unknown, as in a stream. */
  readonly size: number | undefined;
  readonly length: number;
}

/** Length of a number of variable size by its first byte: 1 to 8. */
const lengthByFirst = (first: number): number => Math.clz32(first) - 23;

/** @returns undefined where the bytes end before the header does; @throws Error where there is none */
export function readHeader(bytes: Buffer, at: number): Header | undefined {
  if (at >= bytes.length) return undefined;
  const idLength = lengthByFirst(bytes[at] as number);
  if (idLength > 4) throw new Error("this is not a Matroska stream");
  const sizeAt = at + idLength;
  if (sizeAt >= bytes.length) return undefined;
  const first = bytes[sizeAt] as number;
  const sizeLength = lengthByFirst(first);
  if (sizeLength > 8) throw new Error("this is not a Matroska stream");
  if (sizeAt + sizeLength > bytes.length) return undefined;
  let size = first & (0xff >> sizeLength);
  let isUnknown = size === 0xff >> sizeLength;
  for (let index = 1; index < sizeLength; index++) {
    const byte = bytes[sizeAt + index] as number;
    size = size * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return {
    id: bytes.readUIntBE(at, idLength),
    size: isUnknown ? undefined : size,
    length: idLength + sizeLength,
  };
}

/** Reads the blocks of a stream in order. A last block that is not whole is dropped. */
export async function* readMatroskaBlocks(stream: AsyncIterable<Buffer>): AsyncGenerator<MatroskaBlock> {
  let rest: Buffer = Buffer.alloc(0);
  let clusterMs = 0;
  let skip = 0;
  for await (const chunk of stream) {
    let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (skip > 0) {
      const skipped = Math.min(skip, bytes.length);
      bytes = bytes.subarray(skipped);
      skip -= skipped;
    }
    let at = 0;
    while (skip === 0) {
      const header = readHeader(bytes, at);
      if (header === undefined) break;
      const { id, size, length } = header;
      const from = at + length;
      if (containers.has(id)) {
        at = from;
        continue;
      }
      if (size === undefined) throw new Error("an element of unknown length cannot be skipped");
      const isRead = id === timestampId || id === simpleBlockId || id === blockId;
      if (!isRead) {
        at = Math.min(bytes.length, from + size);
        skip = from + size - at;
        continue;
      }
      if (from + size > bytes.length) break;
      if (id === timestampId) clusterMs = size === 0 ? 0 : readUnsigned(bytes, from, size);
      else {
        const track = lengthByFirst(bytes[from] as number);
        const timestamp = clusterMs + bytes.readInt16BE(from + track);
        yield { timestamp, data: bytes.subarray(from + track + 3, from + size) };
      }
      at = from + size;
    }
    rest = skip > 0 ? Buffer.alloc(0) : bytes.subarray(at);
  }
}

function readUnsigned(bytes: Buffer, at: number, size: number): number {
  let value = 0;
  for (let index = 0; index < size; index++) value = value * 256 + (bytes[at + index] as number);
  return value;
}
