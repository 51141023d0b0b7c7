/**
 * CEA-608 control codes as 14-bit words without parity, for the first channel of a field. Tables and sources:
 * reference/captions.md §3.
 */

/** Miscellaneous control codes (first byte 14h). */
export const control = {
  resumeCaptionLoading: 0x1420,
  backspace: 0x1421,
  deleteToEndOfRow: 0x1424,
  rollUp2: 0x1425,
  rollUp3: 0x1426,
  rollUp4: 0x1427,
  flashOn: 0x1428,
  resumeDirectCaptioning: 0x1429,
  textRestart: 0x142a,
  resumeTextDisplay: 0x142b,
  eraseDisplayedMemory: 0x142c,
  carriageReturn: 0x142d,
  eraseNonDisplayedMemory: 0x142e,
  endOfCaption: 0x142f,
} as const;

/** A word that takes one frame and does nothing: two parity-correct zeros, 8080 in a file. */
export const nullWord = 0x0000;

/** The screen: 15 rows of 32 columns. Rows count from 1 (top) to 15, columns from 0 to 31. */
export const rowCount = 15;
export const columnCount = 32;

/** Most rows that one caption may have: more is "probably an error" (EIA-608-B Annex C.6). */
export const maxCaptionRows = 4;

/** Preamble address code of column 0 for each row, white, not underlined; index is row − 1. */
const rowBase = [
  0x1140, 0x1160, 0x1240, 0x1260, 0x1540, 0x1560, 0x1640, 0x1660, 0x1740, 0x1760, 0x1040, 0x1340, 0x1360, 0x1440,
  0x1460,
] as const;

/**
 * The preamble address code that puts the cursor on a row at an indent.
 * @param row 1 to 15
 * @param indent column 0, 4, 8, … 28
 */
export function preambleAddress(row: number, indent: number): number {
  const base = rowBase[row - 1];
  if (base === undefined || indent % 4 !== 0 || indent < 0 || indent > 28) {
    throw new RangeError(`no preamble address code for row ${row}, indent ${indent}`);
  }
  return base + 0x10 + (indent / 4) * 2;
}

/** The tab offset code that moves the cursor right by 1, 2 or 3 columns. */
export function tabOffset(columns: number): number {
  if (columns < 1 || columns > 3) throw new RangeError(`no tab offset of ${columns} columns`);
  return 0x1720 + columns;
}

/** What a preamble address code says. */
export interface PreambleAddress {
  readonly row: number;
  readonly indent: number;
  readonly italic: boolean;
  readonly underline: boolean;
}

/** True for a control word: sent twice, and executed once (47 CFR 15.119(i)). */
export function isControl(word: number): boolean {
  const first = word >> 8;
  return first >= 0x10 && first <= 0x1f;
}

/** The word as the first channel of its field would send it; channel 2 has bit 3 of the first byte set. */
export function toFirstChannel(word: number): { readonly word: number; readonly channel: 1 | 2 } {
  return (word & 0x0800) === 0 ? { word, channel: 1 } : { word: word & ~0x0800, channel: 2 };
}

/** Takes a preamble address code apart; undefined for other words. Expects the first channel. */
export function parsePreambleAddress(word: number): PreambleAddress | undefined {
  const second = word & 0x7f;
  const first = word >> 8;
  if (first < 0x10 || first > 0x17 || second < 0x40) return undefined;
  const base = (first << 8) | (second & 0x60);
  const row = (rowBase as readonly number[]).indexOf(base) + 1;
  if (row === 0) return undefined;
  const attribute = second & 0x1f;
  return {
    row,
    indent: attribute >= 0x10 ? ((attribute - 0x10) >> 1) * 4 : 0,
    italic: attribute === 0x0e || attribute === 0x0f,
    underline: (attribute & 1) === 1,
  };
}
