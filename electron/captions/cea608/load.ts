/**
 * Encodes rows of text as CEA-608 words: preamble address codes, tab offsets and characters, with control codes doubled
 * and nothing between the copies (README.md, "Doubled codes").
 */
import type { Alignment, CueRow, Position } from "../cue.ts";
import { characterCode } from "./characters.ts";
import {
  columnCount,
  control,
  italicPreambleAddress,
  maxCaptionRows,
  nullWord,
  preambleAddress,
  rowCount,
  tabOffset,
} from "./codes.ts";
import { type Substitution, transliterate } from "./transliterate.ts";

/** Words that must go out in consecutive frames: a doubled control code, or a single text word. */
export type Unit = readonly number[];

/** Placement of rows on the screen. */
export interface LoadOptions {
  readonly align: Alignment;
  readonly edge: Position;
  /** Exact centering needs tab offsets; rows at an indent of a multiple of four do not and load faster. */
  readonly tabOffsets: boolean;
  /** Clear the non-displayed memory first; may be omitted only when it is known to be empty. */
  readonly clear: boolean;
}

export interface Load {
  readonly units: readonly Unit[];
  /** Frames that `units` take. */
  readonly frames: number;
  readonly lost: readonly Substitution[];
}

/** A doubled control code. */
export function doubled(word: number): Unit {
  return [word, word];
}

/** Number of frames of the units, one word each. */
export function countFrames(units: readonly Unit[]): number {
  return units.reduce((sum, unit) => sum + unit.length, 0);
}

/**
 * Encodes the text of one row.
 * @param separator a code without effect in the current mode, sent between two equal special characters, because
 * decoders that never re-arm take a third equal word for a repeated copy
 * @throws RangeError for a character without a CEA-608 code
 */
function textUnits(text: string, startColumn: number, separator: number): Unit[] {
  const units: Unit[] = [];
  let pending: number | undefined;
  let lastSpecial: number | undefined;
  let column = startColumn;
  const flush = (): void => {
    if (pending !== undefined) units.push([(pending << 8) | (nullWord & 0xff)]);
    pending = undefined;
  };
  const basic = (byte: number): void => {
    if (pending === undefined) pending = byte;
    else {
      units.push([(pending << 8) | byte]);
      pending = undefined;
    }
    lastSpecial = undefined;
  };
  for (const character of text) {
    const code = characterCode(character);
    if (code === undefined) throw new RangeError(`no CEA-608 code for ${JSON.stringify(character)}`);
    if (code.kind === "basic") basic(code.byte);
    else if (code.kind === "special") {
      flush();
      if (lastSpecial === code.word) units.push(doubled(separator));
      units.push(doubled(code.word));
      lastSpecial = code.word;
    } else {
      basic(code.fallback);
      // In the last column the cursor does not advance, and the code would overwrite column 31.
      if (column < columnCount - 1) {
        flush();
        // One unit with the word of its fallback letter, because nothing may be spliced in between.
        units.push([...(units.pop() ?? []), code.word, code.word]);
      }
    }
    column++;
  }
  flush();
  return units;
}

/** The start column of an aligned row; if the space beside a centered one is odd, the larger part is on the right. */
function alignedColumn(columns: number, align: Alignment): number {
  const free = Math.max(0, columnCount - columns);
  return align === "left" ? 0 : align === "right" ? free : Math.floor(free / 2);
}

export interface RowPlace {
  /** 1 to 15. */
  readonly row: number;
  readonly align: Alignment;
  readonly tabOffsets: boolean;
  readonly separator: number;
}

export interface RowLoad {
  /** Codes that put the cursor where the text begins. */
  readonly address: readonly Unit[];
  readonly text: readonly Unit[];
  readonly lost: readonly Substitution[];
}

/**
 * Encodes one row. An italic row begins in the first column: its code has no indent, and a mid-row code, which could be
 * elsewhere, takes a column that some decoders do not show.
 * @throws RangeError for more than 32 columns: splitting text is up to the caller
 */
export function loadRow(row: CueRow, place: RowPlace): RowLoad {
  const { text, lost } = transliterate(row.text);
  const columns = [...text].length;
  if (columns > columnCount) throw new RangeError(`a caption line has at most ${columnCount} columns`);
  const address: Unit[] = [];
  let column = 0;
  if (row.italic) {
    // Send the code for the first column before it: one decoder does not return the cursor on a color or italics code.
    address.push(doubled(preambleAddress(place.row, 0)), doubled(italicPreambleAddress(place.row, row.underline)));
  } else {
    const aligned = alignedColumn(columns, place.align);
    const indent = Math.floor(aligned / 4) * 4;
    column = place.tabOffsets ? aligned : indent;
    address.push(doubled(preambleAddress(place.row, indent, row.underline)));
    if (column > indent) address.push(doubled(tabOffset(column - indent)));
  }
  return { address, text: textUnits(text, column, place.separator), lost };
}

/** The screen row of each of `count` rows at an edge. @throws RangeError for more than four rows */
export function rowNumbers(count: number, edge: Position): readonly number[] {
  if (count > maxCaptionRows) throw new RangeError(`a caption has at most ${maxCaptionRows} lines`);
  const free = rowCount - count;
  const first = (edge === "top" ? 0 : edge === "middle" ? Math.floor(free / 2) : free) + 1;
  return Array.from({ length: count }, (_, index) => first + index);
}

/**
 * Encodes the load of a pop-on caption into the non-displayed memory, without the EOC that shows it.
 * @throws RangeError for more than four lines or a line of more than 32 columns
 */
export function loadPopOn(rows: readonly CueRow[], options: LoadOptions): Load {
  const units: Unit[] = [doubled(control.resumeCaptionLoading)];
  if (options.clear) units.push(doubled(control.eraseNonDisplayedMemory));
  const lost: Substitution[] = [];
  rowNumbers(rows.length, options.edge).forEach((number, index) => {
    const row = rows[index] as CueRow;
    const { align, tabOffsets } = options;
    const load = loadRow(row, { row: number, align, tabOffsets, separator: control.resumeCaptionLoading });
    units.push(...load.address, ...load.text);
    lost.push(...load.lost);
  });
  return { units, frames: countFrames(units), lost };
}
