/** Word error rate: the measure of speech recognition. */
import { editDistance } from "../../captions/text/edit-distance.ts";

/** Normalizes words for comparison: lower case, without punctuation. */
export function comparableWords(text: string): readonly string[] {
  return text
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[^\p{L}\p{N}'\s]/gu, " ")
    .split(/\s+/)
    .filter((word) => word !== "");
}

/**
 * Insertions, deletions and replacements over the number of words in the reference; 0 is perfect, over 1 is possible.
 */
export function wordErrorRate(reference: string, hypothesis: string): number {
  const expected = comparableWords(reference);
  const actual = comparableWords(hypothesis);
  if (expected.length === 0) return actual.length === 0 ? 0 : 1;
  return editDistance(expected, actual) / expected.length;
}
