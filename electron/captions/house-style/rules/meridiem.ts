/** "a.m." and "p.m." after a time, in every way that they are recognized. */
import type { HouseStyle } from "../style.ts";
import type { StyleText } from "../token.ts";

export type Meridiem = "a" | "p";

/** The half of the day that a word says; undefined: none. */
export function findMeridiem(text: StyleText, at: number): Meridiem | undefined {
  const token = text.tokens[at];
  if (token === undefined || !/^[ap]\.?m$/.test(token.key)) return undefined;
  // "At 6 am I the only one?"
  if (token.core === "am" && token.tail === "" && /^(i|we|you)$/.test(text.following(at))) return undefined;
  return token.key.startsWith("a") ? "a" : "p";
}

/** A meridiem written as the city does, with the punctuation that its word had. */
export function writeMeridiem(text: StyleText, at: number, half: Meridiem, times: HouseStyle["times"]): string {
  const tail = text.tokens[at]?.tail ?? "";
  const next = text.tokens[at + 1];
  if (times === "p.m.") return `${half}.m.${tail.replace(/^\./, "")}`;
  const wasDotted = text.tokens[at]?.core.includes(".") === true && tail.startsWith(".");
  const endsSentence = next === undefined || next.isCapital || next.beginsSentence;
  const short = times === "PM" ? `${half}m`.toUpperCase() : `${half}m`;
  return short + (wasDotted && !endsSentence ? tail.slice(1) : tail);
}
