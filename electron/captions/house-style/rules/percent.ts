/** Percentages: "eighty percent" is `80%` or `80 percent`, as the city writes it. */
import { isPartOfNumber, readNumber, type SpokenNumber } from "../numbers.ts";
import type { HouseStyle } from "../style.ts";
import type { Replacement } from "../style-edit.ts";
import type { StyleText } from "../token.ts";

/** Number of words that say "percent" at a place; 0: they do not. */
function countPercentWords(text: StyleText, at: number): number {
  const key = text.key(at);
  if (text.isNameLike(at)) return 0;
  if (key === "percent" || key === "%") return 1;
  return key === "per" && text.isTight(at) && text.key(at + 1) === "cent" ? 2 : 0;
}

/** "Twenty to thirty percent": the number before, of which the sign is said only once. */
function readRangeStart(text: StyleText, first: number): SpokenNumber | undefined {
  const start = readNumber(text, first);
  if (start === undefined || !text.areTight(first, start.count + 2)) return undefined;
  return text.key(first + start.count) === "to" ? start : undefined;
}

/** "One half of one percent": a share of it. */
const isShareOfPercent = (text: StyleText, first: number): boolean =>
  text.preceding(first) === "of" &&
  /^(halfs?|quarters?|thirds?|tenths?|hundredths?|.*-(half|tenth))$/.test(text.key(first - 2));

/** Finds percentages that are certain; parts of larger numbers stay as they were recognized. */
export function findPercent(text: StyleText, style: HouseStyle): readonly Replacement[] {
  if (style.percent === "as-heard") return [];
  const found: Replacement[] = [];
  const percentWords = style.spelling === "uk" ? ["per", "cent"] : ["percent"];
  const write = (number: string): readonly string[] =>
    style.percent === "5%" ? [`${number}%`] : [number, ...percentWords];
  for (let index = 0; index < text.tokens.length; index++) {
    const [, digits] = /^((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?:%|percent)$/.exec(text.key(index)) ?? [];
    if (digits !== undefined) {
      found.push(text.replace(index, 1, write(digits)));
      continue;
    }
    const range = readRangeStart(text, index);
    const first = range === undefined ? index : index + range.count + 1;
    const number = readNumber(text, first);
    if (number === undefined || number.text.includes(" ") || !text.areTight(first, number.count + 1)) continue;
    const sign = countPercentWords(text, first + number.count);
    if (sign === 0 || isShareOfPercent(text, index)) continue;
    if (isPartOfNumber(text, index, first + number.count - index)) continue;
    const count = first + number.count + sign - index;
    const start = range === undefined ? [] : [range.text, "to"];
    found.push(text.replace(index, count, [...start, ...write(number.text)]));
    index += count - 1;
  }
  return found;
}
