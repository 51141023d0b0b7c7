/** Numbers as people say them: "three hundred and seven", "three point two million", "twenty-six", "15,000". */
import type { StyleText } from "./token.ts";

const units = "zero one two three four five six seven eight nine".split(" ");
const teens = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" ");
const tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

const unitValues: ReadonlyMap<string, number> = new Map(units.map((word, index) => [word, index]));
const teenValues: ReadonlyMap<string, number> = new Map(teens.map((word, index) => [word, index + 10]));
const tenValues: ReadonlyMap<string, number> = new Map(tens.map((word, index) => [word, (index + 2) * 10]));
const scales: ReadonlyMap<string, number> = new Map([
  ["thousand", 1e3],
  ["million", 1e6],
  ["billion", 1e9],
  ["trillion", 1e12],
]);

export interface SpokenNumber {
  /** Number of words. */
  readonly count: number;
  readonly value: number;
  /** With digits, commas from 1,000 on, and words from a million on where it was said so: `15,000`, `3.2 million`. */
  readonly text: string;
  /** True if at least one of its words is written in letters. */
  readonly hasLetters: boolean;
}

/** A part of a number: a word may have several, as "twenty-six" does. */
interface Atom {
  readonly word: string;
  /** Index of its word in the text. */
  readonly index: number;
}

const digitsPattern = /^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/;

const isNumeral = (word: string): boolean =>
  unitValues.has(word) || teenValues.has(word) || tenValues.has(word) || scales.has(word) || word === "hundred";

/** True for a word that is part of a number, in letters or in digits. */
export const isNumberWord = (key: string): boolean =>
  key !== "" && (/^\$?\d/.test(key) || key.split("-").every(isNumeral));

/** A number from 0 to 19, or a multiple of ten up to 90, that is one word; undefined: it is none. */
const findSmall = (word: string): number | undefined =>
  unitValues.get(word) ?? teenValues.get(word) ?? tenValues.get(word);

/** A number below 100 in one written word, such as "twenty-six", "7" or "fourteen"; undefined: it is none. */
export function parseSmallNumber(key: string): number | undefined {
  if (/^\d{1,2}$/.test(key)) return Number(key);
  const [first = "", second, ...more] = key.split("-");
  if (second === undefined) return findSmall(first);
  const ten = tenValues.get(first);
  const unit = unitValues.get(second);
  return more.length > 0 || ten === undefined || unit === undefined || unit === 0 ? undefined : ten + unit;
}

/** Reads the atoms of a number from a place in the text on. */
class AtomReader {
  readonly #atoms: readonly Atom[];
  position = 0;

  constructor(text: StyleText, first: number) {
    const atoms: Atom[] = [];
    for (let index = first; index === first || text.isTight(index - 1); index++) {
      const key = text.key(index);
      const parts = key.split("-");
      const isNumber = digitsPattern.test(key) || parts.every(isNumeral) || ["and", "point", "a"].includes(key);
      if (!isNumber || text.isNameLike(index)) break;
      for (const word of parts) atoms.push({ word, index });
    }
    this.#atoms = atoms;
  }

  peek(): string {
    return this.#atoms[this.position]?.word ?? "";
  }

  /** Number of whole words that are used up; undefined: a word is used up in part. */
  countWords(first: number): number | undefined {
    const last = this.#atoms[this.position - 1];
    if (last === undefined || this.#atoms[this.position]?.index === last.index) return undefined;
    return last.index - first + 1;
  }

  get hasLetters(): boolean {
    return this.#atoms.slice(0, this.position).some(({ word }) => /\p{L}/u.test(word));
  }

  /** Below 100, in words. */
  readBelow100(): number | undefined {
    const ten = tenValues.get(this.peek());
    if (ten === undefined) {
      const value = unitValues.get(this.peek()) ?? teenValues.get(this.peek());
      if (value !== undefined) this.position++;
      return value;
    }
    this.position++;
    const unit = unitValues.get(this.peek());
    if (unit === undefined || unit === 0) return ten;
    this.position++;
    return ten + unit;
  }

  /** Below 1,000 in words, and hundreds as in "fifteen hundred". */
  readBelow1000(): number | undefined {
    const start = this.position;
    // "A hundred" by itself is a way of speaking; "a hundred and fifty" is a number.
    const isArticle = this.peek() === "a";
    if (isArticle) this.position++;
    const value = isArticle ? 1 : this.readBelow100();
    if (value === undefined || (isArticle && this.peek() !== "hundred")) {
      this.position = start;
      return undefined;
    }
    if (this.peek() !== "hundred" || value === 0) return value;
    this.position++;
    const afterHundred = this.position;
    if (this.peek() === "and") this.position++;
    const rest = this.readBelow100();
    if (rest === undefined || rest === 0) {
      this.position = afterHundred;
      if (isArticle) {
        this.position = start;
        return undefined;
      }
      return value * 100;
    }
    return value * 100 + rest;
  }

  /** The digits after "point", as text. */
  readDecimals(): string {
    let digits = "";
    if (this.peek() !== "point") return "";
    const start = this.position++;
    for (;;) {
      const unit = unitValues.get(this.peek());
      if (unit === undefined) break;
      digits += unit;
      this.position++;
    }
    if (digits === "") this.position = start;
    return digits;
  }
}

const withCommas = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 20 });

