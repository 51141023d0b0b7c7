/** Operations on the text of a cue in the editor: its words and lines. */
import { countLineColumns } from "../cea608/transliterate.ts";
import type { CueProfile } from "../quality/caption-profile.ts";
import { breakCost } from "../segmentation/costs.ts";
import { buildLines, layOut } from "../segmentation/line-breaks.ts";
import { TokenTable, toTokens } from "../segmentation/tokens.ts";
import { beginsTurn } from "../speaker-turn.ts";

/** The words of lines or of a text, with their punctuation. */
export const wordsOfText = (text: string | readonly string[]): readonly string[] =>
  (typeof text === "string" ? text : text.join(" ")).split(/\s+/u).filter((word) => word !== "");

/**
 * Lays out words on lines with the best line breaks. Text that does not fit the profile's lines gets as many lines as
 * it needs: the rules report it as too long, and no text is lost.
 */
export function layOutWords(words: readonly string[], profile: CueProfile): readonly string[] {
  if (words.length === 0) return [""];
  const heard = words.map((text, index) => ({ text, startMs: index, endMs: index + 1, probability: 1 }));
  const table = new TokenTable(toTokens(heard, { ...profile, speakerLabels: "none" }), breakCost);
  const last = table.tokens.length - 1;
  const layout = layOut(table, 0, last, profile);
  return layout === undefined ? filled(words, profile.maxLineLength) : buildLines(table, layout, last);
}

/** A word and the index of its line. */
export interface PlacedWord {
  readonly text: string;
  readonly line: number;
}

/** The words of a caption with the indexes of their lines. */
export const placedWords = (lines: readonly string[]): readonly PlacedWord[] =>
  lines.flatMap((line, index) => wordsOfText(line).map((text) => ({ text, line: index })));

/** True when two people speak in one caption: their lines are never joined. */
export const hasTurns = (lines: readonly string[]): boolean => lines.slice(1).some(beginsTurn);

/** True for a dash or `>>` by itself, which belongs to the word after it. */
export const isLead = (text: string): boolean => /^([-–—]|>>)$/u.test(text);

/**
 * Lays out some of a caption's words on lines. @param keepsLines true where two people speak: turns stay on their own
 * lines
 */
export function linesOfWords(
  words: readonly PlacedWord[],
  keepsLines: boolean,
  profile: CueProfile,
): readonly string[] {
  if (!keepsLines)
    return layOutWords(
      words.map(({ text }) => text),
      profile,
    );
  const byLine = Map.groupBy(words, ({ line }) => line);
  return balanced(
    [...byLine.values()].map((line) => line.map(({ text }) => text).join(" ")),
    profile,
  );
}

/**
 * Number of words before an offset in a text. An offset inside a word counts as its nearer end; a lead stays with its
 * word.
 */
export function wordsBefore(text: string, offset: number): number {
  const words = [...text.matchAll(/\S+/gu)];
  const count = words.filter(({ index, 0: word }) => index + word.length / 2 < offset).length;
  return isLead(words[count - 1]?.[0] ?? "") ? count - 1 : count;
}

/** Fills lines one after the other, each as far as possible. */
function filled(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const current = lines.at(-1);
    if (current !== undefined && countLineColumns(`${current} ${word}`) <= width)
      lines[lines.length - 1] = `${current} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Breaks the lines of a cue again; lines of different speakers stay separate. */
export function balanced(lines: readonly string[], profile: CueProfile): readonly string[] {
  const turns: string[][] = [];
  for (const line of lines) {
    if (turns.length === 0 || beginsTurn(line)) turns.push([line]);
    else turns.at(-1)?.push(line);
  }
  return turns.flatMap((turn) => layOutWords(wordsOfText(turn), profile));
}
