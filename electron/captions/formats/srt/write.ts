import { type Cue, toCueRows } from "../../cue.ts";
import { formatClockTime } from "../clock-time.ts";
import { withTags } from "../markup.ts";

/**
 * The lines of a cue with tags. Blank rows and arrows are removed: a blank row would end the caption, and an arrow
 * would be read as a timing row.
 */
function safeLines(cue: Cue): readonly string[] {
  const lines = toCueRows(cue).map((row) => withTags(row.text.replaceAll("-->", "->"), row));
  // SubRip players understand this tag as "at the top".
  return cue.edge === "top" ? lines.map((line, index) => (index === 0 ? `{\\an8}${line}` : line)) : lines;
}

/**
 * Formats SubRip: numbered blocks, comma before the milliseconds, CRLF as its own editor writes it. Empty cues are left
 * out.
 */
export function formatSrt(cues: readonly Cue[]): string {
  const blocks = cues.flatMap((cue) => {
    const lines = safeLines(cue);
    if (lines.length === 0) return [];
    const times = `${formatClockTime(cue.startMs, ",")} --> ${formatClockTime(cue.endMs, ",")}`;
    return [`${times}\r\n${lines.join("\r\n")}\r\n\r\n`];
  });
  return blocks.map((block, index) => `${index + 1}\r\n${block}`).join("");
}
