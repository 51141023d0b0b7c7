/** SRT and WebVTT are both blocks with a timing line; this reads either, liberally. */
import type { Cue } from "../cue.ts";
import { parseClockTime } from "./clock-time.ts";
import { stripMarkup } from "./markup.ts";

/** A block that could not be used. */
export interface SkippedBlock {
  /** Line in the file, from 1. */
  readonly line: number;
  readonly reason: string;
}

export interface ParsedCues {
  readonly cues: readonly Cue[];
  readonly skipped: readonly SkippedBlock[];
}

const timingLine = /^(.*?)\s*--?>\s*(\S+)(?:\s.*)?$/;

/** Reads blocks of the form: timing line, text lines, blank line. Anything before a timing line is an identifier. */
export function parseBlocks(text: string): ParsedCues {
  const rows = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const cues: Cue[] = [];
  const skipped: SkippedBlock[] = [];
  for (let index = 0; index < rows.length; index++) {
    const match = timingLine.exec(rows[index] ?? "");
    if (!match) continue;
    const line = index + 1;
    const startMs = parseClockTime(match[1] ?? "");
    const endMs = parseClockTime(match[2] ?? "");
    const lines: string[] = [];
    while (index + 1 < rows.length && rows[index + 1]?.trim() !== "") {
      // A missing blank line: the next timing line, and the number before it, begin a new block.
      if (timingLine.test(rows[index + 1] ?? "")) break;
      if (/^\d+$/.test(rows[index + 1]?.trim() ?? "") && timingLine.test(rows[index + 2] ?? "")) break;
      index++;
      const clean = stripMarkup(rows[index] ?? "");
      if (clean !== "") lines.push(clean);
    }
    if (startMs === undefined || endMs === undefined) {
      skipped.push({ line, reason: `the times cannot be read: ${(rows[line - 1] ?? "").trim().slice(0, 80)}` });
    } else if (endMs <= startMs) {
      skipped.push({ line, reason: "the caption ends before it begins" });
    } else if (lines.length > 0) {
      cues.push({ startMs, endMs, lines });
    }
  }
  return { cues, skipped };
}
