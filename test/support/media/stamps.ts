/** Rewrites the time stamps in a file's bytes, as no program that writes files would. */
import { readFileSync, writeFileSync } from "node:fs";

const packetBytes = 188;

interface TsStamp {
  readonly isSound: boolean;
  /** Number of the packet among those of its kind with a stamp. */
  readonly index: number;
  /** 90 kHz. */
  readonly stamp: number;
}

/** Reads a stamp of a PES header: 33 bits in five bytes (ISO 13818-1 §2.4.3.7). */
const readStamp = (bytes: Buffer, at: number): number =>
  ((bytes[at] as number) & 0x0e) * 2 ** 29 +
  (bytes.readUInt16BE(at + 1) >> 1) * 2 ** 15 +
  (bytes.readUInt16BE(at + 3) >> 1);

function writeStamp(bytes: Buffer, at: number, stamp: number): void {
  const value = ((stamp % 2 ** 33) + 2 ** 33) % 2 ** 33;
  bytes[at] = ((bytes[at] as number) & 0xf1) | (Math.floor(value / 2 ** 30) << 1);
  bytes.writeUInt16BE(((Math.floor(value / 2 ** 15) % 2 ** 15) << 1) | 1, at + 1);
  bytes.writeUInt16BE(((value % 2 ** 15) << 1) | 1, at + 3);
}

/** Rewrites the stamps of a transport stream with one picture and one sound. */
export function rewriteTsStamps(path: string, change: (stamp: TsStamp) => number): void {
  const bytes = readFileSync(path);
  const counts = { sound: 0, picture: 0 };
  for (let at = 0; at + packetBytes <= bytes.length; at += packetBytes) {
    if (((bytes[at + 1] as number) & 0x40) === 0) continue;
    const hasField = ((bytes[at + 3] as number) & 0x20) !== 0;
    const pes = at + 4 + (hasField ? 1 + (bytes[at + 4] as number) : 0);
    if (pes + 19 > at + packetBytes || bytes.readUIntBE(pes, 3) !== 1) continue;
    const id = bytes[pes + 3] as number;
    const isSound = (id >= 0xc0 && id <= 0xdf) || id === 0xbd;
    const isPicture = id >= 0xe0 && id <= 0xef;
    if (!isSound && !isPicture) continue;
    const flags = (bytes[pes + 7] as number) >> 6;
    if ((flags & 2) === 0) continue;
    const index = isSound ? counts.sound++ : counts.picture++;
    const stamps = flags === 3 ? [pes + 9, pes + 14] : [pes + 9];
    for (const place of stamps) writeStamp(bytes, place, change({ isSound, index, stamp: readStamp(bytes, place) }));
  }
  writeFileSync(path, bytes);
}

interface FlvStamp {
  readonly isSound: boolean;
  readonly index: number;
  readonly ms: number;
}

/** Rewrites the stamps of an FLV file's tags. */
export function rewriteFlvStamps(path: string, change: (stamp: FlvStamp) => number): void {
  const bytes = readFileSync(path);
  const counts = { sound: 0, picture: 0 };
  for (let at = 13; at + 11 <= bytes.length; ) {
    const type = bytes[at];
    const length = bytes.readUIntBE(at + 1, 3);
    if (type === 8 || type === 9) {
      const isSound = type === 8;
      const index = isSound ? counts.sound++ : counts.picture++;
      const ms = bytes.readUIntBE(at + 4, 3) + (bytes[at + 7] as number) * 2 ** 24;
      const changed = Math.round(change({ isSound, index, ms }));
      bytes.writeUIntBE(changed % 2 ** 24, at + 4, 3);
      bytes[at + 7] = Math.floor(changed / 2 ** 24) & 0xff;
    }
    at += 11 + length + 4;
  }
  writeFileSync(path, bytes);
}
