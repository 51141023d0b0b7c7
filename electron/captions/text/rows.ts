/** The rows of a text file: without its byte-order mark, whatever its line ends are. */
export function rowsOfText(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
}
