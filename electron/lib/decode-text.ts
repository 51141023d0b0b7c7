/** Text files as people's programs write them: UTF-8 or UTF-16 with or without a mark, else Windows-1252. */

/** The text of a file's bytes. Never fails: every byte is a character of Windows-1252. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  // ASCII in UTF-16 has a zero in every other byte.
  if (bytes.length >= 4 && first !== 0 && second === 0 && bytes[3] === 0)
    return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
