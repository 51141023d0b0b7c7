import { type Cue, type CueRow, toCueRows } from "../../cue.ts";
import { formatClockTime } from "../clock-time.ts";
import { toHexColor } from "../markup/colors.ts";
import { withTags } from "../markup/write.ts";

/** The tag of SubStation Alpha that players of SRT understand as a place: a key of the keypad. */
function placeTag({ edge = "bottom", align = "center" }: Cue): string {
  const key = { bottom: 1, middle: 4, top: 7 }[edge] + { left: 0, center: 1, right: 2 }[align];
  return key === 2 ? "" : `{\\an${key}}`;
}

/** A row with tags. Arrows are changed: they would be read as a timing row. */
const toRow = (row: CueRow): string =>
  withTags(
    row,
    (text) => text.replaceAll("-->", "->"),
    (text, color) => `<font color="${toHexColor(color)}">${text}</font>`,
  );

/**
 * Formats SubRip: numbered blocks, comma before the milliseconds, CRLF as its own editor writes it. Empty cues and
 * blank rows, which would end a block, are left out.
 */
export function formatSrt(cues: readonly Cue[]): string {
  const blocks = cues.flatMap((cue) => {
    const lines = toCueRows(cue).map(toRow);
    if (lines.length === 0) return [];
    const times = `${formatClockTime(cue.startMs, ",")} --> ${formatClockTime(cue.endMs, ",")}`;
    return [`${times}\r\n${placeTag(cue)}${lines.join("\r\n")}\r\n\r\n`];
  });
  return blocks.map((block, index) => `${index + 1}\r\n${block}`).join("");
}
