/** Parses the manual's pages from `resources/manual` and splits them at their headings for the search. */
import { lexer, type Token, type Tokens } from "marked";

/** A heading and the text below it. */
interface ManualSection {
  /** Anchor of its heading: `## Keys of the editor` has `keys-of-the-editor`. */
  readonly anchor: string;
  readonly heading: string;
  readonly text: string;
}

export interface ManualPage {
  /** File name without its extension. */
  readonly name: string;
  readonly title: string;
  readonly tokens: readonly Token[];
  /** The first section has the heading of the page. */
  readonly sections: readonly ManualSection[];
}

export interface ManualHit {
  readonly page: ManualPage;
  readonly section: ManualSection;
  readonly snippet: string;
}

/** The page that lists all others in order. */
export const indexPage = "index";

const maxHits = 30;
const snippetLength = 110;

/** The anchor of a heading, as GitHub derives it. */
export const toAnchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

const isTable = (token: Token): token is Tokens.Table => token.type === "table" && "rows" in token;
const isList = (token: Token): token is Tokens.List => token.type === "list" && "items" in token;

/** The text of tokens without markup. */
export function toPlainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (isTable(token)) {
        return [token.header, ...token.rows]
          .map((row) => row.map((cell) => toPlainText(cell.tokens)).join(" "))
          .join(" ");
      }
      if (isList(token)) return token.items.map((item) => toPlainText(item.tokens)).join(" ");
      if ("tokens" in token && token.tokens !== undefined) return toPlainText(token.tokens);
      return "text" in token && token.type !== "html" ? String(token.text) : " ";
    })
    .join("");
}

/** @param markdown a page that begins with its title as a first-level heading */
export function parsePage(name: string, markdown: string): ManualPage {
  const tokens = lexer(markdown);
  const sections: { anchor: string; heading: string; text: string }[] = [];
  for (const token of tokens) {
    if (token.type === "heading") {
      const heading = toPlainText([token]);
      sections.push({ anchor: toAnchor(heading), heading, text: "" });
    } else {
      const current = sections.at(-1);
      if (current !== undefined) current.text += ` ${toPlainText([token])}`;
    }
  }
  return { name, title: sections[0]?.heading ?? name, tokens, sections };
}

/** The names of the pages that a page links to, in order. */
function findLinkedPages(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap((token) => {
    if (isList(token)) return token.items.flatMap((item) => findLinkedPages(item.tokens));
    if (token.type === "link") return [/^([\w-]+)\.md/.exec(String(token.href))?.[1] ?? []].flat();
    return "tokens" in token && token.tokens !== undefined ? findLinkedPages(token.tokens) : [];
  });
}

/**
 * @param files text of each page by file name
 * @returns the index, then the pages in the order of the index; unlisted pages come last
 */
export function readManual(files: Readonly<Record<string, string>>): readonly ManualPage[] {
  const pages = Object.entries(files).map(([path, text]) =>
    parsePage(path.replace(/^.*\//, "").replace(/\.md$/, ""), text),
  );
  const index = pages.find(({ name }) => name === indexPage);
  const order = [indexPage, ...findLinkedPages(index?.tokens ?? [])];
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return pages.toSorted((a, b) => rank(a.name) - rank(b.name));
}

/** The words around the first match of any of the words. */
function toSnippet(text: string, words: readonly string[]): string {
  const plain = text.replaceAll(/\s+/g, " ").trim();
  const lower = plain.toLowerCase();
  const places = words.map((word) => lower.indexOf(word)).filter((place) => place >= 0);
  const at = places.length === 0 ? 0 : Math.min(...places);
  const from = at < 40 ? 0 : plain.indexOf(" ", at - 40) + 1;
  const end = plain.indexOf(" ", from + snippetLength);
  const to = end < 0 ? plain.length : end;
  return `${from > 0 ? "… " : ""}${plain.slice(from, to)}${to < plain.length ? " …" : ""}`;
}

/** The sections that contain all words of a query; those with the words in their heading come first. */
export function searchManual(pages: readonly ManualPage[], query: string): readonly ManualHit[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hits = pages.flatMap((page) =>
    page.sections.flatMap((section) => {
      const [heading, text] = [section.heading.toLowerCase(), section.text.toLowerCase()];
      if (!words.every((word) => heading.includes(word) || text.includes(word))) return [];
      const score = words.filter((word) => heading.includes(word)).length;
      return [{ page, section, score, snippet: toSnippet(section.text, words) }];
    }),
  );
  return hits.toSorted((a, b) => b.score - a.score).slice(0, maxHits);
}
