/** One of a decoder's two caption memories: 15 × 32 cells with their styles. */
import { columnCount, rowCount } from "../codes.ts";
import { plainStyle, type TextStyle, unpackStyle } from "./style.ts";

/** Adjacent characters of a row with the same style. */
export interface TextSpan extends TextStyle {
  readonly column: number;
  readonly text: string;
}

/** A row of the screen that holds text. */
export interface ScreenRow {
  /** 1 (top) to 15. */
  readonly row: number;
  /** Column of the first character, from 0. */
  readonly column: number;
  readonly text: string;
  /** Only present if a character of the row is not plain. */
  readonly spans?: readonly TextSpan[];
}

const emptyCell = "";

/** True for a cell that shows no character: empty, a space, or a transparent space (1139h). */
const isBlank = (cell = emptyCell): boolean => cell.trim() === "";

interface Row {
  readonly cells: string[];
  readonly styles: number[];
  /** False while every cell is empty: most rows are, and are skipped. */
  isUsed: boolean;
}

const newRow = (): Row => ({
  cells: new Array<string>(columnCount).fill(emptyCell),
  styles: new Array<number>(columnCount).fill(plainStyle),
  isUsed: false,
});

function clearRow(row: Row): void {
  if (!row.isUsed) return;
  row.cells.fill(emptyCell);
  row.styles.fill(plainStyle);
  row.isUsed = false;
}

export class CaptionMemory {
  #rows: Row[] = Array.from({ length: rowCount }, newRow);

  get isEmpty(): boolean {
    return this.#rows.every((row) => !row.isUsed || row.cells.every((cell) => cell === emptyCell));
  }

  /** Erases every cell. @returns true if there was text */
  clear(): boolean {
    const hadText = !this.isEmpty;
    for (const row of this.#rows) clearRow(row);
    return hadText;
  }

  /** @param row 1 to 15 */
  write(row: number, column: number, character: string, style: number): void {
    const at = this.#rows[row - 1];
    if (at === undefined) return;
    at.cells[column] = character;
    at.styles[column] = style;
    at.isUsed = true;
  }

  erase(row: number, from: number, to: number): void {
    const at = this.#rows[row - 1];
    at?.cells.fill(emptyCell, from, to);
    at?.styles.fill(plainStyle, from, to);
  }

  /** Moves the `depth` rows that end at `base` up by one; all other rows are erased. */
  rollUp(base: number, depth: number): void {
    const top = Math.max(1, base - depth + 1);
    const fresh = Array.from({ length: rowCount }, newRow);
    for (let row = top; row < base; row++) fresh[row - 1] = this.#rows[row] as Row;
    this.#rows = fresh;
  }

  /** Keeps the `depth` rows that end at `base`. @returns true if text was removed */
  trim(base: number, depth: number): boolean {
    let wentText = false;
    this.#rows.forEach((row, index) => {
      if (index + 1 > base - depth && index + 1 <= base) return;
      wentText ||= row.cells.some((cell) => cell !== emptyCell);
      clearRow(row);
    });
    return wentText;
  }

  /** Moves the `depth` rows that end at `from` so that they end at `to`; all other rows are erased. */
  moveWindow(from: number, to: number, depth: number): void {
    const fresh = Array.from({ length: rowCount }, newRow);
    for (let offset = 0; offset < depth; offset++) {
      const row = this.#rows[from - 1 - offset];
      if (row !== undefined && to - 1 - offset >= 0) fresh[to - 1 - offset] = row;
    }
    this.#rows = fresh;
  }

  /** The rows that hold text, from top to bottom. */
  rows(): readonly ScreenRow[] {
    const shown: ScreenRow[] = [];
    this.#rows.forEach((row, index) => {
      if (!row.isUsed) return;
      const column = row.cells.findIndex((cell) => !isBlank(cell));
      if (column < 0) return;
      const text = row.cells
        .slice(column)
        .map((cell) => (isBlank(cell) ? " " : cell))
        .join("")
        .trimEnd();
      const isPlain = row.styles.every((style) => style === plainStyle);
      shown.push({
        row: index + 1,
        column,
        text,
        ...(isPlain ? {} : { spans: toTextSpans(row, column, text.length) }),
      });
    });
    return shown;
  }
}

function toTextSpans(row: Row, first: number, length: number): readonly TextSpan[] {
  const spans: TextSpan[] = [];
  for (let column = first; column < first + length; ) {
    const style = row.styles[column] ?? plainStyle;
    let end = column;
    let text = "";
    for (; end < first + length && row.styles[end] === style; end++)
      text += isBlank(row.cells[end]) ? " " : row.cells[end];
    spans.push({ column, text, ...unpackStyle(style) });
    column = end;
  }
  return spans;
}
