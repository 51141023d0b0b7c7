/** Word errors: the measure of speech recognition, with the kinds of errors apart. */
import { align } from "./align.ts";
import { normalizeText } from "./normalize-text.ts";

export interface WordErrors {
  readonly substituted: number;
  readonly deleted: number;
  readonly inserted: number;
  /** Words of truth, normalized. */
  readonly words: number;
  /** All errors over the words of truth: 0 is perfect, over 1 is possible. */
  readonly rate: number;
}

/** Counts the word errors of a text on normalized words. @param language code of the language of both texts */
export function countWordErrors(truth: string, recognized: string, language = "en"): WordErrors {
  const expected = normalizeText(truth, language);
  const counts = { equal: 0, substituted: 0, deleted: 0, inserted: 0 };
  for (const { kind } of align(expected, normalizeText(recognized, language))) counts[kind]++;
  const { substituted, deleted, inserted } = counts;
  const errors = substituted + deleted + inserted;
  const rate = expected.length === 0 ? Number(errors > 0) : errors / expected.length;
  return { substituted, deleted, inserted, words: expected.length, rate };
}
