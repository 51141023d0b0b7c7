import type { Cue } from "../cue.ts";
import { formatClockTime } from "./clock-time.ts";

/** SubRip: numbered blocks, comma before the milliseconds, CRLF as its own editor writes it. */
export function formatSrt(cues: readonly Cue[]): string {
  return cues
    .map(
      (cue, index) =>
        `${index + 1}\r\n${formatClockTime(cue.startMs, ",")} --> ${formatClockTime(cue.endMs, ",")}\r\n` +
        `${cue.lines.join("\r\n")}\r\n\r\n`,
    )
    .join("");
}
