/** Lines of a PDF: its pieces of text, put together as they stand on the page. */
import { extractTextItems, getDocumentProxy, type StructuredTextItem } from "unpdf";
import { append } from "../captions/append.ts";
import { type DocumentLine, maxLines, toLine, UnreadableDocumentError } from "./document-line.ts";

/** An agenda with its attachments can be long: its items are on the first pages. */
const maxPages = 200;
/** Pieces whose baselines are nearer than this part of their size are on one line. */
const sameLine = 0.4;
/** A gap wider than this part of their size is a space. */
const spaceWidth = 0.12;
/** A gap between lines wider than this many times their size is the space between paragraphs. */
const paragraphGap = 1.9;
/** A line at the top or bottom of this many pages is no part of the text. */
const runningPages = 3;

interface PageLine extends DocumentLine {
  readonly y: number;
  readonly size: number;
}

function joinPieces(pieces: readonly StructuredTextItem[]): PageLine {
  const ordered = pieces.toSorted((a, b) => a.x - b.x);
  let text = "";
  let end = Number.NEGATIVE_INFINITY;
  for (const { str, x, width, fontSize } of ordered) {
    text += x - end > fontSize * spaceWidth && text !== "" ? ` ${str}` : str;
    end = Math.max(end, x + width);
  }
  const size = ordered.reduce((greatest, { fontSize }) => Math.max(greatest, fontSize), 1);
  return { ...toLine(text, ordered[0]?.x ?? 0), y: ordered[0]?.y ?? 0, size };
}

function toPageLines(items: readonly StructuredTextItem[]): readonly PageLine[] {
  const lines: PageLine[] = [];
  let pieces: StructuredTextItem[] = [];
  const flush = (): void => {
    if (pieces.length > 0) lines.push(joinPieces(pieces));
    pieces = [];
  };
  for (const item of items.filter(({ str }) => str.trim() !== "").toSorted((a, b) => b.y - a.y)) {
    const [first] = pieces;
    if (first !== undefined && first.y - item.y > sameLine * Math.max(first.fontSize, item.fontSize)) flush();
    pieces.push(item);
  }
  flush();
  return lines;
}

/** What is the same on several pages, but for its numbers: headers, footers, page numbers. */
function findRunning(pages: readonly (readonly PageLine[])[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const page of pages) {
    for (const line of new Set([page[0], page[1], page.at(-2), page.at(-1)])) {
      if (line !== undefined) counts.set(toKey(line), (counts.get(toKey(line)) ?? 0) + 1);
    }
  }
  return new Set([...counts].filter(([, count]) => count >= runningPages).map(([key]) => key));
}

const toKey = ({ text }: DocumentLine): string => text.replace(/\d+/g, "#");

/** @throws UnreadableDocumentError where it is damaged, locked, or holds pictures of pages only */
export async function readPdfLines(bytes: Uint8Array): Promise<readonly DocumentLine[]> {
  const pages = await extractPages(bytes);
  const running = findRunning(pages);
  const lines: DocumentLine[] = [];
  for (const page of pages) {
    let before: PageLine | undefined;
    const kept = page.filter((line) => !running.has(toKey(line)));
    append(
      lines,
      kept.flatMap((line) => {
        const isApart = before !== undefined && before.y - line.y > paragraphGap * Math.max(before.size, line.size);
        before = line;
        const shown: DocumentLine = { text: line.text, indent: line.indent };
        return isApart ? [toLine(""), shown] : [shown];
      }),
    );
    if (lines.length > maxLines) break;
  }
  if (!lines.some(({ text }) => text !== "")) {
    throw new UnreadableDocumentError(
      "its pages are pictures without text",
      "Ask the clerk for the agenda as text, or copy what it says into a text file.",
    );
  }
  return lines.slice(0, maxLines);
}

async function extractPages(bytes: Uint8Array): Promise<readonly (readonly PageLine[])[]> {
  try {
    const document = await getDocumentProxy(new Uint8Array(bytes), {
      maxImageSize: 1,
      isEvalSupported: false,
      verbosity: 0,
    });
    if (document.numPages > maxPages) {
      throw new UnreadableDocumentError(
        `it has ${document.numPages} pages`,
        "Take the agenda without its attachments.",
      );
    }
    const { items } = await extractTextItems(document);
    return items.map(toPageLines);
  } catch (thrown) {
    if (thrown instanceof UnreadableDocumentError) throw thrown;
    if (thrown instanceof Error && thrown.name === "PasswordException")
      throw new UnreadableDocumentError("it is protected by a password", "Save it without a password.");
    throw new UnreadableDocumentError("the PDF is damaged or incomplete");
  }
}
