/**
 * CEA-708: what a screen of captions is in the code of a window, and how its bytes become DTVCC packets. Sources:
 * electron/captions/formats/README.md, "CEA-708".
 */
import type { Color } from "../../cea608/codes.ts";
import type { ScreenRow, TextSpan } from "../../cea608/decoder/memory.ts";

/** C1 codes of CEA-708, 7.1.5. A window's number is added to those of windows. */
const code = {
  displayWindows: 0x89,
  hideWindows: 0x8a,
  deleteWindows: 0x8c,
  penAttributes: 0x90,
  penColor: 0x91,
  penLocation: 0x92,
  defineWindow: 0x98,
} as const;

/** Ends the text of a caption, which shows characters that a decoder still holds back (C0). */
const endOfText = 0x03;
/** The next byte is one of the second set of characters. */
const extended = 0x10;

/** Characters beyond ASCII and Latin-1 (G2), and the one of G0 that is not ASCII's. */
const specialCharacters: Readonly<Record<string, readonly number[]>> = {
  "♪": [0x7f],
  "…": [extended, 0x25],
  Š: [extended, 0x2a],
  Œ: [extended, 0x2c],
  "█": [extended, 0x30],
  "‘": [extended, 0x31],
  "’": [extended, 0x32],
  "“": [extended, 0x33],
  "”": [extended, 0x34],
  "•": [extended, 0x35],
  "™": [extended, 0x39],
  š: [extended, 0x3a],
  œ: [extended, 0x3c],
  "℠": [extended, 0x3d],
  Ÿ: [extended, 0x3f],
  "⅛": [extended, 0x76],
  "⅜": [extended, 0x77],
  "⅝": [extended, 0x78],
  "⅞": [extended, 0x79],
  "│": [extended, 0x7a],
  "┐": [extended, 0x7b],
  "└": [extended, 0x7c],
  "─": [extended, 0x7d],
  "┘": [extended, 0x7e],
  "┌": [extended, 0x7f],
  // Of what line 21 can write, these have no code here.
  "—": [0x2d],
  "–": [0x2d],
  "▪": [extended, 0x30],
};

/** The bytes of a text; what has no code is a question mark. */
function encodeText(text: string): readonly number[] {
  return [...text].flatMap((character) => {
    const special = specialCharacters[character];
    if (special !== undefined) return special;
    const point = character.codePointAt(0) ?? 0;
    const isPlain = (point >= 0x20 && point < 0x7f) || (point >= 0xa0 && point <= 0xff);
    return [isPlain ? point : 0x3f];
  });
}

/** Colors with two bits each of red, green and blue. */
const colorBits: Readonly<Record<Color | "black", number>> = {
  white: 0x2a,
  green: 0x08,
  blue: 0x02,
  cyan: 0x0a,
  red: 0x20,
  yellow: 0x28,
  magenta: 0x22,
  black: 0x00,
};

/** Standard size and position; italics and underline as bits of the second byte. */
const toPenAttributes = ({ italic, underline }: Partial<TextSpan>): readonly number[] => [
  code.penAttributes,
  0x05,
  (italic ? 0x80 : 0) | (underline ? 0x40 : 0),
];

const toPenColor = (color: Color | "black"): readonly number[] => [
  code.penColor,
  colorBits[color],
  colorBits.black,
  0x00,
];

/** A row's pieces with their codes; the pen is set where it changes. */
function encodeRow(
  { text, column, spans }: ScreenRow,
  first: { readonly row: number; readonly column: number },
  row: number,
): readonly number[] {
  const plain: readonly TextSpan[] = [{ column, text } as TextSpan];
  return (spans ?? plain).flatMap((span) => [
    ...[code.penLocation, row - first.row, span.column - first.column],
    ...toPenAttributes(span),
    ...toPenColor(span.color ?? "white"),
    ...encodeText(span.text),
  ]);
}

/** The grid of 75 rows and 210 columns, of which the 15 rows and 32 columns of line 21 are the 4:3 part in the middle. */
const cellRows = 5;
const cellColumns = 5;
const leftColumns = 25;

/**
 * The bytes that write a screen into a hidden window, without showing it.
 * @param window 0 to 7
 * @param rows rows of a line 21 screen, from the top
 */
export function encodeWindow(window: number, rows: readonly ScreenRow[]): readonly number[] {
  const top = Math.min(...rows.map(({ row }) => row));
  const bottom = Math.max(...rows.map(({ row }) => row));
  const left = Math.min(...rows.map(({ column }) => column));
  const right = Math.max(...rows.map(({ column, text }) => column + text.length));
  const first = { row: top, column: left };
  return [
    // A window that is defined again keeps its text, so that it is deleted first.
    ...[code.deleteWindows, 1 << window],
    code.defineWindow + window,
    // Hidden, rows and columns locked, highest priority; anchored by its upper left corner.
    ...[0x18, (top - 1) * cellRows, leftColumns + left * cellColumns],
    ...[bottom - top, Math.max(0, Math.min(31, right - left - 1))],
    // Window style 1 and pen style 1: pop-up captions, white on black.
    0x09,
    ...rows.flatMap((row) => encodeRow(row, first, row.row)),
    endOfText,
  ];
}

/** Shows one window and hides the other ones that are given. */
export function encodeFlip(shown: number, hidden: number | undefined): readonly number[] {
  return [...(hidden === undefined ? [] : encodeHide(hidden)), code.displayWindows, 1 << shown];
}

export function encodeHide(window: number): readonly number[] {
  return [code.hideWindows, 1 << window];
}

/** At the beginning no window of an earlier program is left. */
export const deleteAllWindows: readonly number[] = [code.deleteWindows, 0xff];

/** A service block has a header, and no more than 31 bytes. */
export const maxBlockBytes = 31;

/**
 * A DTVCC packet with one block of service 1, as pairs of bytes.
 * @param sequence counts packets; two bits
 * @param bytes of the service, 1 to `maxBlockBytes`
 */
export function formatDtvccPacket(sequence: number, bytes: readonly number[]): readonly number[] {
  const packet = [0, (1 << 5) | bytes.length, ...bytes];
  if (packet.length % 2 === 1) packet.push(0);
  packet[0] = ((sequence & 3) << 6) | (packet.length / 2);
  return packet;
}
