/** What counts as a word: recognizers write dashes, notes and dots between words, which nobody said. */
import type { Word } from "../../captions/word.ts";

/** True for a word that can be said: with a letter, a digit, or a sign that is read aloud, such as `&` or `%`. */
export const isSpokenWord = (text: string): boolean => /[\p{L}\p{N}\p{Sc}&%+=@#§°]/u.test(text);

/**
 * Leaves out what is no word. Punctuation that ends a sentence goes to the word before it ("Thank you ." has two words),
 * all else is dropped. Times of the words stay.
 */
export function withoutNonWords(words: readonly Word[]): readonly Word[] {
  const spoken: Word[] = [];
  for (const word of words) {
    const before = spoken.at(-1);
    if (isSpokenWord(word.text)) spoken.push(word);
    else if (before !== undefined && /^[.,!?;:…。，！？]+$/u.test(word.text) && /[\p{L}\p{N}]$/u.test(before.text)) {
      spoken[spoken.length - 1] = { ...before, text: before.text + word.text };
    }
  }
  return spoken;
}
