/** What says that digits or words are a time of day: "adjourned at", "it is … on Tuesday", "in the morning". */
import { isNumberWord } from "../numbers.ts";
import type { StyleText } from "../token.ts";

/** What a meeting does at a time; nothing is counted, bought or addressed with these words. */
const meetingVerbs = new Set(
  (
    "adjourn adjourns adjourned adjourning adjournment recess recesses recessed reconvene reconvenes reconvened " +
    "convene convenes convened convening order"
  ).split(" "),
);
/** These do so where a meeting is spoken of. */
const openingVerbs = new Set(
  (
    "open opens opened opening close closes closed closing begin begins began beginning start starts started starting " +
    "end ends ended ending resume resumes resumed return returned back meet meets"
  ).split(" "),
);
const meetingNouns = new Set("meeting hearing session workshop council recess comment business".split(" "));

/** What is sold, valued or found at a number is at no time. */
const priceVerbs = new Set(
  (
    "sold sell sells priced price valued value assessed assess cost costs bid bids capped rate interest stands sits " +
    "located live lives lived living reside resides house home property building address parcel lot apartment suite " +
    "room route highway speed"
  ).split(" "),
);

/** After a time another clause begins with these; everything else may be what was counted. */
const followers = new Set(
  (
    "on this that tonight today tomorrow in and but or for with so to until till through because as while if when then " +
    "sharp the we i you it there everyone everybody by here now please thank council"
  ).split(" "),
);

const weekday = /^(mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?)$/;
const weekdays = /^(weekdays?|weekends?|weeknights?|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays)$/;

/** Words before a time. */
const prepositions = new Set("at by before after until till around about past".split(" "));

/** Whether a time ends with a word: a clause ends, or another one begins that nothing is counted in. */
export function endsClause(text: StyleText, last: number): boolean {
  if (!text.isTight(last)) return true;
  const next = text.key(last + 1);
  return followers.has(next) || weekday.test(next) || next === "o'clock";
}

/** "In the morning", "at night", as said after a time. */
export function isDayPart(text: StyleText, last: number): boolean {
  if (!text.areTight(last, 3)) return false;
  const [one, two, three] = [text.key(last + 1), text.key(last + 2), text.key(last + 3)];
  if (one === "at" && two === "night") return true;
  return one === "in" && two === "the" && text.isTight(last + 2) && /^(morning|afternoon|evening)$/.test(three);
}

/** A day on which something is at a time: "on Tuesday", "on weekdays", "tonight". */
export function findDay(text: StyleText, last: number): "a day" | "such days" | undefined {
  const next = text.following(last);
  const day = next === "on" ? text.following(last + 1) : next;
  if (weekdays.test(day)) return "such days";
  if (weekday.test(day) || next === "tonight" || next === "tomorrow") return "a day";
  return undefined;
}

/** Looks at the words before a place, nearest first, down to a number of them. */
function hasBefore(text: StyleText, first: number, count: number, isFound: (key: string) => boolean): boolean {
  for (let index = first - 1; index >= Math.max(0, first - count); index--) {
    if (text.tokens[index]?.breaksAfter === true && index < first - 1) return false;
    if (isFound(text.key(index))) return true;
  }
  return false;
}

const inSentence = (text: StyleText, first: number, count: number): readonly string[] => {
  const { sentence } = text.tokens[first] ?? {};
  return text.tokens
    .slice(Math.max(0, first - count), first)
    .filter((token) => token.sentence === sentence)
    .map(({ key }) => key);
};

/** What the words around a time say of it, of the weakest ones that are enough for words as "six thirty". */
export interface TimeCue {
  /** A meeting is opened or closed at it, or it is said to be the time. */
  readonly isCertain: boolean;
  /** "At", "before", "until" stand before it. */
  readonly hasPreposition: boolean;
}

/** @param first first word of what may be a time @param last its last word */
export function readTimeCue(text: StyleText, first: number, last: number): TimeCue {
  const before = text.preceding(first);
  const sentence = inSentence(text, first, 12);
  const isPriced = sentence.slice(-5).some((key) => priceVerbs.has(key));
  const isAt = before === "at" || before === "until" || before === "by";
  const opens = sentence.some((key) => openingVerbs.has(key)) && sentence.some((key) => meetingNouns.has(key));
  const meets = sentence.some((key) => meetingVerbs.has(key));
  const isThere = ["is", "it's", "now", "was"].includes(before);
  const saysTime = isThere && sentence.slice(-4).includes("time");
  // "I call this meeting to order. It is six thirty."
  const isOpened = isThere && hasBefore(text, first, 14, (key) => meetingVerbs.has(key));
  const isClear = !isPriced && endsClause(text, last);
  return {
    isCertain:
      isClear && ((isAt && (opens || meets)) || saysTime || isOpened || (before === "at" && meetsLater(text, last))),
    hasPreposition: prepositions.has(before) && isClear,
  };
}

/** "At 6:58 the meeting was adjourned." */
function meetsLater(text: StyleText, last: number): boolean {
  const { sentence } = text.tokens[last] ?? {};
  return text.tokens
    .slice(last + 1, last + 11)
    .some((token) => token.sentence === sentence && meetingVerbs.has(token.key));
}

/** True if a number stands right before or after, so that it is not the time alone. */
export function touchesNumber(text: StyleText, first: number, last: number): boolean {
  return isNumberWord(text.preceding(first)) || isNumberWord(text.following(last)) || text.preceding(first) === "point";
}
