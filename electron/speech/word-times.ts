/**
 * Checks the times of words when they arrive. VAD bugs of engines have crossed the timeline at the end of two-hour
 * files (reference/peers.md §4 row 15): nothing is stored that is out of order, out of its piece, or overlapping.
 */
import type { Word } from "../captions/word.ts";

/** No word is shorter: it could not be shown, clicked or played. */
const leastWordMs = 20;

export interface CheckedWords {
  readonly words: readonly Word[];
  /** How many words had to be moved. */
  readonly repaired: number;
}

/**
 * Puts words into order inside a piece. What is already right is not touched.
 * @returns words with `startMs < endMs`, each beginning where the one before it ends or later, all inside the range
 *   (unless it is too short to hold them, when they share it evenly).
 */
export function checkWordTimes(words: readonly Word[], startMs: number, endMs: number): CheckedWords {
  const heard = words.filter((word) => word.text.trim() !== "");
  if (heard.length * leastWordMs > endMs - startMs)
    return { words: shareOut(heard, startMs, endMs), repaired: heard.length };
  let repaired = 0;
  let earliest = startMs;
  const checked = heard.map((word, index) => {
    // The words that follow need their room as well.
    const latestEnd = endMs - (heard.length - index - 1) * leastWordMs;
    const start = Math.round(Math.min(Math.max(word.startMs, earliest), latestEnd - leastWordMs));
    const end = Math.round(Math.min(Math.max(word.endMs, start + leastWordMs), latestEnd));
    if (start !== word.startMs || end !== word.endMs) repaired++;
    earliest = end;
    return { ...word, startMs: start, endMs: end };
  });
  return { words: checked, repaired };
}

function shareOut(words: readonly Word[], startMs: number, endMs: number): readonly Word[] {
  const at = (index: number): number => startMs + Math.floor(((endMs - startMs) * index) / words.length);
  return words.map((word, index) => ({
    ...word,
    startMs: at(index),
    endMs: Math.max(at(index) + 1, at(index + 1)),
  }));
}
