/** File names that are valid on all common file systems. */
import { toComposed } from "./names.ts";

/** Limit of common file systems for a name, in bytes. */
export const maxNameBytes = 255;

const graphemes = new Intl.Segmenter();

/** The longest beginning of some pieces of text that fits into `bytes` bytes. */
function fillUp(pieces: Iterable<string>, bytes: number): string {
  let text = "";
  let room = bytes;
  for (const piece of pieces) {
    room -= Buffer.byteLength(piece);
    if (room < 0) break;
    text += piece;
  }
  return text;
}

/** Splits a text into what a person sees as characters: a flag or a family is one, whatever it is composed of. */
const listCharacters = (text: string): readonly string[] =>
  Array.from(graphemes.segment(text), ({ segment }) => segment);

/** The longest beginning of a text that fits into `bytes` bytes; no character is split. */
export function firstBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  // A single character of endless accents is split all the same: a name must not become empty.
  return fillUp(listCharacters(text), bytes) || fillUp(text, bytes);
}

/** The longest end of a text that fits into `bytes` bytes; no character is split. */
function lastBytes(text: string, bytes: number): string {
  const characters = listCharacters(text).toReversed();
  let room = bytes;
  const first = characters.findIndex((character) => {
    room -= Buffer.byteLength(character);
    return room < 0;
  });
  return characters
    .slice(0, first < 0 ? undefined : first)
    .toReversed()
    .join("");
}

/** `base` + `ending`, with the base truncated when the name would be too long for a file system. */
export function shortenedName(base: string, ending: string): string {
  return firstBytes(base, maxNameBytes - Buffer.byteLength(ending)) + ending;
}

/** Leaves room for the date, a number and the extensions. */
const maxSafeNameLength = 180;

/** Replaces reserved characters; strips dots and spaces at both ends. */
const withoutReserved = (name: string): string =>
  name.replace(/[\\/:*?"<>|\p{Cc}]/gu, "-").replace(/^[\s.]+|[\s.]+$/g, "");

/**
 * Makes a file name valid on every file system: replaces reserved characters, strips dots and spaces at both ends,
 * truncates long names.
 */
export function safeName(name: string): string {
  return withoutReserved(firstBytes(withoutReserved(name), maxSafeNameLength)) || "recording";
}

/** Leaves room for a number and the longest ending that is put in the place of a file's own. */
const maxSafeFileNameBytes = 236;
const ellipsis = "…";

/**
 * Makes the name of a file valid on every file system, like `safeName`, and keeps its ending, by which programs know what
 * it is. A long name loses its middle: it begins with the date or the city, and ends with the part's number.
 */
export function safeFileName(name: string): string {
  const clean = withoutReserved(toComposed(name));
  const [ending = ""] = /\.[\p{L}\p{N}]{1,12}$/u.exec(clean) ?? [];
  const base = clean.slice(0, clean.length - ending.length).replace(/[\s.]+$/, "") || "recording";
  const room = maxSafeFileNameBytes - Buffer.byteLength(ending);
  if (Buffer.byteLength(base) <= room) return base + ending;
  const end = lastBytes(base, Math.floor(room / 3));
  const start = firstBytes(base, room - Buffer.byteLength(ellipsis) - Buffer.byteLength(end));
  return start.trimEnd() + ellipsis + end.trimStart() + ending;
}
