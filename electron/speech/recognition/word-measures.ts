/** What is measured of words that were recognized. */
import { type TimeSpan, uncovered } from "../../captions/time/span.ts";
import type { Word } from "../../captions/word.ts";

/** Mean probability of words, 0 to 1; 0 for none. */
export const meanProbability = (words: readonly Word[]): number =>
  words.reduce((sum, { probability }) => sum + probability, 0) / Math.max(1, words.length);

/** Finds the sound in which no word stands, in order. @param minMs length from which on it counts, in milliseconds */
export function findWordlessSpans(
  words: readonly Word[],
  stretches: readonly TimeSpan[],
  minMs: number,
): readonly TimeSpan[] {
  const spoken = words.map(({ startMs, endMs }) => ({ startMs, endMs: Math.max(startMs + 1, endMs) }));
  return uncovered(stretches, spoken, minMs);
}
