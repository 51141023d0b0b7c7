import { type Cue, toCueRows } from "../../cue.ts";
import { formatClockTime } from "../clock-time.ts";
import { escapeMarkup, withTags } from "../markup.ts";

/** Formats WebVTT, with the language of the text in the header if known. */
export function formatWebVtt(cues: readonly Cue[], language?: string): string {
  const header = language === undefined ? "WEBVTT\n\n" : `WEBVTT\nKind: captions\nLanguage: ${language}\n\n`;
  const blocks = cues.flatMap((cue) => {
    const rows = toCueRows(cue).map((row) => withTags(escapeMarkup(row.text), row));
    const [first, ...rest] = rows;
    if (first === undefined) return [];
    const voice = cue.speaker === undefined ? "" : `<v ${escapeMarkup(cue.speaker)}>`;
    const times = `${formatClockTime(cue.startMs, ".")} --> ${formatClockTime(cue.endMs, ".")}`;
    // 10% from the top of the picture: the edge of the caption area.
    const place = `${cue.edge === "top" ? " line:10%" : ""}${cue.align === "left" ? " align:left" : ""}`;
    return [`${times}${place}\n${[voice + first, ...rest].join("\n")}\n`];
  });
  return header + blocks.map((block, index) => `${index + 1}\n${block}`).join("\n");
}
