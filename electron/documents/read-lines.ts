/** Lines of a document, whatever it is: told by its content, not by its name. */
import { decodeText } from "../platform/text-encoding/decode-text.ts";
import { type DocumentLine, UnreadableDocumentError } from "./document-line.ts";
import { readDocxLines } from "./docx-lines.ts";
import { readHtmlLines } from "./html-lines.ts";
import { readPdfLines } from "./pdf-lines.ts";
import { readTextLines } from "./text-lines.ts";

/** A PDF may begin with a little that is none. */
const pdfSearchBytes = 1_024;
const htmlSearchCharacters = 4_096;
const saveAs = "Save it as a Word document (DOCX) or as a PDF.";

const begins = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

/** @throws UnreadableDocumentError */
export async function readLines(bytes: Uint8Array): Promise<readonly DocumentLine[]> {
  if (bytes.length === 0) throw new UnreadableDocumentError("it is empty");
  const start = Buffer.from(bytes.subarray(0, pdfSearchBytes)).toString("latin1");
  if (start.includes("%PDF-")) return await readPdfLines(bytes);
  if (begins(bytes, 0x50, 0x4b)) return await readDocxLines(bytes);
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw new UnreadableDocumentError("it is an old Word document", saveAs);
  if (start.startsWith("{\\rtf")) throw new UnreadableDocumentError("it is rich text (RTF)", saveAs);
  const { text } = decodeText(bytes);
  if (/^(From|MIME-Version|Subject): /im.test(text.slice(0, htmlSearchCharacters)) && /multipart\/related/i.test(start))
    throw new UnreadableDocumentError(
      "it is a web page with its pictures in one file",
      "Save the page as “HTML only”.",
    );
  return /<(!doctype html|html|head|body|p|div|table|ol|ul|h[1-6])[\s>]/i.test(text.slice(0, htmlSearchCharacters))
    ? readHtmlLines(text)
    : readTextLines(text);
}
