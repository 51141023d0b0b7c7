/**
 * MCC files, the ancillary data format of MacCaption: lines of a timecode, a tab and the bytes of an ANC packet in
 * hexadecimal, with letters for sequences that are frequent (electron/captions/formats/README.md, "MCC").
 */
import { rowsOfText } from "../../text/rows.ts";
import { type FrameRate, frameRates } from "../../time/frame-rate.ts";
import { parseTimecode, type Timecode } from "../../time/timecode.ts";

export function looksLikeMcc(start: string): boolean {
  return /^\uFEFF?\s{0,200}File Format=MacCaption_MCC V\d/i.test(start);
}

/** How the labels of a file count. */
export interface MccHeader {
  /** 30 and 60 count 29.97 and 59.94 unless the packets say otherwise. */
  readonly rate: FrameRate;
  readonly dropFrame: boolean;
}

/** Frame rates by what a file calls them. */
const fileRates: Readonly<Record<string, FrameRate>> = {
  "24": frameRates["23.976"],
  "25": frameRates["25"],
  "30": frameRates["29.97"],
  "50": { numerator: 50, denominator: 1, nominal: 50 },
  "60": { numerator: 60_000, denominator: 1001, nominal: 60 },
};

/** Reads how labels count; a file that does not say so counts as most do, drop-frame at 29.97. */
export function parseMccHeader(text: string): MccHeader {
  const match = /^Time Code Rate[ \t]{0,9}=[ \t]{0,9}(\d{2})(DF)?[ \t]*$/im.exec(text);
  if (match === null) return { rate: frameRates["29.97"], dropFrame: true };
  return { rate: fileRates[match[1] ?? ""] ?? frameRates["29.97"], dropFrame: match[2] !== undefined };
}

const idle = [0xfa, 0x00, 0x00];
const repeated = (count: number): readonly number[] => Array.from({ length: count }, () => idle).flat();

/** What each letter stands for, from G on. */
const letters: Readonly<Record<string, readonly number[]>> = {
  ...Object.fromEntries([..."GHIJKLMNO"].map((letter, index) => [letter, repeated(index + 1)])),
  P: [0xfb, 0x80, 0x80],
  Q: [0xfc, 0x80, 0x80],
  R: [0xfd, 0x80, 0x80],
  S: [0x96, 0x69],
  T: [0x61, 0x01],
  U: [0xe1, 0x00, 0x00, 0x00],
  Z: [0x00],
};

/** By the code of a character, in capitals and small letters: the value of a digit, or the bytes of a letter. */
const meanings: readonly (number | readonly number[] | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code).toUpperCase();
  return /^[0-9A-F]$/.test(character) ? Number.parseInt(character, 16) : letters[character];
});

/** A packet has at most 255 bytes of data, and seven others. */
const maxPacketBytes = 600;

/** The bytes of a line; undefined where a character means none. @param bytes where they are put */
function expand(data: string, isShortU: boolean, bytes: Uint8Array): Uint8Array | undefined {
  let length = 0;
  for (let index = 0; index < data.length && length < maxPacketBytes - 30; index++) {
    const high = meanings[data.charCodeAt(index)];
    if (high === undefined) return undefined;
    if (typeof high === "number") {
      const low = meanings[data.charCodeAt(++index)];
      if (typeof low !== "number") return undefined;
      bytes[length++] = high * 16 + low;
      continue;
    }
    const count = isShortU && high === letters.U ? high.length - 1 : high.length;
    for (let at = 0; at < count; at++) bytes[length++] = high[at] ?? 0;
  }
  return bytes.subarray(0, length);
}

/** DID, SDID, a count, that many bytes, and a checksum. */
const hasCountedLength = (packet: Uint8Array): boolean => packet.length === (packet[2] ?? 0) + 4;

/** The packet of a line. Programs disagree on how many bytes U has, which the packet's own count decides. */
function toPacket(data: string, buffer: Uint8Array): Uint8Array | undefined {
  const packet = expand(data, false, buffer);
  if (packet === undefined || hasCountedLength(packet) || !/u/i.test(data)) return packet;
  const short = expand(data, true, buffer);
  return short !== undefined && hasCountedLength(short) ? short : expand(data, false, buffer);
}

/** A line of the file that has a timecode: a packet, or none where it cannot be read. */
export interface MccLine {
  /** Line in the file, from 1. */
  readonly number: number;
  readonly text: string;
  readonly timecode: Timecode | undefined;
  readonly packet: Uint8Array | undefined;
}

const linePattern = /^\s{0,9}(\d{2}:\d{2}:\d{2}[:;.,]\d{2})(?:[.,]\d)?[\t ,]{1,9}([0-9A-Za-z]{2,2000})\s*$/;

/** Reads the lines one after the other: six hours have 650,000 of them. A packet is there until the next one is read. */
export function* readMccLines(text: string): Generator<MccLine> {
  const buffer = new Uint8Array(maxPacketBytes);
  let number = 0;
  for (const row of rowsOfText(text)) {
    number++;
    if (!/^\s{0,9}\d{1,2}:\d/.test(row)) continue;
    const [, label, data] = linePattern.exec(row) ?? [];
    yield {
      number,
      text: row,
      timecode: label === undefined ? undefined : parseTimecode(label),
      packet: data === undefined ? undefined : toPacket(data, buffer),
    };
  }
}
