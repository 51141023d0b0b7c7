/** Times of day: "658", "6.58" and "six fifty eight" are `6:58` where the words around say that it is a time. */
import { append } from "../../append.ts";
import { parseSmallNumber } from "../numbers.ts";
import type { HouseStyle } from "../style.ts";
import type { Replacement } from "../style-edit.ts";
import type { StyleText } from "../token.ts";
import { findMeridiem, type Meridiem, writeMeridiem } from "./meridiem.ts";
import { findDay, isDayPart, readTimeCue, touchesNumber } from "./time-cues.ts";

interface ClockTime {
  readonly count: number;
  readonly hour: number;
  /** Undefined: the hour alone. */
  readonly minute: number | undefined;
  /** How sure the way of writing it is: `clock` has a colon, `digits` may be any number. */
  readonly form: "clock" | "digits" | "words" | "hour";
  /** Said with it in one word: `6pm`. */
  readonly meridiem: Meridiem | undefined;
}

const isHour = (value: number): boolean => value >= 1 && value <= 12;

/** A time in one word: `6:58`, `6.58`, `658`, `6:58pm`, `6`. */
function readOneWord(key: string): ClockTime | undefined {
  const [, digits = "", sign = "", minutes = "", half] =
    /^(\d{1,2})([:.]?)(\d\d)?([ap])?m?$/.exec(key.replace(/\.m$/, "m")) ?? [];
  if (digits === "" || (sign !== "" && minutes === "") || (half !== undefined) !== key.endsWith("m")) return undefined;
  const hour = Number(digits);
  const minute = minutes === "" ? undefined : Number(minutes);
  if (!isHour(hour) || digits.startsWith("0") || (minute ?? 0) > 59) return undefined;
  const form = sign === ":" ? "clock" : minute === undefined ? "hour" : "digits";
  return { count: 1, hour, minute, form, meridiem: half === undefined ? undefined : half === "a" ? "a" : "p" };
}

/** A time in words: "six fifty eight", "seven thirty", "six oh five", "six-thirty", or an hour alone. */
function readWords(text: StyleText, first: number): ClockTime | undefined {
  const parts: string[] = [];
  const ends: number[] = [];
  for (let index = first; parts.length < 4 && (index === first || text.isTight(index - 1)); index++) {
    if (text.isNameLike(index)) break;
    const own = text.key(index).split("-");
    if (!own.every((part) => part === "oh" || part === "o" || parseSmallNumber(part) !== undefined)) break;
    for (const part of own) {
      parts.push(part);
      ends.push(index);
    }
  }
  const hour = parseSmallNumber(parts[0] ?? "");
  if (hour === undefined || !isHour(hour) || ends[0] === undefined) return undefined;
  const finish = (used: number, minute: number | undefined): ClockTime | undefined => {
    const last = ends[used - 1];
    if (last === undefined || ends[used] === last) return undefined;
    return {
      count: last - first + 1,
      hour,
      minute,
      form: minute === undefined ? "hour" : "words",
      meridiem: undefined,
    };
  };
  const second = parts[1] ?? "";
  const third = parts[2] ?? "";
  const unit = parseSmallNumber(third);
  const isUnit = unit !== undefined && unit > 0 && unit < 10 && !/\d/.test(third);
  if ((second === "oh" || second === "o") && isUnit) return finish(3, unit);
  const minute = parseSmallNumber(second);
  if (minute === undefined || minute < 10 || minute > 59) return finish(1, undefined);
  if (!/\d/.test(second) && minute >= 20 && minute % 10 === 0 && isUnit) return finish(3, minute + unit);
  return finish(2, minute);
}

const readTime = (text: StyleText, first: number): ClockTime | undefined =>
  readOneWord(text.key(first)) ?? readWords(text, first);

/** True if the hour alone is one of the day: "before eight in the morning". */
const isHourOfDay = (text: StyleText, first: number, last: number): boolean =>
  isDayPart(text, last) &&
  ["at", "before", "after", "until", "till", "by", "from", "around", "about", "past", "between", "to"].includes(
    text.preceding(first),
  );

