import type { Cue } from "../cue.ts";
import { formatClockTime } from "./clock-time.ts";
import { escapeWebVtt } from "./markup.ts";

/** WebVTT, with the language of the text in the header where it is known. */
export function formatWebVtt(cues: readonly Cue[], language?: string): string {
  const header = language === undefined ? "WEBVTT\n\n" : `WEBVTT\nKind: captions\nLanguage: ${language}\n\n`;
  const blocks = cues.flatMap(({ startMs, endMs, lines }) => {
    const text = lines.filter((line) => line.trim() !== "").map(escapeWebVtt);
    if (text.length === 0) return [];
    return [`${formatClockTime(startMs, ".")} --> ${formatClockTime(endMs, ".")}\n${text.join("\n")}\n`];
  });
  return header + blocks.map((block, index) => `${index + 1}\n${block}`).join("\n");
}
