/** SBV, the plain caption format of YouTube: `0:00:01.000,0:00:04.000`, rows of text, a blank row. */
import { toCueRows } from "../../cue.ts";
import type { CaptionFormat } from "../caption-format.ts";
import { formatClockTime } from "../clock-time.ts";
import { isTimesRow, readCommaBlocks } from "../comma-blocks.ts";

/** The hours have a single digit, as YouTube writes them. */
const formatTime = (ms: number): string => formatClockTime(ms, ".").replace(/^0(?=\d:)/, "");

export const sbv: CaptionFormat = {
  recognizes: (start) => isTimesRow(start.slice(0, start.search(/[\r\n]|$/)), 3),
  read: (text, options) => readCommaBlocks(text, options),
  write: ({ cues }) =>
    cues
      .flatMap((cue) => {
        const rows = toCueRows(cue).map(({ text }) => text);
        if (rows.length === 0) return [];
        return [`${formatTime(cue.startMs)},${formatTime(cue.endMs)}\n${rows.join("\n")}\n`];
      })
      .join("\n"),
};
