/** A line of a document as a person sees it. */
export interface DocumentLine {
  /** Without spaces around it, and with single ones inside; an empty text is the space between paragraphs. */
  readonly text: string;
  /** How far from the left edge it begins, in any unit: only lines of the same document are compared. */
  readonly indent: number;
}

/** More lines than this are no agenda: the rest is not read. */
export const maxLines = 5_000;

/** No line on paper is longer: what comes after is not read. */
const maxLineLength = 500;

export const toLine = (text: string, indent = 0): DocumentLine => ({
  text: text
    .replace(/[\s\u00a0\u200b\ufeff]+/gu, " ")
    .trim()
    .slice(0, maxLineLength),
  indent,
});

/** A document that cannot be read, for a reason that a person can do something about. */
export class UnreadableDocumentError extends Error {
  readonly remedy: string | undefined;

  constructor(message: string, remedy?: string) {
    super(message);
    this.name = "UnreadableDocumentError";
    this.remedy = remedy;
  }
}
