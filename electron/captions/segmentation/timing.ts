/** Sets the out-times of cues: long enough to read, never overlapping the next cue, small gaps closed. */
import { countColumns } from "../cea608/transliterate.ts";
import type { Cue } from "../cue.ts";
import type { CueProfile } from "../quality/caption-profile.ts";

/** A cue with its text and the time of its speech, before its out-time is set. */
export interface UntimedCue {
  readonly lines: readonly string[];
  readonly startMs: number;
  readonly speechEndMs: number;
  readonly speaker?: string;
}

/** A caption may stay up to half a second longer than its words (Netflix timed-text guide). */
const tailMs = 300;
/** Minimum duration: a cue is visible for at least one frame. */
const minMs = 34;

/**
 * Sets the times of cues that are in order.
 * @returns cues with `startMs < endMs`, none beginning before the previous one has ended.
 */
export function timeCues(cues: readonly UntimedCue[], profile: CueProfile): readonly Cue[] {
  const timed: Cue[] = [];
  let earliest = 0;
  cues.forEach((cue, index) => {
    const startMs = Math.max(cue.startMs, earliest);
    const next = cues[index + 1];
    const columns = cue.lines.reduce((sum, line) => sum + countColumns(line), 0);
    const readMs = (columns * 1000) / profile.maxCharactersPerSecond;
    const wanted = Math.max(cue.speechEndMs + tailMs, startMs + profile.minMs, startMs + readMs);
    let endMs = Math.round(Math.min(wanted, Math.max(cue.speechEndMs, startMs + profile.maxMs)));
    if (next !== undefined) {
      const limit = next.startMs - profile.minGapMs;
      if (endMs > limit || next.startMs - endMs < profile.closeGapMs) endMs = limit;
    }
    endMs = Math.max(endMs, startMs + minMs);
    timed.push({ startMs, endMs, lines: cue.lines, ...(cue.speaker === undefined ? {} : { speaker: cue.speaker }) });
    earliest = endMs;
  });
  return timed;
}
