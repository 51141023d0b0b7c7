import type { Cue } from "../cue.ts";
import { formatClockTime } from "./clock-time.ts";
import { escapeWebVtt } from "./markup.ts";

/** WebVTT, with the language of the text in the header where it is known. */
export function formatWebVtt(cues: readonly Cue[], language?: string): string {
  const header = language === undefined ? "WEBVTT\n\n" : `WEBVTT\nKind: captions\nLanguage: ${language}\n\n`;
  const blocks = cues.map(
    (cue, index) =>
      `${index + 1}\n${formatClockTime(cue.startMs, ".")} --> ${formatClockTime(cue.endMs, ".")}\n` +
      `${cue.lines.map(escapeWebVtt).join("\n")}\n`,
  );
  return header + blocks.join("\n");
}
