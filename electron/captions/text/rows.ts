/**
 * Splits the text of a file into rows, without its byte-order mark and without bytes that are no text; accepts CRLF, CR, LF, and CR CR LF where all rows
 * of the file end so (copies in the text mode of old programs).
 */
export function rowsOfText(text: string): readonly string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: zero bytes of a hole in a copy, and the end mark of DOS.
  const whole = text.replace(/^\uFEFF/, "").replace(/[\0\x1a]/g, "");
  const hasDoubled = whole.includes("\r\r\n") && !/(?<!\r\r)\n/.test(whole);
  return whole.split(hasDoubled ? /\r\r\n|\r|\n/ : /\r\n|\r|\n/);
}
