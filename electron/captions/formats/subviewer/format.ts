/**
 * SubViewer. Version 2 has blocks like SBV with hundredths of a second below a header in square brackets; version 1 has
 * a row `[00:00:19]`, a row of text with `|` between lines, and a row with the time at which it ends.
 */
import { rowsOfText } from "../../text/rows.ts";
import type { CaptionReader, ReadContent, ReadOptions } from "../caption-format.ts";
import { parseClockTime } from "../clock-time.ts";
import { isTimesRow, readCommaBlocks } from "../comma-blocks.ts";
import { CueCollector } from "../cue-collector.ts";
import { parseMarkup } from "../markup/parse.ts";

/** `[TITLE]Council`, `[END INFORMATION]`, `[COLF]&HFFFFFF,[STYLE]bd,[SIZE]18`. */
const headerPattern =
  /^\s{0,20}\[(?:END )?(?:INFORMATION|TITLE|AUTHOR|SOURCE|PRG|FILEPATH|DELAY|CD TRACK|COMMENT|SUBTITLE|COLF|STYLE|SIZE|FONT|BEGIN|START SCRIPT|END SCRIPT|SCRIPT|END)\]/i;
const scriptPattern = /^\s{0,20}\*{3,20}\s{0,20}(?:START|END) SCRIPT/i;
const isHeader = (row: string): boolean => headerPattern.test(row) || scriptPattern.test(row);

const singleTime = /^\s{0,20}\[(\d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)\]\s{0,20}$/;

function parseSingleTime(row: string): number | undefined {
  const [, time] = singleTime.exec(row.slice(0, 200)) ?? [];
  return time === undefined ? undefined : parseClockTime(time);
}

function readFirstVersion(text: string, options: ReadOptions): ReadContent {
  const collector = new CueCollector();
  let open: { readonly startMs: number; readonly line: number; readonly rows: string[] } | undefined;
  const close = (endMs?: number): void => {
    if (open === undefined) return;
    const { rows, ...times } = open;
    const { leftOut, ...text } = parseMarkup(rows.flatMap((row) => row.split("|")));
    for (const what of leftOut) collector.leaveOut(what);
    collector.add({ ...times, endMs, ...text });
  };
  rowsOfText(text).forEach((row, index) => {
    const ms = parseSingleTime(row);
    if (ms !== undefined) {
      close(ms);
      open = { startMs: ms, line: index + 1, rows: [] };
    } else if (!isHeader(row)) {
      // What stands before the first time is the head of the file.
      open?.rows.push(row);
    }
  });
  close();
  return { ...collector.finish(options), words: [] };
}

const anySingleTime = /^[ \t]{0,20}\[\d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?\][ \t]{0,20}\r?$/m;
const isFirstVersion = (text: string): boolean => anySingleTime.test(text);

export const subviewer: CaptionReader = {
  recognizes: (start, text) => {
    const first = rowsOfText(start).find((row) => row.trim() !== "" && !isHeader(row)) ?? "";
    if (isTimesRow(first, 2) || parseSingleTime(first) !== undefined || /^\[INFORMATION\]/i.test(start)) return true;
    return isHeader(start) && isFirstVersion(text);
  },
  read: (text, options) =>
    isFirstVersion(text) ? readFirstVersion(text, options) : readCommaBlocks(text, options, isHeader),
};
