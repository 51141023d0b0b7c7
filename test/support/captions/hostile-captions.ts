/**
 * Caption files that are made to exhaust a reader: what costs the square of its length somewhere, in one format or
 * another, over and over. Each is a beginning, a piece that repeats, and an end.
 */
import type { CaptionFormatName } from "../../../electron/captions/formats/format-names.ts";
import { makeSoundFile } from "./sound-files.ts";

/** Each character of its texts is a byte. */
export interface HostileShape {
  readonly name: string;
  readonly start: string;
  readonly piece: string;
  readonly end: string;
}

/** Pieces that are hostile to one reader or another; each is tried in every format. */
const pieces: readonly (readonly [name: string, piece: string])[] = [
  ["tags that are not closed", "<i>"],
  ["tags that are not ended", "<c.a"],
  ["tags that are closed and were never open", "</font>"],
  ["deep nesting", "<span>"],
  ["deep nesting in rows", "<div>\n"],
  ["arrows", "-->"],
  ["rows of arrows", "1 -->\n"],
  ["rows of times", "00:00:01,000 --> 00:00:02,000\n"],
  ["times with a row of text", "00:00:01.000 --> 00:00:02.000\nx\n"],
  ["blank rows", "\n"],
  ["blank rows of another kind", "\r\r\n"],
  ["carriage returns", "\r"],
  ["blank rows of Windows", "\r\n"],
  ["rows of text between blank ones", "x\n\n"],
  ["numbers between blank rows", "2\n\n"],
  ["blanks", " "],
  ["blanks and tabs", " \t"],
  ["one huge row", "word "],
  ["one huge word", "x"],
  ["digits", "9"],
  ["colons", "0:"],
  ["character references", "&amp;"],
  ["ampersands", "&"],
  ["long names of character references", "&CounterClockwiseContourIntegra"],
  ["overrides", "{\\an8}"],
  ["overrides that are not ended", "{\\a"],
  ["voices", "<v A>"],
  ["zero bytes", "\0"],
  ["zero bytes and text", `${"\0".repeat(16)}\n`],
  ["brackets", "["],
  ["brackets of JSON", '{"a":'],
  ["paragraphs with times", "[00:00:01] a\n"],
  ["labels of SCC", "00:00:01:00\t9420\n"],
  ["words of SCC", "9420 "],
  ["comments that are not ended", "<!--"],
  ["NOTE", "NOTE\n"],
  ["styles", '<style xml:id="a" style="a a"/>'],
  ["paragraphs", '<p begin="1s">x</p>'],
  ["spans with times", '<span begin="1s" dur="1s">x</span>'],
  ["line breaks of XML", "<br/>"],
  ["rows of MCC", "00:00:01:00\tT52S524F67ZZ72F4QROFFFFFFZ74ZZB4\n"],
  ["rows of two times", "0:00:01.000,0:00:02.000\n"],
  ["rows of Spruce", "00:00:01:00 , 00:00:02:00 , x\n"],
  ["events of ASS", "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,x\n"],
  ["styles of ASS", "Style: a,b\n"],
  ["SYNC of SAMI", "<SYNC Start=1000><P Class=A>x"],
  ["classes of SAMI", "<P Class=A><P Class=B>"],
  ["rows of MicroDVD", "{1}{2}x\n"],
  ["line breaks of MicroDVD", "a|"],
  ["segments of Whisper", '{"start":1,"end":2,"text":"x"},'],
  ["blocks of EBU STL", `${"\0".repeat(3)}\xff\x02${"\0".repeat(8)}\x14\x02\0${"x".repeat(112)}`],
  ["blocks that go on", `${"\0".repeat(16)}${"x".repeat(112)}`],
  ["records of CAP", "\x18\x61\0\0\x01\0\0\0\x02\0\x12\x01\0\0\0\0\x03\x0f\x10abcd\0"],
];

/** The hostile shapes for a format: each piece in the middle of a sound file, and in place of its end. */
export function listHostileShapes(format: CaptionFormatName): readonly HostileShape[] {
  const sound = Buffer.from(makeSoundFile(format)).toString("latin1");
  const middle = sound.indexOf("Roll") === -1 ? Math.floor(sound.length / 2) : sound.indexOf("Roll") + 4;
  return pieces.flatMap(([name, piece]) => [
    { name: `${name}, in the middle`, start: sound.slice(0, middle), piece, end: sound.slice(middle) },
    { name: `${name}, at the end`, start: sound, piece, end: "" },
  ]);
}

/** A file of a shape, about as long as is asked for. */
export function makeHostileFile({ start, piece, end }: HostileShape, length: number): Uint8Array {
  return Buffer.from(start + piece.repeat(Math.ceil(length / piece.length)) + end, "latin1");
}
