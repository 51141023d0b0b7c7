/** File names that are valid on all common file systems. */

/** Limit of common file systems for a name, in bytes. */
export const maxNameBytes = 255;

/** The longest beginning of a text that fits into `bytes` bytes; no character is split. */
export function firstBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let short = "";
  for (const character of text) {
    if (Buffer.byteLength(short) + Buffer.byteLength(character) > bytes) break;
    short += character;
  }
  return short;
}

/** `base` + `ending`, with the base truncated when the name would be too long for a file system. */
export function shortenedName(base: string, ending: string): string {
  return firstBytes(base, maxNameBytes - Buffer.byteLength(ending)) + ending;
}

/** Leaves room for the date, a number and the extensions. */
const maxSafeNameLength = 180;

/**
 * Makes a file name valid on every file system: replaces reserved characters, strips dots and spaces at both ends,
 * truncates long names.
 */
export function safeName(name: string): string {
  const clean = name.replace(/[\\/:*?"<>|\p{Cc}]/gu, "-").replace(/^[\s.]+|[\s.]+$/g, "");
  return firstBytes(clean, maxSafeNameLength).trimEnd() || "recording";
}
