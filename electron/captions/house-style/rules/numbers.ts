/** Numbers of ordinances and resolutions: `Resolution No. 26-14`, `Resolution #26-14` or `Resolution 26-14`. */
import { isNumberWord, parseSmallNumber, readNumber } from "../numbers.ts";
import type { HouseStyle } from "../style.ts";
import type { Replacement } from "../style-edit.ts";
import type { StyleText } from "../token.ts";

const nouns: ReadonlyMap<string, string> = new Map([
  ["ordinance", "Ordinance"],
  ["resolution", "Resolution"],
  ["proclamation", "Proclamation"],
]);

/** After these a number counts something: "the ordinance 20 years ago". */
const units =
  /^(years?|months?|weeks?|days?|hours?|minutes?|feet|foot|miles?|acres?|people|members?|percent|dollars|times|votes?|to|of)$/;

interface FiledNumber {
  readonly count: number;
  /** What is certain of it: a dash that was said, digits without one, or two numbers that a dash may have joined. */
  readonly kind: "dashed" | "plain" | "pair";
  /** `26-14` or `2614`. */
  readonly text: string;
}

/** Digits said one by one, such as "oh five"; empty: there are none. */
function readSpokenDigits(text: StyleText, first: number): { readonly digits: string; readonly count: number } {
  let digits = "";
  let count = 0;
  while (count === 0 || text.isTight(first + count - 1)) {
    const key = text.key(first + count);
    const digit = key === "oh" || key === "o" ? 0 : parseSmallNumber(key);
    if (digit === undefined || digit > 9 || /\d/.test(key)) break;
    digits += digit;
    count++;
  }
  return count > 1 ? { digits, count } : { digits: "", count: 0 };
}

/** "Twenty twenty-six", a year in two halves. */
function readYear(text: StyleText, first: number): { readonly digits: string; readonly count: number } | undefined {
  if (text.key(first) !== "twenty" || !text.isTight(first)) return undefined;
  const rest = readNumber(text, first + 1);
  return rest === undefined || rest.value < 10 || rest.value > 99
    ? undefined
    : { digits: `20${rest.value}`, count: rest.count + 1 };
}

