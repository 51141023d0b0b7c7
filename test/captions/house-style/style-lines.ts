/** Lines as they are recognized, and what a style makes of them. */
import { findStyleEdits } from "../../../electron/captions/house-style/find-style-edits.ts";
import { parseHouseStyle } from "../../../electron/captions/house-style/style.ts";
import { applyStyleEdits } from "../../../electron/captions/house-style/styled-words.ts";
import type { Word } from "../../../electron/captions/word.ts";

/** Words at even times, a third of a second each. */
export const toWords = (line: string): readonly Word[] =>
  line
    .split(/\s+/u)
    .filter((text) => text !== "")
    .map((text, index) => ({ text, startMs: index * 333, endMs: index * 333 + 300, probability: 0.9 }));

export const joinWords = (words: readonly Word[]): string => words.map(({ text }) => text).join(" ");

/** The line in a style: the text of one, such as `us, votes=4 to 0`. */
export function writeInStyle(line: string, styleText = "us", terms: readonly string[] = []): string {
  const style = parseHouseStyle(styleText);
  if (style === undefined) throw new Error(`no style: ${styleText}`);
  const words = toWords(line);
  return joinWords(applyStyleEdits(words, findStyleEdits(words, { style, terms })).words);
}
