/** Lines of plain text. */
import { type DocumentLine, maxLines, toLine, UnreadableDocumentError } from "./document-line.ts";

/** A tab counts as this many spaces. */
const tabWidth = 4;

/** @throws UnreadableDocumentError where it is no text */
export function readTextLines(text: string): readonly DocumentLine[] {
  if (text.includes("\0")) throw new UnreadableDocumentError("it is neither a document nor text");
  return text
    .split(/\r\n|\r|\n|\f/, maxLines)
    .map((line) => toLine(line, (/^\s*/.exec(line)?.[0] ?? "").replaceAll("\t", " ".repeat(tabWidth)).length));
}
