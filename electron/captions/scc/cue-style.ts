/** Places and styles of decoded rows, as a cue has them. */

import { maxCaptionRows, rowCount } from "../cea608/codes.ts";
import type { ScreenRow, TextSpan } from "../cea608/decoder/memory.ts";
import { layOutRows } from "../cea608/row-layout.ts";
import { type CharacterStyle, toLineStyle } from "../character-style.ts";
import {
  type Alignment,
  alignments,
  type Cue,
  type LineStyle,
  type Position,
  type TextColor,
  textColors,
} from "../cue.ts";

/** White is a cue's default; black text is an extension that a cue does not have. */
function toCharacterStyle({ italic, underline, color }: TextSpan): CharacterStyle {
  const known: TextColor | undefined = textColors.find((one) => one === color);
  return { ...(italic ? { italic } : {}), ...(underline ? { underline } : {}), ...(known ? { color: known } : {}) };
}

/** The style of a row and of its parts. */
export function toRowStyle({ text, spans = [] }: ScreenRow): LineStyle {
  return toLineStyle(
    text,
    spans.flatMap((span) => new Array<CharacterStyle>(span.text.length).fill(toCharacterStyle(span))),
  );
}

type CuePlace = Pick<Cue, "edge" | "align" | "places">;

const edges: readonly Position[] = ["bottom", "top", "middle"];

/** How many columns rows are from where an alignment puts them. */
function countDeviation(rows: readonly ScreenRow[], align: Alignment): number {
  return rows.reduce((sum, { text, column }) => {
    const [aligned] = layOutRows([{ text }], { edge: "bottom", align });
    return sum + Math.abs(column - (aligned?.column ?? 0));
  }, 0);
}

/** True when rows stand where an edge puts them, one below the other. */
function areAtEdge(rows: readonly ScreenRow[], edge: Position): boolean {
  if (rows.length > maxCaptionRows) return false;
  const places = layOutRows(
    rows.map(({ text }) => ({ text })),
    { edge, align: "center" },
  );
  return places.every(({ row }, index) => row === rows[index]?.row);
}

/** Rows above this one (the middle of 15) are in the upper half of the picture. */
const middleRow = 8;

/** The edge that is nearest to rows. */
function nearestEdge(rows: readonly ScreenRow[]): Position {
  const first = rows[0]?.row ?? rowCount;
  const last = rows.at(-1)?.row ?? rowCount;
  if (last < middleRow) return "top";
  return first > maxCaptionRows && last <= rowCount - maxCaptionRows ? "middle" : "bottom";
}

const toPlaces = (rows: readonly ScreenRow[]): Required<Pick<Cue, "places">> => ({
  places: rows.map(({ row, column }) => ({ row, column: column + 1 })),
});

/**
 * Where a caption stands. The exact places are given only where edge and alignment would not put the rows there, so that
 * an ordinary caption stays free to be edited; edge and alignment are then the nearest ones, for files without places.
 */
export function findPlace(rows: readonly ScreenRow[]): CuePlace {
  if (rows.length === 0) return {};
  let [align, columns]: readonly [Alignment, number] = ["center", countDeviation(rows, "center")];
  for (const other of alignments) {
    if (columns === 0) break;
    const deviation = countDeviation(rows, other);
    if (deviation < columns) [align, columns] = [other, deviation];
  }
  const exactEdge = edges.find((edge) => areAtEdge(rows, edge));
  const edge = exactEdge ?? nearestEdge(rows);
  return {
    ...(edge === "bottom" ? {} : { edge }),
    // Centered is what a cue without an alignment is.
    ...(align === "center" ? {} : { align }),
    ...(exactEdge === undefined || columns > 0 ? toPlaces(rows) : {}),
  };
}

/** Where a line of roll-up stands, if not at the beginning of the last row. */
export function findRollUpPlace(rows: readonly ScreenRow[]): CuePlace {
  const [line] = rows;
  if (line === undefined || (line.row === rowCount && line.column === 0)) return {};
  return { ...(line.row < middleRow ? { edge: "top" as const } : {}), ...toPlaces(rows) };
}
