/**
 * Reads the directory of a zip archive (APPNOTE.TXT 6.3, with the 64-bit fields of 4.5.3). PyTorch stores its files in
 * archives uncompressed, so that a compressed entry is refused, and nothing here can grow beyond the file.
 */
import { damaged, notWhisper } from "./refusals.ts";
import type { SourceFile } from "./source-file.ts";

export interface ZipEntry {
  /** Of the first byte of its content in the file. */
  readonly offset: number;
  readonly sizeBytes: number;
}

const endSignature = 0x0605_4b50;
const endBytes = 22;
const end64Signature = 0x0606_4b50;
const locatorSignature = 0x0706_4b50;
const entrySignature = 0x0201_4b50;
const localSignature = 0x0403_4b50;
/** A comment at the end of an archive has at most 65,535 bytes. */
const maxCommentBytes = 65_535;
/** A large Whisper model has 1,300 entries; their names are short. */
const maxEntries = 20_000;
const maxDirectoryBytes = 8 * 1024 ** 2;
const in64 = 0xffff_ffff;

interface Directory {
  readonly offset: number;
  readonly sizeBytes: number;
  readonly count: number;
}

/** @throws ArchivistError `model.invalid`, `model.truncated` */
export function readZipDirectory(file: SourceFile): ReadonlyMap<string, ZipEntry> {
  const directory = findDirectory(file);
  if (directory.count > maxEntries || directory.sizeBytes > maxDirectoryBytes) {
    throw notWhisper(file.path, "this archive holds far more files than a Whisper model");
  }
  const bytes = file.read(directory.offset, directory.sizeBytes);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let index = 0; index < directory.count; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== entrySignature)
      throw damaged(file.path, "its list of contents cannot be read");
    const nameBytes = bytes.readUInt16LE(at + 28);
    const extraBytes = bytes.readUInt16LE(at + 30);
    const next = at + 46 + nameBytes + extraBytes + bytes.readUInt16LE(at + 32);
    if (next > bytes.length) throw damaged(file.path, "its list of contents cannot be read");
    const name = bytes.toString("utf8", at + 46, at + 46 + nameBytes);
    if (entries.has(name)) throw damaged(file.path, "two of its contents have the same name");
    entries.set(name, readEntry(file, bytes.subarray(at, next), nameBytes, extraBytes));
    at = next;
  }
  return entries;
}

function findDirectory(file: SourceFile): Directory {
  const tailBytes = Math.min(file.sizeBytes, endBytes + maxCommentBytes);
  const tailStart = file.sizeBytes - tailBytes;
  const tail = file.read(tailStart, tailBytes);
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== endSignature) continue;
    const count = tail.readUInt16LE(at + 10);
    const sizeBytes = tail.readUInt32LE(at + 12);
    const offset = tail.readUInt32LE(at + 16);
    return findDirectory64(file, tailStart + at) ?? { offset, sizeBytes, count };
  }
  throw damaged(file.path, "its list of contents, which stands at its end, is missing");
}

function findDirectory64(file: SourceFile, endOffset: number): Directory | undefined {
  if (endOffset < 20) return undefined;
  const locator = file.read(endOffset - 20, 20);
  if (locator.readUInt32LE(0) !== locatorSignature) return undefined;
  const record = file.read(toNumber(locator, 8, file), 56);
  if (record.readUInt32LE(0) !== end64Signature) throw damaged(file.path, "its list of contents cannot be read");
  return {
    count: toNumber(record, 32, file),
    sizeBytes: toNumber(record, 40, file),
    offset: toNumber(record, 48, file),
  };
}

function toNumber(bytes: Buffer, at: number, file: SourceFile): number {
  const value = bytes.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged(file.path, "it names a place outside the file");
  return Number(value);
}

function readEntry(file: SourceFile, entry: Buffer, nameBytes: number, extraBytes: number): ZipEntry {
  const extra = entry.subarray(46 + nameBytes, 46 + nameBytes + extraBytes);
  const wide = findWideFields(extra);
  let wideAt = 0;
  // 4.5.3: the 64-bit fields stand in this order, and only those whose 32-bit field is full.
  const field = (at: number): number => {
    const value = entry.readUInt32LE(at);
    if (value !== in64 || wide === undefined) return value;
    if (wideAt + 8 > wide.length) throw damaged(file.path, "its list of contents cannot be read");
    wideAt += 8;
    return toNumber(wide, wideAt - 8, file);
  };
  const sizeBytes = field(24);
  const storedBytes = field(20);
  const localOffset = field(42);
  if (entry.readUInt16LE(10) !== 0 || storedBytes !== sizeBytes) {
    throw notWhisper(
      file.path,
      "this archive is compressed, which no program that saves models does",
      "If the model was packed into a .zip file, unpack it first and import what was inside.",
    );
  }
  const local = file.read(localOffset, 30);
  if (local.readUInt32LE(0) !== localSignature)
    throw damaged(file.path, "its list of contents does not fit its contents");
  const offset = localOffset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  // Reading nothing at the end says whether the file reaches so far.
  file.read(offset + sizeBytes, 0);
  return { offset, sizeBytes };
}

function findWideFields(extra: Buffer): Buffer | undefined {
  let at = 0;
  while (at + 4 <= extra.length) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) return extra.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
  return undefined;
}
