/**
 * Finds the parts of a recording's file that hold no data, where data has to be: a copy that stopped. Many copying
 * programs give a file its full size at once and fill it later, so that its size and its header say nothing.
 */
import type { FileHandle } from "node:fs/promises";
import { openPlainFile } from "../../platform/plain-files.ts";
import type { MediaInfo } from "../probe-report.ts";
import { readHeader, segmentId } from "./matroska-blocks.ts";

/** A part of the file without data. */
export interface DataFault {
  /** Bytes: from (included) and to (not included). The end of a cut file is where it should have ended. */
  readonly from: number;
  readonly to: number;
  /** Bytes of the whole file, as it should be. */
  readonly size: number;
  readonly kind: "zeros" | "cut";
}

/** Bytes that are compared with zeros at one place. Sound and pictures that are compressed have no such run. */
const sampleBytes = 4_096;
/** Places that are looked at, spread evenly: finds each hole of more than half a percent of the file. */
const places = 256;
/** Smallest hole that is told, in bytes. */
const minHole = 64 * 1024;

class ZeroFinder {
  readonly #handle: FileHandle;
  readonly #size: number;
  readonly #buffer = Buffer.alloc(sampleBytes);

  constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.#size = size;
  }

  async isZero(at: number): Promise<boolean> {
    const length = Math.min(sampleBytes, this.#size - at);
    if (length <= 0) return false;
    const { bytesRead } = await this.#handle.read(this.#buffer, 0, length, at);
    return bytesRead > 0 && this.#buffer.subarray(0, bytesRead).every((byte) => byte === 0);
  }

  /** The border between a place with data and one without, to a sample's length. */
  async findBorder(data: number, zero: number): Promise<number> {
    let [low, high] = [data, zero];
    while (Math.abs(high - low) > sampleBytes) {
      const middle = Math.floor((low + high) / 2);
      if (await this.isZero(middle)) high = middle;
      else low = middle;
    }
    return high;
  }
}

/** Finds runs of zeros by samples. */
async function findZeros(handle: FileHandle, size: number): Promise<readonly DataFault[]> {
  const finder = new ZeroFinder(handle, size);
  const step = Math.max(sampleBytes, Math.floor(size / places));
  const sampled: { at: number; isZero: boolean }[] = [];
  for (let at = 0; at < size; at += step) sampled.push({ at, isZero: await finder.isZero(at) });
  const last = Math.max(0, size - sampleBytes);
  if (last > (sampled.at(-1)?.at ?? 0)) sampled.push({ at: last, isZero: await finder.isZero(last) });
  const faults: DataFault[] = [];
  for (let index = 0; index < sampled.length; index++) {
    if (!sampled[index]?.isZero) continue;
    const first = index;
    while (sampled[index + 1]?.isZero) index++;
    const [before, start] = [sampled[first - 1], sampled[first]];
    const [end, after] = [sampled[index], sampled[index + 1]];
    if (start === undefined || end === undefined) continue;
    const from = before === undefined ? start.at : await finder.findBorder(before.at, start.at);
    const to = after === undefined ? size : (await finder.findBorder(after.at, end.at)) + sampleBytes;
    if (to - from >= Math.min(minHole, size / 20)) faults.push({ from, to: Math.min(size, to), size, kind: "zeros" });
  }
  return faults;
}

/** The end of the file by its own structure; undefined where the format does not say. */
async function findStatedEnd(handle: FileHandle, size: number, container: string): Promise<number | undefined> {
  const names = container.split(",");
  if (names.includes("mp4")) return findIsoEnd(handle, size);
  if (names.includes("matroska")) return findMatroskaEnd(handle);
  if (names.some((name) => /^(wav|avi)$/.test(name))) return findRiffEnd(handle);
  if (names.includes("asf")) return findAsfEnd(handle);
  if (names.includes("flv")) return findFlvEnd(handle);
  if (names.includes("mp3")) return findMp3End(handle);
  if (names.includes("mxf")) return findMxfEnd(handle);
  return undefined;
}

async function readAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}

/** Boxes on the top level that are followed: a file has a handful; fragments a pair each. */
const maxBoxes = 200_000;

interface IsoBox {
  readonly type: string;
  readonly end: number;
}

/** ISO 14496-12 §4.2: boxes follow one another. Ends at what is no box, or has no length. */
async function* readBoxes(handle: FileHandle, size: number): AsyncGenerator<IsoBox> {
  let at = 0;
  for (let count = 0; at < size && count < maxBoxes; count++) {
    const head = await readAt(handle, at, 16);
    if (head.length < 8) return;
    const short = head.readUInt32BE(0);
    if (short === 1 && head.length < 16) return;
    const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
    const type = head.toString("latin1", 4, 8);
    if (length < 8 || !/^[\x20-\x7e\xa9]{4}$/.test(type)) return;
    yield { type, end: at + length };
    at += length;
  }
}

/** The end of the last box, if the boxes reach the end of the file. */
async function findIsoEnd(handle: FileHandle, size: number): Promise<number | undefined> {
  let end = 0;
  for await (const box of readBoxes(handle, size)) end = box.end;
  return end >= size ? end : undefined;
}

const segmentBytes = Buffer.from(segmentId.toString(16), "hex");

/** RFC 9559 §5.1: the segment states its length, unless it is a live stream. */
async function findMatroskaEnd(handle: FileHandle): Promise<number | undefined> {
  const head = await readAt(handle, 0, 4_096);
  const segment = head.indexOf(segmentBytes);
  if (segment < 0 || segment + 12 > head.length || head[segment + 4] === 0) return undefined;
  const header = readHeader(head, segment);
  return header?.size ? segment + header.length + header.size : undefined;
}

