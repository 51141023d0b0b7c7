/**
 * SBV and SubViewer 2 are both blocks of a row with two times and a comma between, rows of text, and a blank row.
 * `[br]` is a line break in either.
 */
import { rowsOfText } from "../text/rows.ts";
import type { ReadContent, ReadOptions } from "./caption-format.ts";
import { parseClockTime } from "./clock-time.ts";
import { CueCollector } from "./cue-collector.ts";
import { parseMarkup } from "./markup/parse.ts";

const timesPattern =
  /^\s{0,20}(\d{1,4}:\d{1,2}:\d{1,2}[.,]\d{1,3})\s{0,20},\s{0,20}(\d{1,4}:\d{1,2}:\d{1,2}[.,]\d{1,3})\s{0,20}$/;

/** The two times of a row; undefined where it is none. */
function parseTimes(row: string): { readonly startMs: number; readonly endMs: number } | undefined {
  const [, start, end] = timesPattern.exec(row.slice(0, 200)) ?? [];
  const startMs = start === undefined ? undefined : parseClockTime(start);
  const endMs = end === undefined ? undefined : parseClockTime(end);
  return startMs === undefined || endMs === undefined ? undefined : { startMs, endMs };
}

/** True for a row like `0:00:01.000,0:00:04.000`. @param decimals how many digits of a second the format has */
export function isTimesRow(row: string, decimals: number): boolean {
  return parseTimes(row) !== undefined && new RegExp(String.raw`[.,]\d{${decimals}}\s{0,20}$`).test(row.slice(0, 200));
}

/** @param isHeader rows before, between and after the blocks that are no text */
export function readCommaBlocks(
  text: string,
  options: ReadOptions,
  isHeader: (row: string) => boolean = () => false,
): ReadContent {
  const collector = new CueCollector();
  const rows = rowsOfText(text);
  for (let index = 0; index < rows.length; ) {
    const row = rows[index] ?? "";
    const line = ++index;
    if (row.trim() === "" || isHeader(row)) continue;
    const times = parseTimes(row);
    const from = times === undefined ? line - 1 : index;
    // A block ends at a blank row, or where the next one begins without it.
    while (index < rows.length && rows[index]?.trim() !== "" && parseTimes(rows[index] ?? "") === undefined) index++;
    const block = rows.slice(from, index);
    if (times === undefined) {
      collector.skip(`this text has no times: ${block.join(" ").trim().slice(0, 80)}`, line);
      continue;
    }
    const lines = block.filter((part) => !isHeader(part)).flatMap((part) => part.split(/\[br\]/i));
    const { leftOut, ...content } = parseMarkup(lines);
    for (const what of leftOut) collector.leaveOut(what);
    collector.add({ ...times, ...content, line });
  }
  return { ...collector.finish(options), words: [] };
}