function isTime(text: StyleText, first: number, time: ClockTime): boolean {
  const last = first + time.count - 1;
  if (time.form === "clock") return true;
  if (touchesNumber(text, first, last)) return false;
  if (time.form === "hour") return isHourOfDay(text, first, last);
  if (isDayPart(text, last)) return true;
  const cue = readTimeCue(text, first, last);
  if (cue.isCertain) return true;
  const day = findDay(text, last);
  if (time.form === "words") return cue.hasPreposition || day !== undefined;
  // "658 on Friday" may be a count; "730 on weekdays" is none.
  const isRound = (time.minute ?? 1) % 5 === 0;
  const isPlaced = cue.hasPreposition || ["is", "it's"].includes(text.preceding(first));
  return (day === "such days" && isRound) || (day === "a day" && isPlaced);
}

const format = ({ hour, minute }: ClockTime): string =>
  minute === undefined ? `${hour}` : `${hour}:${String(minute).padStart(2, "0")}`;

/** "From eight to five p.m.": the time before, of which the half of the day is said only once. */
function readRangeStart(
  text: StyleText,
  joint: number,
): { readonly first: number; readonly time: ClockTime } | undefined {
  if (!["to", "until", "till", "through", "and", "or"].includes(text.key(joint))) return undefined;
  for (const count of [1, 2, 3]) {
    const first = joint - count;
    const time = first < 0 ? undefined : readWords(text, first);
    if (time?.count === count && text.areTight(first, count + 2) && !touchesNumber(text, first, joint - 1))
      return { first, time };
  }
  return undefined;
}

/** A time with its meridiem, or "o'clock". */
function findWithHalf(
  text: StyleText,
  first: number,
  time: ClockTime,
  times: HouseStyle["times"],
): readonly Replacement[] {
  const last = first + time.count - 1;
  const start = readRangeStart(text, first - 1);
  const range = start === undefined ? [] : [text.replace(start.first, start.time.count, [format(start.time)])];
  if (time.meridiem !== undefined) {
    const { core = "", lead = "" } = text.tokens[last] ?? {};
    const short = /\.m$/i.test(core) ? core : "";
    const half = writeFused(text, last, time.meridiem, times, short !== "");
    return [...range, { first, count: time.count, texts: [lead + format(time), half] }];
  }
  const half = text.isTight(last) ? findMeridiem(text, last + 1) : undefined;
  if (half !== undefined) {
    if (start === undefined && touchesNumber(text, first, last)) return [];
    const written = [(text.tokens[first]?.lead ?? "") + format(time), writeMeridiem(text, last + 1, half, times)];
    return [...range, { first, count: time.count + 1, texts: written }];
  }
  if (text.following(last) === "o'clock" && time.minute === undefined && !touchesNumber(text, first, last))
    return [...range, text.replace(first, time.count, [format(time)])];
  return [];
}

/** The meridiem of a time that was one word with it. */
function writeFused(
  text: StyleText,
  at: number,
  half: Meridiem,
  times: HouseStyle["times"],
  isDotted: boolean,
): string {
  const tail = text.tokens[at]?.tail ?? "";
  if (times === "p.m.") return `${half}.m.${tail.replace(/^\./, "")}`;
  const next = text.tokens[at + 1];
  const keepsTail = !isDotted || next === undefined || next.isCapital;
  return (times === "PM" ? `${half}m`.toUpperCase() : `${half}m`) + (keepsTail ? tail : tail.replace(/^\./, ""));
}

/** Finds times that are certain; numbers that may be something else stay as they were recognized. */
export function findTimes(text: StyleText, { times }: HouseStyle): readonly Replacement[] {
  if (times === "as-heard") return [];
  const found: Replacement[] = [];
  for (let index = 0; index < text.tokens.length; index++) {
    const time = readTime(text, index);
    if (time === undefined || !text.areTight(index, time.count)) continue;
    const withHalf = findWithHalf(text, index, time, times);
    const own =
      withHalf.length > 0 || !isTime(text, index, time) ? withHalf : [text.replace(index, time.count, [format(time)])];
    append(found, own);
    if (own.length > 0) index += time.count - 1;
  }
  return found;
}
