/** The row of a block that says from when to when its caption is shown: of SRT and WebVTT. */
import { parseClockTime } from "./clock-time.ts";

export interface BlockTimes {
  readonly startMs: number;
  readonly endMs: number;
  /** What follows the times: WebVTT's cue settings, SRT's coordinates. */
  readonly settings: string;
}

/** No time is longer than this; a row of spaces as long as the file must not cost the square of its length. */
const maxTimingLength = 500;
const clockPattern = String.raw`(?:\d{1,4}:)?\d?\d:\d?\d(?:[.,]\d{1,3})?`;
const timingPattern = new RegExp(String.raw`^(${clockPattern})\s{0,20}--?>\s{0,20}(${clockPattern})(?:\s|$)`);

/** The times of a timing row: only then is it one. `Main St -> Elm St` is text. */
export function parseTimingRow(row: string): BlockTimes | undefined {
  const text = row.slice(0, maxTimingLength).trimStart();
  const match = timingPattern.exec(text);
  const startMs = match?.[1] === undefined ? undefined : parseClockTime(match[1]);
  const endMs = match?.[2] === undefined ? undefined : parseClockTime(match[2]);
  if (startMs === undefined || endMs === undefined) return undefined;
  return { startMs, endMs, settings: text.slice(match?.[0].length ?? 0) };
}

/** A row where the times of a block should stand, and something like them does. */
export function looksLikeTimes(row: string): boolean {
  return /^\s{0,20}[-+]?\d[^<>]{0,40}--?>/.test(row.slice(0, maxTimingLength));
}

/** The number of a block. */
export function isBlockNumber(row: string): boolean {
  return /^\s{0,20}\d{1,9}\s{0,20}$/.test(row.slice(0, maxTimingLength));
}

/** True when a block begins at this row without a blank one before it: times, or a number and times below it. */
export function beginsBlock(rows: readonly string[], index: number): boolean {
  const row = rows[index] ?? "";
  if (isBlockNumber(row)) return parseTimingRow(rows[index + 1] ?? "") !== undefined;
  return row.includes("-->") && parseTimingRow(row) !== undefined;
}
