/** File names that file systems take. */

/** Common file systems take 255 bytes for a name. */
export const maxNameBytes = 255;

/** The longest beginning of a text that takes at most `bytes` bytes; no character is cut in two. */
export function firstBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let short = "";
  for (const character of text) {
    if (Buffer.byteLength(short) + Buffer.byteLength(character) > bytes) break;
    short += character;
  }
  return short;
}

/** `base` + `ending`, with the base cut short where the whole would be too long for a file system. */
export function shortenedName(base: string, ending: string): string {
  return firstBytes(base, maxNameBytes - Buffer.byteLength(ending)) + ending;
}

/** Room for the date, a number and the extensions beside a name. */
const maxSafeNameLength = 180;

/** A file name that every file system takes: reserved characters, trailing dots and overlong names are mended. */
export function safeName(name: string): string {
  const clean = name.replace(/[\\/:*?"<>|\p{Cc}]/gu, "-").replace(/^[\s.]+|[\s.]+$/g, "");
  return firstBytes(clean, maxSafeNameLength).trimEnd() || "recording";
}
