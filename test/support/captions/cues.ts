/** Short helpers that create cues for tests. */
import type { Cue } from "../../../electron/captions/cue.ts";

export const cue = (startMs: number, endMs: number, ...lines: readonly string[]): Cue => ({ startMs, endMs, lines });

/** `count` captions, one every `everyMs` milliseconds, starting at `startMs`. */
export const series = (count: number, startMs: number, everyMs: number, ...lines: readonly string[]): readonly Cue[] =>
  Array.from({ length: count }, (_, index) =>
    cue(startMs + index * everyMs, startMs + (index + 1) * everyMs, ...lines),
  );

/** Two captions as an SRT file. */
export const srt =
  "1\r\n00:00:02,000 --> 00:00:04,000\r\nRoll call, please.\r\n\r\n2\r\n00:00:05,000 --> 00:00:07,500\r\nWe have a quorum.\r\n\r\n";
