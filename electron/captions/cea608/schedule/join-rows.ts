/**
 * Puts the rows of consecutive captions on one screen: one below the other, or, where that takes fewer rows, with their
 * words joined and broken anew. Two speakers never share a row, nor do rows of different looks or with places of their
 * own.
 */
import type { CueRow } from "../../cue.ts";
import { beginsTurn, beginsWithDash } from "../../speaker-turn.ts";
import { haveOwnRows } from "../row-layout.ts";
import { countColumns, countLineColumns } from "../transliterate.ts";

/** A caption's part in a joined screen. */
export interface RowSource {
  readonly rows: readonly CueRow[];
  readonly speaker: string | undefined;
}

/** Captions that are shown at once, at most: more of them, of a letter each, are no text. */
export const maxJoinedCaptions = 12;

export interface JoinLimits {
  readonly maxRows: number;
  readonly maxColumns: number;
}

export interface JoinedRows {
  readonly rows: readonly CueRow[];
  /** True when words of two captions share a row. */
  readonly isReflowed: boolean;
}

/** A word with the columns that it takes, and what they are at the end of a row. */
interface RowWord {
  readonly text: string;
  readonly columns: number;
  readonly endColumns: number;
  /** What a break after it costs: nothing after a mark or where there was one before. */
  readonly breakCost: number;
}

/** In squared columns: a break inside a phrase is as bad as a row that is four columns off. */
const phraseBreakCost = 16;

/** The style of a row, to compare it with another one's; undefined where words cannot move to another row. */
function getStyleKey({ text: _text, place, parts, ...style }: CueRow): string | undefined {
  if (place !== undefined || parts !== undefined) return undefined;
  const isPlain = Object.keys(style).length === 0;
  return isPlain ? "" : JSON.stringify(Object.entries(style).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A row of a caption, and who speaks there. */
export interface SpokenRow {
  readonly row: CueRow;
  readonly source: { readonly speaker: string | undefined };
}

/** True when the words of a row may go on in the row before it. */
export function canShareRow(before: SpokenRow, { row, source }: SpokenRow): boolean {
  if (before.source.speaker !== source.speaker || beginsTurn(row.text)) return false;
  if (before.source !== source && beginsWithDash(before.row.text)) return false;
  const style = getStyleKey(row);
  return style !== undefined && style === getStyleKey(before.row);
}

/** The rows of all captions in runs whose words may be broken anew. */
function findRuns(sources: readonly RowSource[]): readonly (readonly CueRow[])[] {
  const runs: CueRow[][] = [];
  let before: SpokenRow | undefined;
  for (const source of sources) {
    for (const row of source.rows) {
      const spoken = { row, source };
      if (before !== undefined && canShareRow(before, spoken)) runs.at(-1)?.push(row);
      else runs.push([row]);
      before = spoken;
    }
  }
  return runs;
}

/** A row is part of many screens that are tried. */
const knownWords = new WeakMap<CueRow, readonly RowWord[]>();

function toWords(row: CueRow): readonly RowWord[] {
  const known = knownWords.get(row);
  if (known !== undefined) return known;
  const texts = row.text.split(/\s+/u).filter((text) => text !== "");
  const words = texts.map((text, index) => ({
    text,
    columns: countColumns(text),
    endColumns: countLineColumns(text),
    breakCost: index === texts.length - 1 || /[.,;:?!]["')]?$/.test(text) ? 0 : phraseBreakCost,
  }));
  knownWords.set(row, words);
  return words;
}

/** The fewest rows that the words take; undefined where one of them is too long for a row. */
function countRows(words: readonly RowWord[], maxColumns: number): number | undefined {
  let rows = 1;
  let used = -1;
  for (const { columns, endColumns } of words) {
    if (endColumns > maxColumns) return undefined;
    if (used + 1 + endColumns > maxColumns) {
      rows++;
      used = -1;
    }
    used += 1 + columns;
  }
  return rows;
}

interface Break {
  readonly cost: number;
  /** Index of the first word of the next row. */
  readonly next: number;
}

/** Breaks words into exactly that many rows: of like length, at marks and where they were broken before. */
function breakWords(words: readonly RowWord[], rowCount: number, maxColumns: number): readonly string[] | undefined {
  const columns = words.reduce((sum, word) => sum + word.columns + 1, -1);
  const ideal = (columns - (rowCount - 1)) / rowCount;
  const found = new Map<number, Break | undefined>();
  const findBreak = (first: number, rowsLeft: number): Break | undefined => {
    const key = first * 8 + rowsLeft;
    if (found.has(key)) return found.get(key);
    let best: Break | undefined;
    let used = -1;
    for (let last = first; last < words.length; last++) {
      const word = words[last] as RowWord;
      if (used + 1 + word.columns > maxColumns) break;
      const isEnd = last === words.length - 1;
      const fits = used + 1 + word.endColumns <= maxColumns;
      used += 1 + word.columns;
      if (!fits || isEnd !== (rowsLeft === 1)) continue;
      const rest = isEnd ? 0 : findBreak(last + 1, rowsLeft - 1)?.cost;
      if (rest === undefined) continue;
      const cost = rest + (used - ideal) ** 2 + (isEnd ? 0 : word.breakCost);
      if (best === undefined || cost < best.cost) best = { cost, next: last + 1 };
    }
    found.set(key, best);
    return best;
  };
  const rows: string[] = [];
  for (let first = 0; first < words.length; ) {
    const next = findBreak(first, rowCount - rows.length)?.next;
    if (next === undefined) return undefined;
    const line = words.slice(first, next).map(({ text }) => text);
    rows.push(line.join(" "));
    first = next;
  }
  return rows;
}

/** True when rows with places of their own can be shown at once: in reading order, none of them twice. */
const keepPlaces = (rows: readonly CueRow[]): boolean =>
  haveOwnRows(rows) || rows.every(({ place }) => place === undefined);

/** The captions' rows on one screen; undefined where they do not fit it together. */
export function joinRows(sources: readonly RowSource[], { maxRows, maxColumns }: JoinLimits): JoinedRows | undefined {
  const stacked = sources.flatMap(({ rows }) => rows);
  if (!keepPlaces(stacked)) return undefined;
  const runs = findRuns(sources).map((rows) => {
    if (rows.length === 1) return { rows, words: [], count: 1 };
    const words = rows.flatMap(toWords);
    return { rows, words, count: countRows(words, maxColumns) ?? rows.length };
  });
  const count = runs.reduce((sum, run) => sum + run.count, 0);
  if (count > maxRows) return undefined;
  if (count >= stacked.length) return { rows: stacked, isReflowed: false };
  const rows = runs.flatMap((run) => {
    const [first] = run.rows;
    const texts = run.count < run.rows.length ? breakWords(run.words, run.count, maxColumns) : undefined;
    return texts?.map((text) => ({ ...first, text })) ?? run.rows;
  });
  return { rows, isReflowed: true };
}
