import { type Cue, type CueRow, type TextColor, toCueRows } from "../../cue.ts";
import { formatClockTime } from "../clock-time.ts";
import { findPlacedBox, rowPercent } from "../markup/place.ts";
import { escapeMarkup, withTags } from "../markup/write.ts";

/** WebVTT has a class for each color (W3C WebVTT §5.1); its green is called lime. */
const colorClass = (color: TextColor): string => (color === "green" ? "lime" : color);

const toRow = (row: CueRow): string =>
  withTags(row, escapeMarkup, (text, color) => `<c.${colorClass(color)}>${text}</c>`);

const percent = (value: number): string => `${Math.round(value * 100) / 100}%`;

/** The cue settings of a place. Absent ones are WebVTT's own: at the bottom, in the middle of the row. */
function placeSettings(cue: Cue, rows: number): string {
  const { edge, align } = cue;
  const box = findPlacedBox(cue);
  if (box !== undefined) return ` line:${percent(box.top)} position:${percent(box.x)} align:${box.align}`;
  // 10% from an edge of the picture: the edge of the caption area.
  const middle = ` line:${percent(50 - (rows * rowPercent) / 2)}`;
  const line = edge === "top" ? " line:10%" : edge === "middle" ? middle : "";
  const position = align === "left" ? " position:10%" : align === "right" ? " position:90%" : "";
  return `${line}${position}${align === undefined ? "" : ` align:${align}`}`;
}

/** Formats WebVTT, with the language of the text in the header if known. */
export function formatWebVtt(cues: readonly Cue[], language?: string): string {
  const header = language === undefined ? "WEBVTT\n\n" : `WEBVTT\nKind: captions\nLanguage: ${language}\n\n`;
  const blocks = cues.flatMap((cue) => {
    const rows = toCueRows(cue).map(toRow);
    const [first, ...rest] = rows;
    if (first === undefined) return [];
    const voice = cue.speaker === undefined ? "" : `<v ${escapeMarkup(cue.speaker)}>`;
    const times = `${formatClockTime(cue.startMs, ".")} --> ${formatClockTime(cue.endMs, ".")}`;
    return [`${times}${placeSettings(cue, rows.length)}\n${[voice + first, ...rest].join("\n")}\n`];
  });
  return header + blocks.map((block, index) => `${index + 1}\n${block}`).join("\n");
}
