/** Parses the date, type and title of a meeting from the file name of a recording. Pure. */
import { toComposed } from "../../platform/names.ts";
import { compileLinear } from "../../platform/patterns/linear-pattern.ts";

export interface NamedMeeting {
  /** `2026-03-02`; undefined when the name has no date. */
  readonly date: string | undefined;
  readonly type: string | undefined;
  readonly title: string;
}

/** Kinds of meetings that stations record; the first match wins. */
const types: readonly (readonly [type: string, words: RegExp])[] = [
  ["Work Session", /\b(work(shop| session)|study session)\b/i],
  ["Planning Commission", /\b(planning|zoning)( (and|&) zoning)?( (commission|board|committee))?\b/i],
  ["Parks Commission", /\bparks?( (and|&) rec(reation)?)?( (commission|board|advisory))\b/i],
  ["School Board", /\b(school board|board of education|isd ?\d+)\b/i],
  ["Special Meeting", /\bspecial (meeting|session)\b/i],
  ["Town Board", /\b(town|township) board\b/i],
  ["City Council", /\b(city )?council\b/i],
  ["Public Hearing", /\b(public )?hearing\b/i],
  ["Commission", /\bcommission\b/i],
];

const datePatterns: readonly (readonly [pattern: RegExp, order: "ymd" | "mdy"])[] = [
  [/(?<!\d)((?:19|20)\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)/, "ymd"],
  // American order, as the cities write dates.
  [/(?<!\d)(0?[1-9]|1[0-2])[-_. ](0?[1-9]|[12]\d|3[01])[-_. ]((?:19|20)?\d\d)(?!\d)/, "mdy"],
  [/(?<!\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])((?:19|20)\d\d)(?!\d)/, "mdy"],
];

function calendarDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  // Rejects dates such as 31 February.
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined;
}

function findDate(text: string): { readonly date: string; readonly found: string } | undefined {
  for (const [pattern, order] of datePatterns) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const [found, ...parts] = match;
    const [a = 0, b = 0, c = 0] = parts.map(Number);
    const [year, month, day] = order === "ymd" ? [a, b, c] : [c, a, b];
    const date = calendarDate(year < 100 ? 2000 + year : year, month, day);
    if (date !== undefined) return { date, found };
  }
  return undefined;
}

const tidy = (text: string): string =>
  text
    .replace(/[_]+/g, " ")
    .replace(/\s+/g, " ")
    .replace(/^[\s\-–.,]+|[\s\-–.,]+$/g, "");

/**
 * Parses the name of a file.
 * @param fileName without folders
 * @param patterns a city's own regular expressions with the groups date, type and title; the first match counts, and
 *   the default rules find what it does not name
 */
export function readFileName(fileName: string, patterns: readonly string[] = []): NamedMeeting {
  const base = toComposed(fileName).replace(/\.[a-z0-9]{1,5}$/i, "");
  const own = ownGroups(base, patterns);
  const found = findDate(own.date ?? base);
  const spaced = base.replaceAll(/[_-]+/g, " ");
  const type = own.type ?? types.find(([, words]) => words.test(spaced))?.[0];
  const rest = tidy(found === undefined ? base : base.replace(found.found, " "));
  return {
    date: found?.date,
    type: type === undefined ? undefined : tidy(type),
    title: own.title ? tidy(own.title) : rest || base,
  };
}

function ownGroups(base: string, patterns: readonly string[]): Partial<Record<"date" | "type" | "title", string>> {
  for (const pattern of patterns) {
    const groups = compileLinear(toComposed(pattern)).findGroups(base);
    if (groups !== undefined) return groups;
  }
  return {};
}
