/** Splits the text of a file into rows, without its byte-order mark; accepts CRLF, CR and LF. */
export function rowsOfText(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
}
