/**
 * Text that CEA-608 cannot carry is written with what it has: typographic quotes and dashes as plain ones (they
 * exist as extended codes, but decoders disagree on them; README.md, "Characters"), ligatures and symbols spelt
 * out, accents outside the set dropped. What is still left is replaced by a question mark and reported.
 */
import { characterCode } from "./characters.ts";

/** A replacement that a reader might notice. */
export interface Substitution {
  readonly character: string;
  readonly replacement: string;
}

export interface Transliteration {
  readonly text: string;
  /** Characters that could not be carried at all, once each. */
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
  "№": "No.",
  "♫": "♪",
  "♩": "♪",
  "♬": "♪",
  "·": "•",
  "‣": "•",
  "§": "Section",
  "¶": "Paragraph",
  "²": "2",
  "³": "3",
  "¹": "1",
  "‹": "'",
  "›": "'",
  "\t": " ",
};

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
  // The common case, and it is called for every candidate line.
  if (/^[ -)+-[\]a-z]*$/.test(text)) return { text, lost: [] };
  const lost = new Map<string, Substitution>();
  let result = "";
  for (const character of text.normalize("NFC")) {
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

/** How many columns a text takes on the caption screen. */
export function countColumns(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  return [...transliterate(text).text].length;
}

/**
 * How many columns a line of its own needs. An extended character must not fall into column 32 (decoders put it in
 * column 31 there; README.md, "Characters"), so a line that ends with one needs a column more than it shows.
 */
export function countLineColumns(text: string): number {
  return countColumns(text) + (endsExtended(text) ? 1 : 0);
}

/** True when the last character of a text is of the extended set. */
export function endsExtended(text: string): boolean {
  const last = [...transliterate(text.slice(-2)).text].at(-1);
  return last !== undefined && characterCode(last)?.kind === "extended";
}
