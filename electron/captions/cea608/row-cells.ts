/**
 * A row of text as the cells of the caption screen: characters, and the mid-row codes that change the style between
 * words. A mid-row code takes a cell that shows as a blank, so it goes where the text has one (README.md, "Mid-row codes
 * and style").
 */
import { append } from "../append.ts";
import { type CharacterStyle, isSameStyle, toStyleRuns } from "../character-style.ts";
import type { CueRow } from "../cue.ts";
import { midRowCode } from "./codes.ts";
import { type Substitution, transliterate } from "./transliterate.ts";

/** A character, or a mid-row code. */
export type Cell = string | number;

export interface RowCells {
  readonly cells: readonly Cell[];
  /** The style of the row's first word: its address code has to set it, or codes before it. */
  readonly startStyle: CharacterStyle;
  /** Characters without a code. */
  readonly lost: readonly Substitution[];
  /** True when a style changes inside a word, or where there is no room for the codes: it is not shown there. */
  readonly leavesStyleOut: boolean;
}

/** The mid-row codes that change the style, in order. An italics code keeps the color, a color code ends italics. */
export function midRowCodes(from: CharacterStyle, to: CharacterStyle): readonly number[] {
  if (isSameStyle(from, to)) return [];
  const color = midRowCode({ color: to.color ?? "white", underline: to.underline });
  if (!to.italic) return [color];
  const italic = midRowCode({ italic: true, underline: to.underline });
  return from.color === to.color ? [italic] : [color, italic];
}

interface StyledText {
  readonly characters: readonly string[];
  /** The index of each character's style in `styles`. */
  readonly styleIndexes: readonly number[];
  readonly styles: readonly CharacterStyle[];
  readonly lost: readonly Substitution[];
}

function transliterateRow(row: CueRow): StyledText {
  const characters: string[] = [];
  const styleIndexes: number[] = [];
  const styles: CharacterStyle[] = [];
  const lost: Substitution[] = [];
  for (const run of toStyleRuns(row.text, row)) {
    const written = transliterate(run.text);
    for (const character of written.text) {
      characters.push(character);
      styleIndexes.push(styles.length);
    }
    styles.push(run.style);
    append(lost, written.lost);
  }
  return { characters, styleIndexes, styles, lost };
}

const isLetter = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);

/** Converts a row to cells. */
export function toRowCells(row: CueRow): RowCells {
  if (row.parts === undefined) {
    const { text, lost } = transliterate(row.text);
    return { cells: [...text], startStyle: row, lost, leavesStyleOut: false };
  }
  const { characters, styleIndexes, styles, lost } = transliterateRow(row);
  const cells: Cell[] = [...characters];
  let startStyle: CharacterStyle | undefined;
  let current: CharacterStyle = {};
  let leavesStyleOut = false;
  let blanks = 0;
  for (let from = 0; from < characters.length; ) {
    if (characters[from] === " ") {
      blanks++;
      from++;
      continue;
    }
    let to = from;
    while (to < characters.length && characters[to] !== " ") to++;
    const word = readWordStyle(characters, styleIndexes, styles, from, to);
    leavesStyleOut ||= word.isMixed;
    if (startStyle === undefined) {
      startStyle = word.style;
      current = word.style;
    } else {
      const codes = midRowCodes(current, word.style);
      const sent = codes.length <= blanks ? codes : codes.slice(0, blanks);
      sent.forEach((code, index) => {
        cells[from - sent.length + index] = code;
      });
      // With room for one of two codes the color is kept: it says who speaks.
      const isCut = sent.length < codes.length;
      const { italic: _, ...upright } = word.style;
      current = isCut ? upright : word.style;
      leavesStyleOut ||= isCut;
    }
    blanks = 0;
    from = to;
  }
  return { cells, startStyle: startStyle ?? {}, lost, leavesStyleOut };
}

/** A word has one style, that of its first letter: there is no room for a code inside. */
function readWordStyle(
  characters: readonly string[],
  styleIndexes: readonly number[],
  styles: readonly CharacterStyle[],
  from: number,
  to: number,
): { readonly style: CharacterStyle; readonly isMixed: boolean } {
  const at = (index: number): CharacterStyle => styles[styleIndexes[index] ?? 0] ?? {};
  let first = from;
  while (first < to && !isLetter(characters[first] ?? "")) first++;
  const style = at(first < to ? first : from);
  let isMixed = false;
  for (let index = first + 1; index < to; index++) {
    if (isLetter(characters[index] ?? "") && !isSameStyle(at(index), style)) isMixed = true;
  }
  return { style, isMixed };
}
