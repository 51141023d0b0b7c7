/**
 * Turns rows of text into the words that write them: preamble address codes, tab offsets and characters, control
 * codes doubled with nothing between the copies (README.md, "Doubled codes").
 */
import type { CueRow } from "../cue.ts";
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

/** How rows stand on the screen. */
export interface LoadOptions {
  readonly align: "center" | "left";
  readonly edge: "bottom" | "top";
  /** Exact centring needs tab offsets; rows at an indent of a multiple of four do not and load sooner. */
  readonly tabOffsets: boolean;
  /** Clear the hidden memory first; only where it is known to be empty may this be left out. */
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

/** Frames that units take, one word each. */
export function countFrames(units: readonly Unit[]): number {
  return units.reduce((sum, unit) => sum + unit.length, 0);
}

/**
 * The words of one row's text.
 * @param separator a code that does nothing in the mode at hand: two equal special characters get it between them,
 *   because decoders that never re-arm take a third equal word for a repeated copy
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
      // In the last column the cursor does not move on, and the code would overwrite column 31.
      if (column < columnCount - 1) {
        flush();
        // In one unit with the word of its fallback letter: nothing may be spliced in between.
        units.push([...(units.pop() ?? []), code.word, code.word]);
      }
    }
    column++;
  }
  flush();
  return units;
}

/** Where a row begins so that it is centred; the longer part of an odd rest is on the right. */
function centredColumn(columns: number): number {
  return Math.max(0, Math.floor((columnCount - columns) / 2));
}

export interface RowPlace {
  /** 1 to 15. */
  readonly row: number;
  readonly align: "center" | "left";
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
 * The words that write one row. An italic row begins in the first column: its code has no indent, and the mid-row
 * code that could stand elsewhere takes a column that some decoders do not show.
 * @throws RangeError for more than 32 columns: the caller cuts text, we do not
 */
export function loadRow(row: CueRow, place: RowPlace): RowLoad {
  const { text, lost } = transliterate(row.text);
  const columns = [...text].length;
  if (columns > columnCount) throw new RangeError(`a caption line has at most ${columnCount} columns`);
  const address: Unit[] = [];
  let column = 0;
  if (row.italic) {
    // The code for column 1 first: one decoder does not return the cursor on a colour or italics code.
    address.push(doubled(preambleAddress(place.row, 0)), doubled(italicPreambleAddress(place.row, row.underline)));
  } else {
    const centred = place.align === "center" ? centredColumn(columns) : 0;
    const indent = Math.floor(centred / 4) * 4;
    column = place.tabOffsets ? centred : indent;
    address.push(doubled(preambleAddress(place.row, indent, row.underline)));
    if (column > indent) address.push(doubled(tabOffset(column - indent)));
  }
  return { address, text: textUnits(text, column, place.separator), lost };
}

/** The row of the screen for each of `count` rows that stand at an edge. */
export function rowNumbers(count: number, edge: "bottom" | "top"): readonly number[] {
  if (count > maxCaptionRows) throw new RangeError(`a caption has at most ${maxCaptionRows} lines`);
  const first = edge === "top" ? 1 : rowCount - count + 1;
  return Array.from({ length: count }, (_, index) => first + index);
}

/**
 * The words that load a pop-on caption into the hidden memory, without the EOC that shows it.
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
