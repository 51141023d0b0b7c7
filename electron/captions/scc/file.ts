/**
 * Formats and parses SCC files: the header, then lines of a timecode, a tab and four-digit hexadecimal words, with
 * blank lines between (electron/captions/cea608/README.md, "SCC files"). Written strictly, read liberally.
 */
import { addParity, hasOddParity, stripParity } from "../cea608/parity.ts";
import type { Transmission } from "../cea608/schedule/frame-timeline.ts";
import { dropFrameStyle, formatTimecode, parseTimecode, type Timecode, type TimecodeStyle } from "../time/timecode.ts";

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

/** True for text that begins like an SCC file. */
export function looksLikeScc(text: string): boolean {
  return /^\uFEFF?\s*Scenarist_SCC V\d/i.test(text);
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
    if (trimmed === "" || (number === 1 && looksLikeScc(trimmed))) return;
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