/** The header of RIFF states the length of the whole; 0 and the largest number stand for "not known". */
async function findRiffEnd(handle: FileHandle): Promise<number | undefined> {
  const head = await readAt(handle, 0, 12);
  if (head.length < 12 || head.toString("latin1", 0, 4) !== "RIFF") return undefined;
  const length = head.readUInt32LE(4);
  return length === 0 || length >= 0xffff_ff00 ? undefined : length + 8;
}

const asfFileProperties = Buffer.from("a1dcab8c47a9cf118ee400c00c205365", "hex");

/** The file properties object states the size of the file, if it was finished. */
async function findAsfEnd(handle: FileHandle): Promise<number | undefined> {
  const head = await readAt(handle, 0, 64 * 1024);
  const at = head.indexOf(asfFileProperties);
  if (at < 0 || at + 48 > head.length) return undefined;
  const length = Number(head.readBigUInt64LE(at + 40));
  return length === 0 ? undefined : length;
}

/** The metadata of FLV has the size of the file, as a number of AMF (type 0, a double). */
async function findFlvEnd(handle: FileHandle): Promise<number | undefined> {
  const head = await readAt(handle, 0, 16 * 1024);
  const at = head.indexOf("filesize\0", 0, "latin1");
  if (at < 0 || at + 17 > head.length) return undefined;
  const length = head.readDoubleBE(at + 9);
  return Number.isFinite(length) && length > 0 ? length : undefined;
}

/** The first frame of an MP3 file may tell how many bytes follow it (Xing and Info headers, flag 2). */
async function findMp3End(handle: FileHandle): Promise<number | undefined> {
  const start = await readAt(handle, 0, 10);
  const tagged = start.toString("latin1", 0, 3) === "ID3";
  const syncsafe = [6, 7, 8, 9].reduce((sum, index) => sum * 128 + ((start[index] ?? 0) & 0x7f), 0);
  const frame = tagged ? syncsafe + 10 : 0;
  const head = await readAt(handle, frame, 256);
  const at = Math.max(head.indexOf("Xing"), head.indexOf("Info"));
  if (at < 0 || at + 16 > head.length) return undefined;
  const flags = head.readUInt32BE(at + 4);
  if ((flags & 2) === 0) return undefined;
  const length = head.readUInt32BE(at + 8 + ((flags & 1) === 0 ? 0 : 4));
  return length === 0 ? undefined : frame + length;
}

const mxfPartition = Buffer.from("060e2b34020501010d01020101", "hex");

/** SMPTE ST 377-1 §7.1: a partition pack has the place of the footer, once the file is finished. */
async function findMxfEnd(handle: FileHandle): Promise<number | undefined> {
  const head = await readAt(handle, 0, 64 * 1024);
  const key = head.indexOf(mxfPartition);
  if (key < 0) return undefined;
  const first = head[key + 16] ?? 0;
  const value = key + 17 + (first > 0x80 ? first & 0x7f : 0);
  if (value + 32 > head.length) return undefined;
  const footer = Number(head.readBigUInt64BE(value + 24));
  return footer === 0 ? undefined : key + footer;
}

/** Bytes by which a file may be shorter than it says: padding and rounding. */
const tolerance = 1_024;

/** Seconds of sound that is not compressed which may be zeros: silence. */
const plainSeconds = 10;
const maxSampleBytes = 4;

/** Length of zeros, in bytes, that may be silence; undefined: any. */
function getPossibleSilence({ sounds = [], audio, video }: MediaInfo): number | undefined {
  const plain = [...sounds, audio].filter(({ codec }) => codec.startsWith("pcm_"));
  if (plain.length === 0) return 0;
  if (video === undefined) return undefined;
  const bytes = plain.map(({ sampleRate, channels }) => sampleRate * channels * maxSampleBytes);
  return plainSeconds * Math.max(...bytes);
}

/**
 * Looks for parts without data.
 * @param path absolute
 */
export async function findDataFaults(path: string, info: MediaInfo): Promise<readonly DataFault[]> {
  const { container } = info;
  const handle = await openPlainFile(path);
  try {
    const { size } = await handle.stat();
    const end = await findStatedEnd(handle, size, container);
    const silence = getPossibleSilence(info);
    const found = silence === undefined ? [] : await findZeros(handle, size);
    const zeros = found.filter(({ from, to }) => to - from > (silence ?? 0));
    const cut: readonly DataFault[] =
      end !== undefined && end > size + tolerance ? [{ from: size, to: end, size: end, kind: "cut" }] : [];
    const tail = zeros.find(({ to }) => to >= size);
    // A free box at the end of an MP4 file may hold zeros: its structure ends where the file ends, and says so.
    const isPadding = tail !== undefined && (await isFreeSpace(handle, tail.from, size, container));
    return [...(isPadding ? zeros.filter((fault) => fault !== tail) : zeros), ...cut];
  } finally {
    await handle.close();
  }
}

/** True when the zeros lie in a box for free space. */
async function isFreeSpace(handle: FileHandle, from: number, size: number, container: string): Promise<boolean> {
  if (!container.split(",").includes("mp4")) return false;
  for await (const { type, end } of readBoxes(handle, size)) if (end > from) return /^(free|skip)$/.test(type);
  return false;
}
