/** Where the rows of a caption stand on the screen: at their own places, or by the caption's edge and alignment. */
import type { Alignment, CueRow, LinePlace, Position } from "../cue.ts";
import { columnCount, maxCaptionRows, rowCount } from "./codes.ts";
import { countColumns, countLineColumns } from "./transliterate.ts";

/** The place of a row's first character. */
export interface RowPlace {
  /** 1 to 15. */
  readonly row: number;
  /** 0 to 31. */
  readonly column: number;
}

/** How rows without places of their own are placed. */
export interface RowAlignment {
  readonly align: Alignment;
  readonly edge: Position;
}

/** The start column of an aligned text; if the space beside a centered one is odd, the larger part is on the right. */
function alignedColumn(text: string, align: Alignment): number {
  const free = Math.max(0, columnCount - (align === "right" ? countLineColumns(text) : countColumns(text)));
  return align === "left" ? 0 : align === "right" ? free : Math.floor(free / 2);
}

/** The rightmost column at which a text still fits, or `column` where it does. */
const fitColumn = (text: string, column: number): number =>
  Math.max(0, Math.min(column, columnCount - countLineColumns(text)));

/**
 * The place of a line whose text has changed: a centered line stays centered, one that ends at the right still does,
 * and any other begins where it began.
 */
export function moveLinePlace(place: LinePlace, before: string, after: string): LinePlace {
  const align = (["left", "center", "right"] as const).find((one) => alignedColumn(before, one) === place.column - 1);
  const column = align === undefined ? fitColumn(after, place.column - 1) : alignedColumn(after, align);
  return { row: place.row, column: column + 1 };
}

/** The screen row of each of `count` rows at an edge. @throws RangeError for more than four rows */
function rowNumbers(count: number, edge: Position): readonly number[] {
  if (count > maxCaptionRows) throw new RangeError(`a caption has at most ${maxCaptionRows} lines`);
  const free = rowCount - count;
  const first = (edge === "top" ? 0 : edge === "middle" ? Math.floor(free / 2) : free) + 1;
  return Array.from({ length: count }, (_, index) => first + index);
}

/** True when every row has a place, each below the one before: what is read first stands above. */
export function haveOwnRows(rows: readonly CueRow[]): boolean {
  return rows.every(({ place }, index) => place !== undefined && place.row > (rows[index - 1]?.place?.row ?? 0));
}

/**
 * Lays out the rows of a caption. Where their places are not in order from top to bottom, all are stacked at the edge.
 * @throws RangeError for more than four rows without places of their own
 */
export function layOutRows(rows: readonly CueRow[], { align, edge }: RowAlignment): readonly RowPlace[] {
  const numbers = haveOwnRows(rows) ? rows.map(({ place }) => place?.row ?? rowCount) : rowNumbers(rows.length, edge);
  return rows.map(({ text, place }, index) => ({
    row: numbers[index] ?? rowCount,
    column: place === undefined ? alignedColumn(text, align) : fitColumn(text, place.column - 1),
  }));
}
