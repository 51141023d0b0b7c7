/**
 * Cheetah CAP, the binary captions of Cheetah International's systems. What is known of it comes from reading files:
 * electron/captions/formats/README.md, "Cheetah CAP".
 */
import type { Cue } from "../../cue.ts";
import { createIssue } from "../../quality/issue.ts";
import { hourMs, minuteMs, secondMs } from "../../time/durations.ts";
import { frameToMs, ntsc } from "../../time/frame-rate.ts";
import { isMissingLabel, type Timecode, timecodeToFrame } from "../../time/timecode.ts";
import type { BinaryCaptionReader, ReadContent, ReadOptions } from "../caption-format.ts";
import { CueCollector } from "../cue-collector.ts";
import { type Placement, toEdge, toPlacement } from "../markup/place.ts";
import { StyledLines } from "../markup/styled-line.ts";
import { NotCaptionsError } from "../not-captions.ts";

const headerBytes = 128;
/** Length, flags and the label of the beginning; the label of the end may follow. */
const fixedBytes = 6;
const labelBytes = 4;
/** Style, justification, row and column, before the text. */
const styleBytes = 9;
/** Bit of the flags: the caption has a label for its end. */
const hasEnd = 0x20;
/** What begins text in italics. */
const italicCode = 0xd0;

const accents = [..."♪áéíóúâêîôûàèÑñç¢£¿½®"];

/** What a byte of text stands for; undefined for codes. */
function toCharacter(byte: number): string | undefined {
  if (byte >= 0x81 && byte < 0x81 + accents.length) return accents[byte - 0x81];
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte);
  return byte >= 0xa0 && byte < 0xc0 ? String.fromCharCode(byte) : undefined;
}

const readLabel = (bytes: Uint8Array, at: number, dropFrame: boolean): Timecode => ({
  hours: bytes[at] ?? 0,
  minutes: bytes[at + 1] ?? 0,
  seconds: bytes[at + 2] ?? 0,
  frames: bytes[at + 3] ?? 0,
  dropFrame,
});

const isLabel = ({ hours, minutes, seconds, frames }: Timecode): boolean =>
  hours < 24 && minutes < 60 && seconds < 60 && frames < 30;

interface Record {
  readonly start: Timecode;
  readonly end: Timecode | undefined;
  readonly content: ReturnType<StyledLines["toLines"]> & Placement;
}

/** The text of a record: lines end with a zero, and may begin with three bytes of justification, row and column. */
function readText(bytes: Uint8Array, from: number, to: number): ReturnType<StyledLines["toLines"]> {
  const lines = new StyledLines();
  let italic = false;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0) {
      lines.newLine();
      italic = false;
      const [justification = 0, row = 0, column = 0] = bytes.subarray(at + 1, at + 4);
      if (at + 4 < to && justification >= 1 && justification <= 3 && row <= 0x0f && column <= 0x20) at += 3;
    } else if (byte === italicCode) italic = true;
    else {
      const character = toCharacter(byte);
      if (character !== undefined) lines.append(character, { italic });
    }
  }
  return lines.toLines();
}

/** Justification 1 is left, 2 right and 3 centered, where the column may still mean an edge; rows count 15 lines. */
function readPlacement(bytes: Uint8Array, at: number): Placement {
  const [justification = 3, row = 0x0f, column = 0x10] = bytes.subarray(at, at + 3);
  const side = column <= 0x0b ? "left" : column >= 0x18 ? "right" : "center";
  const align = justification === 1 ? "left" : justification === 2 ? "right" : side;
  return toPlacement(toEdge((100 * (row - 0.5)) / 15) ?? "bottom", align);
}

function* readRecords(bytes: Uint8Array, dropFrame: boolean): Generator<Record | undefined> {
  for (let at = headerBytes; at + fixedBytes < bytes.length; ) {
    const length = bytes[at] ?? 0;
    if (length < fixedBytes + styleBytes) {
      // Files end with zeros, and a damaged one goes on at the next byte.
      at++;
      continue;
    }
    const isEnded = ((bytes[at + 1] ?? 0) & hasEnd) !== 0;
    const start = readLabel(bytes, at + 2, dropFrame);
    const end = isEnded ? readLabel(bytes, at + fixedBytes, dropFrame) : undefined;
    const style = at + fixedBytes + (isEnded ? labelBytes : 0);
    const text = style + styleBytes;
    const until = Math.min(at + length, bytes.length);
    if (!isLabel(start) || text > until) yield undefined;
    else {
      const content = { ...readPlacement(bytes, text - 3), ...readText(bytes, text, until) };
      yield { start, end: end !== undefined && isLabel(end) ? end : undefined, content };
    }
    at += length;
  }
}

/** The label of a time on the file's clock. */
const toLabel = (clockMs: number, dropFrame: boolean): Timecode => ({
  hours: Math.floor(clockMs / hourMs),
  minutes: Math.floor(clockMs / minuteMs) % 60,
  seconds: Math.floor(clockMs / secondMs) % 60,
  frames: Math.floor(((clockMs % secondMs) * ntsc.nominal) / secondMs),
  dropFrame,
});

function read(bytes: Uint8Array, options: ReadOptions): ReadContent {
  const collector = new CueCollector();
  const records: Record[] = [];
  let damaged = 0;
  for (const record of readRecords(bytes, true)) {
    if (record === undefined) damaged++;
    else if (record.content.lines.length > 0) records.push(record);
  }
  if (records.length === 0) throw new NotCaptionsError("this Cheetah CAP file has no captions");
  if (damaged > 0) collector.report(createIssue("unreadable", `${damaged} × a damaged caption`));
  // Drop-frame unless a label is there that drop-frame leaves out.
  const dropFrame = !records.some(({ start }) => isMissingLabel(start, ntsc));
  const toFrame = (label: Timecode): number => timecodeToFrame({ ...label, dropFrame }, ntsc);
  const toMs = (label: Timecode): number => frameToMs(toFrame(label));
  for (const { start, end, content } of records) {
    const cue: Omit<Cue, "endMs"> = { startMs: toMs(start), ...content };
    collector.add({ ...cue, endMs: end === undefined ? undefined : toMs(end) });
  }
  return { ...collector.finish(options, (clockMs) => toMs(toLabel(clockMs, dropFrame))), words: [] };
}

export const cap: BinaryCaptionReader = {
  recognizesBytes: (bytes) =>
    bytes.length > headerBytes && bytes[0] === 0xea && bytes[1] === 0x22 && (bytes[2] ?? 9) <= 3,
  readBytes: read,
};
