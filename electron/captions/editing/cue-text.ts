/** The text of a cue while it is corrected: its words, its lines, its looks. */
import { countLineColumns } from "../cea608/transliterate.ts";
import type { LineStyle } from "../cue.ts";
import type { CueProfile } from "../quality/caption-profile.ts";
import { breakCost } from "../segmentation/costs.ts";
import { buildLines, layOut } from "../segmentation/line-breaks.ts";
import { TokenTable, toTokens } from "../segmentation/tokens.ts";
import type { EditCue } from "./document.ts";

/** The words of lines or of a text, with their punctuation. */
export const wordsOfText = (text: string | readonly string[]): readonly string[] =>
  (typeof text === "string" ? text : text.join(" ")).split(/\s+/u).filter((word) => word !== "");

/** A dash or `>>` at the beginning of a line is another speaker: such lines are never run together. */
export const beginsTurn = (line: string): boolean => /^\s*([-–—]\s?\S|>>)/u.test(line);

/**
 * Words on lines, broken where it reads best. What does not fit the profile's lines gets as many as it needs: the
 * rules say that it is too long, and nothing is lost.
 */
export function layOutWords(words: readonly string[], profile: CueProfile): readonly string[] {
  if (words.length === 0) return [""];
  const heard = words.map((text, index) => ({ text, startMs: index, endMs: index + 1, probability: 1 }));
  const table = new TokenTable(toTokens(heard, { ...profile, speakerLabels: "none" }), breakCost);
  const last = table.tokens.length - 1;
  const layout = layOut(table, 0, last, profile);
  return layout === undefined ? filled(words, profile.maxLineLength) : buildLines(table, layout, last);
}

/** A word, and the line that it stands on. */
export interface PlacedWord {
  readonly text: string;
  readonly line: number;
}

/** The words of a caption with their lines. */
export const placedWords = (lines: readonly string[]): readonly PlacedWord[] =>
  lines.flatMap((line, index) => wordsOfText(line).map((text) => ({ text, line: index })));

/** True where two people speak in one caption: their lines are never run together. */
export const hasTurns = (lines: readonly string[]): boolean => lines.slice(1).some(beginsTurn);

/** A dash or `>>` by itself belongs to the word after it. */
export const isLead = (text: string): boolean => /^([-–—]|>>)$/u.test(text);

/** Some of a caption's words on lines: anew, or, where two people speak, as they were. */
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

/** How many words lie before a place in a text; inside a word, its nearer end counts, and a lead stays with its word. */
export function wordsBefore(text: string, offset: number): number {
  const words = [...text.matchAll(/\S+/gu)];
  const count = words.filter(({ index, 0: word }) => index + word.length / 2 < offset).length;
  return isLead(words[count - 1]?.[0] ?? "") ? count - 1 : count;
}

/** One line after the other, each as full as it can be. */
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

/** The lines of a cue, broken anew; two speakers keep their lines. */
export function balanced(lines: readonly string[], profile: CueProfile): readonly string[] {
  const turns: string[][] = [];
  for (const line of lines) {
    if (turns.length === 0 || beginsTurn(line)) turns.push([line]);
    else turns.at(-1)?.push(line);
  }
  return turns.flatMap((turn) => layOutWords(wordsOfText(turn), profile));
}

/** A cue with other lines; looks stay with their lines, and a caption in one look keeps it. */
export function withLines(cue: EditCue, lines: readonly string[]): EditCue {
  const { styles, ...rest } = cue;
  if (styles === undefined) return { ...rest, lines };
  const [first = {}] = styles;
  const isUniform = styles.every((style) => JSON.stringify(style) === JSON.stringify(first));
  const next = lines.map((_, index): LineStyle => (isUniform ? first : (styles[index] ?? {})));
  return { ...rest, lines, styles: next };
}