/** Digits, as one word: `15,000`, `3.2`, `658`. */
function readDigits(reader: AtomReader): string | undefined {
  const word = reader.peek();
  if (!digitsPattern.test(word) || /^0\d/.test(word)) return undefined;
  reader.position++;
  return word.replaceAll(",", "");
}

/** Reads thousands, millions and more in words, each part smaller than the one before. */
function readWithScales(reader: AtomReader, start: number): number {
  let total = 0;
  let part: number | undefined = start;
  let limit = Number.POSITIVE_INFINITY;
  while (part !== undefined) {
    const scale = scales.get(reader.peek());
    if (scale === undefined || scale >= limit) return total + part;
    reader.position++;
    total += part * scale;
    limit = scale;
    const before = reader.position;
    if (reader.peek() === "and") reader.position++;
    part = reader.readBelow1000();
    if (part === undefined || part === 0 || part >= limit) {
      reader.position = before;
      return total;
    }
  }
  return total;
}

/**
 * The longest number that begins with a word. Nothing is guessed: "two three million" or "a hundred" is none, and what
 * stands before and after a number is the caller's question.
 */
export function readNumber(text: StyleText, first: number): SpokenNumber | undefined {
  const reader = new AtomReader(text, first);
  const digits = readDigits(reader);
  const whole = digits === undefined ? reader.readBelow1000() : Number(digits);
  if (whole === undefined) return undefined;
  const isLone = digits === undefined || !digits.includes(".");
  const decimals = digits === undefined ? reader.readDecimals() : "";
  const mantissa =
    digits !== undefined && !isLone ? digits : decimals === "" ? withCommas(whole) : `${whole}.${decimals}`;
  const scale = scales.get(reader.peek());
  const scaleWord = reader.peek();
  const finish = (value: number, written: string): SpokenNumber | undefined => {
    const count = reader.countWords(first);
    return count === undefined ? undefined : { count, value, text: written, hasLetters: reader.hasLetters };
  };
  const isDecimal = decimals !== "" || !isLone;
  if (isDecimal || (digits !== undefined && scale !== undefined && scale >= 1e6)) {
    if (scale === undefined) return finish(Number(mantissa.replaceAll(",", "")), mantissa);
    if (scale < 1e6) return undefined;
    reader.position++;
    return finish(Number(mantissa.replaceAll(",", "")) * scale, `${mantissa} ${scaleWord}`);
  }
  if (digits !== undefined && reader.peek() === "hundred") return undefined;
  const before = reader.position;
  const value = readWithScales(reader, whole);
  const isRound = scale !== undefined && scale >= 1e6 && reader.position === before + 1;
  return finish(value, isRound ? `${withCommas(whole)} ${scaleWord}` : withCommas(value));
}

/**
 * True if a number may continue before or after a run of words, so that the run is not the whole of it: "point two
 * million", "two, three million", "two to three million", "half a million".
 */
export function isPartOfNumber(text: StyleText, first: number, count: number): boolean {
  const before = text.key(first - 1);
  // "In 1958, three million dollars": a year and a comma.
  const isYear = /^\d{4}$/.test(before) && text.tokens[first - 1]?.tail === ",";
  const isApart = isYear || text.tokens[first]?.beginsSentence === true;
  if (!isApart && (isNumberWord(before) || ["point", "half", "quarter", "minus"].includes(before))) return true;
  const joins = ["to", "or", "and", "through", "a"].includes(text.preceding(first));
  if (joins && (isNumberWord(text.key(first - 2)) || text.key(first - 2) === "half")) return true;
  const after = text.following(first + count - 1);
  return isNumberWord(after);
}
