/**
 * Formats and parses SCC files: the header, then lines of a timecode, a tab and four-digit hexadecimal words, with
 * blank lines between (electron/captions/cea608/README.md, "SCC files"). Written strictly, read liberally.
 */
import { addParity, hasOddParity, stripParity } from "../cea608/parity.ts";
import type { Transmission } from "../cea608/schedule/frame-timeline.ts";
import type { FrameRate } from "../time/frame-rate.ts";
import {
  countDayFrames,
  dropFrameStyle,
  formatTimecode,
  parseTimecode,
  type Timecode,
  type TimecodeStyle,
  timecodeHours,
  timecodeToFrame,
} from "../time/timecode.ts";

export const sccHeader = "Scenarist_SCC V1.0";

/**
 * Formats an SCC file. CRLF, because old FFmpeg builds drop the last caption of files with LF alone; no byte-order
 * mark, because pycaption then does not recognize the file as SCC.
 */
export function formatScc(transmissions: readonly Transmission[], style: TimecodeStyle = dropFrameStyle): string {
  const lines = transmissions.map(({ frame, words }) => {
    const hex = words.map((word) => addParity(word).toString(16).padStart(4, "0"));
    return `${formatTimecode(frame, style)}\t${hex.join(" ")}`;
  });
  return `${[sccHeader, ...lines].join("\r\n\r\n")}\r\n`;
}

/** One data line of an SCC file. */
export interface SccLine {
  /** Line in the file, from 1. */
  readonly number: number;
  readonly label: string;
  readonly timecode: Timecode;
  /** Words without parity. */
  readonly words: readonly number[];
  /** Indexes of words whose parity is wrong. */
  readonly parityErrors: readonly number[];
  readonly separatedByTab: boolean;
}

/** A line that could not be read, or a deviation that a strict reader would reject. */
export interface SccDefect {
  readonly number: number;
  readonly kind: "header" | "timecode" | "word";
  readonly text: string;
}

export interface SccFile {
  readonly lines: readonly SccLine[];
  readonly defects: readonly SccDefect[];
}

const headerPattern = /^\s*Scenarist[_ ]SCC/i;
/** A timecode and nothing but words after it. */
const dataPattern = /^\s*\d{2}:[0-5]\d:[0-5]\d[:;,.]\d{2}[\t ]+[0-9a-f]{4}(\s+[0-9a-f]{4})*\s*$/i;
/** Data is looked for in this many of the first rows, blank ones left out. */
const maxSearchedRows = 3;

/** True for text that begins like an SCC file: with its header, or with a line of data where that is missing. */
export function looksLikeScc(text: string): boolean {
  const start = text.slice(0, 4_096).replace(/^\uFEFF/, "");
  if (headerPattern.test(start)) return true;
  const rows = start.split(/\r\n|\r|\n/).filter((row) => row.trim() !== "");
  return rows.slice(0, maxSearchedRows).some((row) => dataPattern.test(row));
}

/** Pauses between two captions are shorter than this: a label that is further away is a wrong one, or of another day. */
const maxPauseHours = 6;

/**
 * The frame of each line, in the order of the file. Labels begin again after 24 hours: a label that goes back to the
 * other end of the day is of the next one. A single wrong label, far from the lines before and after it, is of no day
 * but its own.
 */
export function lineFrames(lines: readonly SccLine[], rate: FrameRate): readonly number[] {
  const day = countDayFrames({ rate, dropFrame: lines[0]?.timecode.dropFrame ?? false });
  const maxPause = Math.floor((day * maxPauseHours) / timecodeHours);
  let days = 0;
  /** The last label that agrees with one before it. */
  let trusted: number | undefined;
  let before: number | undefined;
  return lines.map(({ timecode }) => {
    const label = timecodeToFrame(timecode, rate);
    const follows = (other: number | undefined): boolean =>
      other === undefined || (label >= other && label - other <= maxPause);
    const isNextDay = trusted !== undefined && label < trusted && label + day - trusted <= maxPause;
    const isDayBefore = days > 0 && trusted !== undefined && label - trusted >= day - maxPause;
    if (isNextDay) days++;
    if (isNextDay || follows(trusted) || (!isDayBefore && follows(before))) trusted = label;
    before = label;
    return label + (isDayBefore ? days - 1 : days) * day;
  });
}

/** Parses an SCC file. Never throws: anything that cannot be read is a defect. */
export function parseScc(text: string): SccFile {
  const lines: SccLine[] = [];
  const defects: SccDefect[] = [];
  const rows = text.split(/\r\n|\r|\n/);
  if (rows[0] !== sccHeader) defects.push({ number: 1, kind: "header", text: (rows[0] ?? "").slice(0, 80) });
  rows.forEach((row, index) => {
    const number = index + 1;
    const trimmed = row.replace(/^\uFEFF/, "").trim();
    if (trimmed === "" || (number === 1 && headerPattern.test(trimmed))) return;
    const match = /^(\S+)([\t ]+)(.*)$/.exec(trimmed);
    const timecode = match?.[1] === undefined ? undefined : parseTimecode(match[1]);
    if (!match || timecode === undefined) {
      if (number > 1) defects.push({ number, kind: "timecode", text: trimmed.slice(0, 80) });
      return;
    }
    const words: number[] = [];
    const parityErrors: number[] = [];
    for (const hex of (match[3] ?? "").split(/\s+/)) {
      if (!/^[0-9a-f]{4}$/i.test(hex)) {
        defects.push({ number, kind: "word", text: hex.slice(0, 80) });
        continue;
      }
      const raw = Number.parseInt(hex, 16);
      if (!hasOddParity(raw)) parityErrors.push(words.length);
      words.push(stripParity(raw));
    }
    lines.push({
      number,
      label: match[1] ?? "",
      timecode,
      words,
      parityErrors,
      separatedByTab: match[2] === "\t",
    });
  });
  return { lines, defects };
}
