/** Lines of a Word document, with the numbers of its lists. */
import mammoth from "mammoth";
import { type DocumentLine, UnreadableDocumentError } from "./document-line.ts";
import { readHtmlLines } from "./html-lines.ts";

/** Word's own styles for lists within lists, which carry no depth in the file. */
const styleMap = ["ul", "ol"].flatMap((list) => {
  const name = list === "ol" ? "List Number" : "List Bullet";
  return [
    `p[style-name='${name} 2'] => ${list} > li > ${list} > li:fresh`,
    `p[style-name='${name} 3'] => ${list} > li > ${list} > li > ${list} > li:fresh`,
  ];
});

/**
 * Mammoth makes a web page of it, whose lists are lists. Pictures are left out; nothing outside of the file is read.
 * @throws UnreadableDocumentError where it is no Word document, or is damaged
 */
export async function readDocxLines(bytes: Uint8Array): Promise<readonly DocumentLine[]> {
  const convertImage = mammoth.images.imgElement(async () => ({ src: "" }));
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes) },
      { convertImage, styleMap, externalFileAccess: false },
    );
    return readHtmlLines(value);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const isOther = /could not find|main document|relationship/i.test(reason);
    throw new UnreadableDocumentError(
      isOther ? "it is an archive, but no Word document" : "the Word document is damaged",
    );
  }
}
