/** Moves captions and words to another clock. */
import type { Cue } from "../cue.ts";
import type { Word } from "../word.ts";

/** What was said before the other clock begins is shown at its begin for at least this long, in milliseconds. */
const minShownMs = 500;

/** @param byMs milliseconds, negative: earlier. No caption is lost: what would begin before 0 begins at 0 */
export function shiftCues(cues: readonly Cue[], byMs: number): readonly Cue[] {
  if (byMs === 0) return cues;
  return cues.map((cue) => {
    const startMs = Math.max(0, cue.startMs + byMs);
    return {
      ...cue,
      startMs,
      endMs: Math.max(cue.endMs + byMs, startMs + Math.min(minShownMs, cue.endMs - cue.startMs)),
    };
  });
}

/** @param byMs milliseconds, negative: earlier */
export function shiftWords(words: readonly Word[], byMs: number): readonly Word[] {
  if (byMs === 0) return words;
  return words.map((word) => {
    const startMs = Math.max(0, word.startMs + byMs);
    return { ...word, startMs, endMs: Math.max(startMs, word.endMs + byMs) };
  });
}
