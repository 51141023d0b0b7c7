/**
 * Encodes rows of text as CEA-608 words: preamble address codes, tab offsets and characters, with control codes doubled
 * and nothing between the copies (README.md, "Doubled codes").
 */
import { append } from "../append.ts";
import type { CharacterStyle } from "../character-style.ts";
import type { CueRow } from "../cue.ts";
import { characterCode } from "./characters.ts";
import {
  columnCount,
  control,
  midRowCode,
  nullWord,
  preambleAddress,
  styledPreambleAddress,
  tabOffset,
} from "./codes.ts";
import { type Cell, midRowCodes, toRowCells } from "./row-cells.ts";
import { layOutRows, type RowAlignment, type RowPlace } from "./row-layout.ts";
import type { Substitution } from "./transliterate.ts";

/** Words that must go out in consecutive frames: a doubled control code, or a single text word. */
export type Unit = readonly number[];

/** Placement of rows on the screen. */
export interface LoadOptions extends RowAlignment {
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
 * Encodes the cells of one row.
 * @param separator a code without effect in the current mode, sent between two equal special characters, because
 * decoders that never re-arm take a third equal word for a repeated copy
 * @throws RangeError for a character without a CEA-608 code
 */
function textUnits(cells: readonly Cell[], startColumn: number, separator: number): Unit[] {
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
  for (const cell of cells) {
    if (typeof cell === "number") {
      flush();
      units.push(doubled(cell));
      lastSpecial = undefined;
      column++;
      continue;
    }
    const code = characterCode(cell);
    if (code === undefined) throw new RangeError(`no CEA-608 code for ${JSON.stringify(cell)}`);
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

/** How a row is written. */
export interface RowOptions extends RowPlace {
  /** Columns between the indents need tab offsets. A row without a place of its own may do without, and loads faster. */
  readonly tabOffsets: boolean;
  readonly separator: number;
}

export interface RowLoad {
  /** Codes that put the cursor where the text begins, and set its style. */
  readonly address: readonly Unit[];
  readonly text: readonly Unit[];
  readonly lost: readonly Substitution[];
  /** True when a part of the row's style has no room: it is not shown. */
  readonly leavesStyleOut: boolean;
}

/** The codes before the first character. */
interface RowStart {
  readonly units: readonly Unit[];
  readonly column: number;
  readonly leavesStyleOut: boolean;
}

/**
 * Addresses a row. An address code has an indent or a style, not both: away from the first column the style comes from a
 * mid-row code in the column before the text.
 */
function addressRow(style: CharacterStyle, { row, column, tabOffsets }: RowOptions, isFixed: boolean): RowStart {
  const codes = midRowCodes({ underline: style.underline ?? false }, style);
  const isStyled = codes.length > 0;
  if (isStyled && column < codes.length) return addressFirstColumn(style, row, column);
  const exact = column - codes.length;
  const indent = Math.floor(exact / 4) * 4;
  const start = tabOffsets || isFixed ? exact : indent;
  const address = doubled(preambleAddress(row, indent, !isStyled && style.underline === true));
  const tab = start > indent ? [doubled(tabOffset(start - indent))] : [];
  return {
    units: [address, ...tab, ...codes.map(doubled)],
    column: start + codes.length,
    leavesStyleOut: false,
  };
}

/**
 * Addresses a row in the first columns, where the address code itself sets the style. The code without a style is sent
 * before it: one decoder does not return the cursor on a color or italics code.
 */
function addressFirstColumn(style: CharacterStyle, row: number, column: number): RowStart {
  const plain = doubled(preambleAddress(row, 0));
  if (style.italic && style.color !== undefined) {
    const color = doubled(styledPreambleAddress(row, { color: style.color, underline: style.underline }));
    const italic = doubled(midRowCode({ italic: true, underline: style.underline }));
    // In the very first column there is no room for the second code.
    return { units: [plain, color, ...(column > 0 ? [italic] : [])], column, leavesStyleOut: column === 0 };
  }
  return { units: [plain, doubled(styledPreambleAddress(row, style))], column, leavesStyleOut: false };
}

/**
 * Encodes one row.
 * @throws RangeError for more than 32 columns: splitting text is up to the caller
 */
export function loadRow(row: CueRow, options: RowOptions): RowLoad {
  const { cells, startStyle, lost, leavesStyleOut } = toRowCells(row);
  if (cells.length > columnCount) throw new RangeError(`a caption line has at most ${columnCount} columns`);
  const start = addressRow(startStyle, options, row.place !== undefined);
  return {
    address: start.units,
    text: textUnits(cells, start.column, options.separator),
    lost,
    leavesStyleOut: leavesStyleOut || start.leavesStyleOut,
  };
}

/**
 * Encodes the load of a pop-on caption into the non-displayed memory, without the EOC that shows it.
 * @throws RangeError for more than four lines without places of their own, or a line of more than 32 columns
 */
export function loadPopOn(rows: readonly CueRow[], options: LoadOptions): Load {
  const units: Unit[] = [doubled(control.resumeCaptionLoading)];
  if (options.clear) units.push(doubled(control.eraseNonDisplayedMemory));
  const lost: Substitution[] = [];
  const { tabOffsets } = options;
  layOutRows(rows, options).forEach((place, index) => {
    const load = loadRow(rows[index] as CueRow, { ...place, tabOffsets, separator: control.resumeCaptionLoading });
    append(units, load.address);
    append(units, load.text);
    append(lost, load.lost);
  });
  return { units, frames: countFrames(units), lost };
}
