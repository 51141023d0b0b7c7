/** Lines of a web page: what a person sees of it, without its styles and scripts. */
import { Parser } from "htmlparser2";
import { type DocumentLine, maxLines, toLine } from "./document-line.ts";

/** Elements that begin and end a line. */
const blocks = new Set(
  "address article aside blockquote body br caption center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul".split(
    " ",
  ),
);
/** Elements between which a reader sees a space. */
const cells = new Set(["td", "th"]);
/** Elements whose content nobody sees. */
const hidden = new Set(["head", "script", "style", "noscript", "template", "select", "svg", "iframe", "object"]);
/** Blocks without content: what would be their end is no line of its own. */
const breaks = new Set(["br", "hr"]);

const letters = "abcdefghijklmnopqrstuvwxyz";
const romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"];

/** The marker that a browser draws before an item. @param type of the list, as HTML names it */
function toMarker(type: string, number: number): string {
  if (type === "a" || type === "A") {
    const letter = letters[(number - 1) % letters.length] ?? "";
    return `${type === "A" ? letter.toUpperCase() : letter}.`;
  }
  const roman = romans[number - 1];
  if ((type === "i" || type === "I") && roman !== undefined) return `${type === "I" ? roman.toUpperCase() : roman}.`;
  return `${number}.`;
}

interface List {
  readonly isOrdered: boolean;
  readonly type: string;
  next: number;
}

export function readHtmlLines(html: string): readonly DocumentLine[] {
  const lines: DocumentLine[] = [];
  const lists: List[] = [];
  let text = "";
  let hiddenDepth = 0;
  const flush = (): void => {
    const line = toLine(text, lists.length);
    text = "";
    if (lines.length < maxLines && (line.text !== "" || lines.at(-1)?.text !== "")) lines.push(line);
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (hidden.has(name)) hiddenDepth++;
        if (blocks.has(name)) flush();
        if (cells.has(name)) text += " ";
        if (name === "ol" || name === "ul") {
          const start = Number.parseInt(attributes.start ?? "1", 10);
          lists.push({
            isOrdered: name === "ol",
            type: attributes.type ?? "1",
            next: Number.isFinite(start) ? start : 1,
          });
        }
        const list = lists.at(-1);
        if (name === "li" && list?.isOrdered === true) {
          const value = Number.parseInt(attributes.value ?? "", 10);
          if (Number.isFinite(value)) list.next = value;
          text += `${toMarker(list.type, list.next)} `;
          list.next++;
        }
      },
      ontext(part) {
        if (hiddenDepth === 0) text += part;
      },
      onclosetag(name) {
        if (hidden.has(name)) hiddenDepth = Math.max(0, hiddenDepth - 1);
        if (blocks.has(name) && !breaks.has(name)) flush();
        if (name === "ol" || name === "ul") lists.pop();
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(html);
  parser.end();
  flush();
  return lines;
}