/** One side of a dash, or the whole of a number without one. */
function readSide(text: StyleText, first: number): { readonly digits: string; readonly count: number } | undefined {
  const key = text.key(first);
  if (/^#?\d{1,6}$/.test(key)) return { digits: key.replace("#", ""), count: 1 };
  const year = readYear(text, first);
  if (year !== undefined) return year;
  const spoken = readSpokenDigits(text, first);
  if (spoken.count > 0) return spoken;
  const number = readNumber(text, first);
  return number === undefined || !Number.isInteger(number.value) || number.value > 999_999
    ? undefined
    : { digits: String(number.value), count: number.count };
}

const dashWords = new Set(["dash", "hyphen"]);
const isDash = (text: StyleText, index: number): boolean =>
  dashWords.has(text.key(index)) || /^[-–—]$/u.test(text.tokens[index]?.text ?? "");

/** True if a dash joins two sides: its own lead or tail is all that it is. */
const isJoined = (text: StyleText, dash: number): boolean => {
  const before = text.tokens[dash - 1];
  const at = text.tokens[dash];
  const after = text.tokens[dash + 1];
  return before?.tail === "" && !before.breaksAfter && at?.breaksAfter === false && after?.lead === "";
};

/** "300 and 7", as "three hundred and seven" is sometimes recognized. */
function readAddition(
  text: StyleText,
  from: number,
  left: string,
): { readonly digits: string; readonly count: number } | undefined {
  if (!/^[1-9]\d*00$/.test(left) || !text.areTight(from - 1, 3) || text.key(from) !== "and") return undefined;
  const right = /^\d{1,2}$/.test(text.key(from + 1)) ? Number(text.key(from + 1)) : 0;
  return right === 0 ? undefined : { digits: String(Number(left) + right), count: 2 };
}

function readFiledNumber(text: StyleText, first: number): FiledNumber | undefined {
  const [, written] = /^#?(\d{1,4}[-–]\d{1,4})$/u.exec(text.key(first)) ?? [];
  if (written !== undefined) return { count: 1, text: written.replace("–", "-"), kind: "dashed" };
  const left = readSide(text, first);
  if (left === undefined || !text.areTight(first, left.count)) return undefined;
  const dash = first + left.count;
  if (isDash(text, dash) && isJoined(text, dash)) {
    const right = readSide(text, dash + 1);
    if (right === undefined || !text.areTight(dash + 1, right.count)) return undefined;
    return { count: left.count + 1 + right.count, text: `${left.digits}-${right.digits}`, kind: "dashed" };
  }
  const added = readAddition(text, dash, left.digits);
  if (added !== undefined) return { count: left.count + added.count, text: added.digits, kind: "plain" };
  if (!isNumberWord(text.following(dash - 1))) return { count: left.count, text: left.digits, kind: "plain" };
  const right = readSide(text, dash);
  return right === undefined || !text.areTight(dash, right.count)
    ? undefined
    : { count: left.count + right.count, text: `${left.digits}-${right.digits}`, kind: "pair" };
}

/** Number of words, "number", "No." or "#", before the number itself. */
function countMarkerWords(text: StyleText, at: number): number {
  const token = text.tokens[at];
  if (token === undefined || token.breaksAfter || token.lead !== "") return 0;
  if (token.key === "number" && token.tail === "") return 1;
  if (/^nos?$/.test(token.key) && token.tail === ".") return 1;
  return token.text === "#" ? 1 : 0;
}

interface FoundNumber {
  readonly first: number;
  readonly count: number;
  /** As it is written before the number; undefined: there is none. */
  readonly noun: string | undefined;
  readonly number: FiledNumber;
}

/** True if a number without a dash is certainly that of the noun before it. */
function isItsOwn(text: StyleText, at: number, { count, text: digits }: FiledNumber, isMarked: boolean): boolean {
  const next = text.following(at + count - 1);
  if (units.test(next)) return false;
  // "Resolution number one priority", "the resolution 2026 calls for".
  if (isMarked) return digits.length > 1 || !/\p{L}/u.test(text.key(at)) || next === "";
  return /^\d{3,6}$/.test(text.key(at)) && !/^(19|20)\d\d$/.test(digits);
}

function findNumber(text: StyleText, first: number): FoundNumber | undefined {
  const noun = nouns.get(text.key(first));
  if (noun !== undefined && !text.isTight(first)) return undefined;
  const from = noun === undefined ? first : first + 1;
  const marker = countMarkerWords(text, from);
  const at = from + marker;
  const isMarked = marker > 0 || text.key(at).startsWith("#");
  if (noun === undefined && !isMarked) return undefined;
  const number = text.tokens[at]?.lead === "" ? readFiledNumber(text, at) : undefined;
  if (number === undefined) return undefined;
  if (noun !== undefined && number.kind === "plain" && !isItsOwn(text, at, number, isMarked)) return undefined;
  return { first, count: at + number.count - first, noun, number };
}

function formatNumber(noun: string | undefined, number: string, numbers: HouseStyle["numbers"]): readonly string[] {
  const before = noun === undefined ? [] : [noun];
  if (numbers === "No. 26-14") return [...before, "No.", number];
  return [...before, numbers === "#26-14" ? `#${number}` : number];
}

/**
 * Finds the numbers of ordinances and resolutions. Digits without a dash get one only where the same number has one
 * elsewhere in the meeting, and so does a number without its noun.
 */
export function findNumbers(text: StyleText, { numbers }: HouseStyle): readonly Replacement[] {
  if (numbers === "as-heard") return [];
  const found: FoundNumber[] = [];
  for (let index = 0; index < text.tokens.length; index++) {
    const number = findNumber(text, index);
    if (number === undefined) continue;
    found.push(number);
    index += number.count - 1;
  }
  const dashed = new Map(
    found
      .filter(({ noun, number }) => noun !== undefined && number.kind === "dashed")
      .map(({ number }) => [number.text.replace("-", ""), number.text]),
  );
  return found.flatMap(({ first, count, noun, number }) => {
    const filed = dashed.get(number.text.replace("-", ""));
    if (filed === undefined && (noun === undefined || number.kind === "pair")) return [];
    return [text.replace(first, count, formatNumber(noun, filed ?? number.text, numbers))];
  });
}
