/**
 * Rewrites text with the CEA-608 characters: typographic quotes and dashes become plain ones (they exist as extended
 * codes, but decoders disagree on them; README.md, "Characters"), ligatures and symbols are spelled out, accents
 * outside of the set are dropped. Anything else is replaced by a question mark and reported.
 */
import { characterCode } from "./characters.ts";

/** A replacement that a reader might notice. */
export interface Substitution {
  readonly character: string;
  readonly replacement: string;
}

export interface Transliteration {
  readonly text: string;
  /** Characters that could not be represented at all, once each. */
  readonly lost: readonly Substitution[];
}

const spelling: Readonly<Record<string, string>> = {
  "‘": "'",
  "’": "'",
  "‚": "'",
  "‛": "'",
  "`": "'",
  "´": "'",
  ʼ: "'",
  "′": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "‟": '"',
  "″": '"',
  "‐": "-",
  "‑": "-",
  "‒": "-",
  "–": "-",
  "—": "--",
  "―": "--",
  "−": "-",
  "…": "...",
  "€": "EUR",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
  ﬁ: "fi",
  ﬂ: "fl",
  ﬀ: "ff",
  ﬃ: "ffi",
  ﬄ: "ffl",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ı: "i",
  þ: "th",
  Þ: "Th",
  ð: "d",
  Ð: "D",
  "×": "x",
  "¼": "1/4",
  "¾": "3/4",
  "♫": "♪",
  "♩": "♪",
  "♬": "♪",
  "·": "•",
  "‣": "•",
  "²": "2",
  "³": "3",
  "¹": "1",
  "‹": "'",
  "›": "'",
  "\t": " ",
};

/** Signs that are spelled out as a word, which needs spaces around it; two of them are the plural. */
const spelledWords: Readonly<Record<string, readonly [one: string, several: string]>> = {
  "§": ["Section", "Sections"],
  "¶": ["Paragraph", "Paragraphs"],
  "№": ["No.", "Nos."],
};

/** Writes out the signs of laws: `§12` is "Section 12". */
function spellWords(text: string): string {
  if (!/[§¶№]/.test(text)) return text;
  return text.replace(
    /([^\s§¶№]?)(([§¶№])\3*)(?=(\S?))/gu,
    (_, before: string, signs: string, sign: string, after: string) => {
      const [one = sign, several = sign] = spelledWords[sign] ?? [];
      const isWordBefore = /[\p{L}\p{N}.,;:)]/u.test(before);
      const isWordAfter = /[\p{L}\p{N}(]/u.test(after);
      return `${before}${isWordBefore ? " " : ""}${signs.length > 1 ? several : one}${isWordAfter ? " " : ""}`;
    },
  );
}

/** Invisible characters: byte-order mark, joiners, directional marks, soft hyphen, variation selectors. */
const invisible = /^[\p{Cf}\p{Variation_Selector}]$/u;

function findReplacement(character: string): string | undefined {
  if (characterCode(character)) return character === "\u00a0" ? " " : character;
  const spelt = spelling[character];
  if (spelt !== undefined) return spelt;
  if (invisible.test(character)) return "";
  if (/\s/u.test(character)) return " ";
  const bare = [...character.normalize("NFKD").replace(/\p{Mark}/gu, "")]
    .map((part) => (characterCode(part) ? part : (spelling[part] ?? "")))
    .join("");
  return bare === "" ? undefined : bare;
}

/** Rewrites text so that every character of it has a CEA-608 code. */
export function transliterate(text: string): Transliteration {
  // Fast path for the common case: this is called for every candidate line.
  if (/^[ -)+-[\]a-z]*$/.test(text)) return { text, lost: [] };
  const lost = new Map<string, Substitution>();
  let result = "";
  for (const character of spellWords(text.normalize("NFC"))) {
    if (spelling[character] === undefined && characterCode(character) && character !== "\u00a0") {
      result += character;
      continue;
    }
    const replacement = spelling[character] ?? findReplacement(character);
    if (replacement === undefined) lost.set(character, { character, replacement: "?" });
    result += replacement ?? "?";
  }
  return { text: result, lost: [...lost.values()] };
}

/** Number of columns of a text on the caption screen. */
export function countColumns(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  return [...transliterate(text).text].length;
}

/**
 * Number of columns that a line needs. An extended character must not be in column 32 (decoders put it in column 31
 * there; README.md, "Characters"), so a line that ends with one needs one column more than it shows.
 */
export function countLineColumns(text: string): number {
  return countColumns(text) + (endsExtended(text) ? 1 : 0);
}

/** True when the last character of a text is in the extended set. */
export function endsExtended(text: string): boolean {
  const last = [...transliterate(text.slice(-2)).text].at(-1);
  return last !== undefined && characterCode(last)?.kind === "extended";
}
