/** Items of a clerk's agenda, from the lines of its document. Pure. */
import { Outline, parseMarker } from "./outline-marker.ts";

export interface AgendaLine {
  /** An empty text is the space between paragraphs. */
  readonly text: string;
  /** How far from the left edge it begins, in any unit. */
  readonly indent: number;
}

export interface AgendaEntry {
  /** As it stands there, without punctuation: `4`, `IV`, `b`; null: it has none. */
  readonly number: string | null;
  readonly title: string;
  /** 0: on top; 1: below an item; and so on. */
  readonly level: number;
}

/** No agenda has more; the rest is not taken. */
const maxEntries = 200;
const maxTitleLength = 160;
/** Lines that go on and on are no title. */
const maxJoinedLength = 500;
/** Fewer marked lines than this are no outline. */
const minMarked = 3;

/** Short words that titles write small, and those that are no abbreviation although they are short. */
const smallWords = new Set("a an and as at but by for from in nor of on or per the to up via with".split(" "));
const shortWords = new Set(
  "add all any ban bid buy cap day due end fee few lot map may new no not now off old one our out own pay per set six ten tax two use".split(
    " ",
  ),
);

/** `CALL TO ORDER` as `Call to Order`; abbreviations stay: three letters and fewer that are no words of agendas. */
export function toTitleCase(title: string): string {
  if (/\p{Ll}/u.test(title)) return title;
  let isFirst = true;
  return title.replace(/[\p{L}\p{N}'’]+/gu, (word) => {
    const small = word.toLowerCase();
    const starts = isFirst;
    isFirst = false;
    if (smallWords.has(small)) return starts ? capitalize(small) : small;
    const isShort = word.length <= 3 && !shortWords.has(small);
    return isShort || /\d/.test(word) || !/[AEIOUY]/.test(word) ? word : capitalize(small);
  });
}

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Without dot leaders, page numbers and what says where it goes on. */
function cleanTitle(text: string): string {
  const clean = text
    .replace(/[\s.…_]{4,}\d*\s*$/u, "")
    .replace(/\s+(?:pages?|pp?\.)\s*\d+(?:\s*[-–]\s*\d+)?\s*$/iu, "")
    .replace(/[\s:;,–—-]+$/u, "")
    .trim();
  const title = toTitleCase(clean);
  return title.length <= maxTitleLength ? title : `${title.slice(0, maxTitleLength - 1).replace(/\s+\S*$/u, "")}…`;
}

const isNoise = (text: string): boolean =>
  /^(page\s+)?\d+(\s*(of|\/)\s*\d+)?$/i.test(text) || /^[\s_*=.–—-]+$/u.test(text);

const isCapitals = (text: string): boolean => /\p{Lu}{3}/u.test(text) && !/\p{Ll}/u.test(text);

/** An item that goes on in the next line: it begins in the middle of a sentence, or the line before was full. */
function goesOn(before: AgendaLine, next: AgendaLine, widest: number): boolean {
  if (/^[\p{Ll}(&]/u.test(next.text)) return true;
  const isFull = before.text.length >= widest * 0.75 && !/[.:;]$/.test(before.text);
  return isFull && next.indent >= before.indent && !isCapitals(next.text);
}

interface Draft {
  readonly number: string | null;
  readonly level: number;
  text: string;
  last: AgendaLine;
}

/** Items with numbers or letters, and headings in capitals between them. */
function parseOutline(lines: readonly AgendaLine[]): readonly Draft[] {
  const drafts: Draft[] = [];
  const outline = new Outline();
  const widest = lines.reduce((most, { text }) => Math.max(most, text.length), 0);
  let isOpen = false;
  for (const line of lines) {
    const marked = parseMarker(line.text);
    const last = drafts.at(-1);
    if (marked !== undefined) {
      drafts.push({
        number: marked.marker,
        level: outline.next(marked.marker, line.indent),
        text: marked.text,
        last: line,
      });
      isOpen = true;
    } else if (line.text === "") isOpen = false;
    else if (isOpen && last !== undefined && goesOn(last.last, line, widest)) {
      if (last.text.length < maxJoinedLength) last.text += ` ${line.text}`;
      last.last = line;
    } else {
      isOpen = false;
      // A heading of its own; before the first item it is the letterhead.
      if (last !== undefined && isCapitals(line.text) && line.text.length <= 80) {
        drafts.push({ number: null, level: 0, text: line.text, last: line });
        isOpen = true;
      }
    }
  }
  return drafts;
}

const opening = /call (?:(?:the|this) )?(?:meeting )?to order|roll call|pledge of allegiance/i;

/** Items without numbers: one a line, after the letterhead. */
function parseList(lines: readonly AgendaLine[]): readonly Draft[] {
  const shown = lines.filter(({ text }) => text !== "");
  const first = shown.findIndex(({ text }) => opening.test(text));
  const title = shown.findIndex(({ text }) => /agenda/i.test(text));
  const items = shown.slice(first === -1 ? title + 1 : first);
  const capitals = items.filter(({ text }) => isCapitals(text));
  // Where there are headings, the lines below them explain them.
  const kept = capitals.length >= minMarked ? capitals : items;
  const edge = kept.reduce((least, { indent }) => Math.min(least, indent), Number.POSITIVE_INFINITY);
  return kept.map((line) => ({
    number: null,
    level: line.indent > edge ? 1 : 0,
    text: line.text.replace(/^[•·▪◦*–—-]\s*/u, ""),
    last: line,
  }));
}

/** @returns the items in order; none where the document has no lines that could be one */
export function parseAgenda(lines: readonly AgendaLine[]): readonly AgendaEntry[] {
  const shown = lines.filter(({ text }) => !isNoise(text));
  const marked = shown.filter(({ text }) => parseMarker(text) !== undefined);
  const drafts = marked.length >= minMarked ? parseOutline(shown) : parseList(shown);
  return drafts
    .map(({ number, level, text }) => ({ number, level, title: cleanTitle(text) }))
    .filter(({ title }) => /\p{L}{2}/u.test(title))
    .slice(0, maxEntries);
}
