/**
 * CEA-608 control codes as 14-bit words without parity, for the first channel of a field. Sources: README.md,
 * "Control codes" and "Address codes".
 */

import { textColors } from "../cue.ts";

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

/** Maximum rows of one caption: more is "probably an error" (EIA-608-B Annex C.6). */
export const maxCaptionRows = 4;

/** Preamble address code of column 0 for each row, white, not underlined; index is row − 1. */
const rowBase = [
  0x1140, 0x1160, 0x1240, 0x1260, 0x1540, 0x1560, 0x1640, 0x1660, 0x1740, 0x1760, 0x1040, 0x1340, 0x1360, 0x1440,
  0x1460,
] as const;

/**
 * The preamble address code that puts the cursor on a row at an indent; white, not italic.
 * @param row 1 to 15
 * @param indent column 0, 4, 8, … 28
 */
export function preambleAddress(row: number, indent: number, underline = false): number {
  const base = rowBase[row - 1];
  if (base === undefined || indent % 4 !== 0 || indent < 0 || indent > 28) {
    throw new RangeError(`no preamble address code for row ${row}, indent ${indent}`);
  }
  return base + 0x10 + (indent / 4) * 2 + (underline ? 1 : 0);
}

/** The preamble address code that puts the cursor on a row's first column and sets a style: italics or a color. */
export function styledPreambleAddress(row: number, style: CodeStyle): number {
  return preambleAddress(row, 0) - 0x10 + styleAttribute(style);
}

/** The mid-row code that sets a style and takes a column. */
export function midRowCode(style: CodeStyle): number {
  return 0x1120 + styleAttribute(style);
}

/** A caption channel: 1 and 2 are in field 1, 3 and 4 in field 2. An SCC file carries the words of one field. */
export type Channel = 1 | 2 | 3 | 4;

/**
 * Converts a control word of CC1 to another channel (README.md, "Control codes"); text words are the same in all
 * channels.
 */
export function toChannel(word: number, channel: Channel): number {
  if (channel === 1 || !isControl(word)) return word;
  const inField = parseCommand(word) !== undefined && channel > 2 ? word | 0x0100 : word;
  return channel % 2 === 0 ? inField | 0x0800 : inField;
}

/** The tab offset code that moves the cursor right by 1, 2 or 3 columns. */
export function tabOffset(columns: number): number {
  if (columns < 1 || columns > 3) throw new RangeError(`no tab offset of ${columns} columns`);
  return 0x1720 + columns;
}

/** Text colors, in the order of their codes. */
export const colors = ["white", ...textColors] as const;
export type Color = (typeof colors)[number];

/** What one code can set: a color, or italics in the color that is set already. */
export interface CodeStyle {
  readonly color?: Color | undefined;
  readonly italic?: boolean | undefined;
  readonly underline?: boolean | undefined;
}

/** The low bits of an address or mid-row code. */
function styleAttribute({ color = "white", italic = false, underline = false }: CodeStyle): number {
  return (italic ? 0x0e : colors.indexOf(color) * 2) + (underline ? 1 : 0);
}

/** A parsed preamble address code. */
export interface PreambleAddress {
  /** 1 to 15. */
  readonly row: number;
  /** Column of the first character. */
  readonly indent: number;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly color: Color;
}

/** True for a control word: sent twice, and executed once (47 CFR 15.119(i)). */
export function isControl(word: number): boolean {
  const first = word >> 8;
  return first >= 0x10 && first <= 0x1f;
}

/** The word as sent on the first channel of its field; channel 2 has bit 3 of the first byte set. */
export function toFirstChannel(word: number): { readonly word: number; readonly channel: 1 | 2 } {
  return (word & 0x0800) === 0 ? { word, channel: 1 } : { word: word & ~0x0800, channel: 2 };
}

/** A miscellaneous control code (47 CFR 15.119(c)): the only codes that distinguish the two fields. */
export interface Command {
  /** As sent on CC1: one of `control`, or a reserved one. */
  readonly code: number;
  readonly field: 1 | 2;
}

/** Parses a miscellaneous control code; undefined for other words. Expects the first channel of its field. */
export function parseCommand(word: number): Command | undefined {
  const first = word >> 8;
  const second = word & 0xff;
  // 15h means the second field here, but rows 5 and 6 in preamble address codes.
  if ((first !== 0x14 && first !== 0x15) || second < 0x20 || second > 0x2f) return undefined;
  return { code: 0x1400 | second, field: first === 0x14 ? 1 : 2 };
}

/** Parses a preamble address code; undefined for other words. Expects the first channel. */
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
    color: attribute < 0x0e ? (colors[attribute >> 1] ?? "white") : "white",
  };
}
