/** Decides where the output files of a recording on a share go. Pure. */
import { join } from "node:path";
import { safeName } from "../platform/file-name.ts";
import { toComposed } from "../platform/names.ts";

export interface OutputPlaceFacts {
  /** Path of the recording's share. */
  readonly share: string;
  readonly city: string | undefined;
  /** Date of the meeting, `2026-03-02`; undefined: not known. */
  readonly date: string | undefined;
  readonly type: string | undefined;
  readonly title: string;
}

/** What stands in a folder's name where a date would be. */
const noDate = "undated";

/** `City Council, regular` → `city-council-regular`: characters that every server and browser accepts. */
export function toSlug(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return safeName(plain.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "")) || "recording";
}

/**
 * Fills in a folder pattern.
 * @param pattern may contain {share}, {city}, {year}, {month}, {date}, {type}, {title} and {slug}; other text stays
 * @returns An absolute path, if the pattern begins with {share} or is absolute itself
 */
export function outputPlace(pattern: string, facts: OutputPlaceFacts): string {
  const { share, city, date, type, title } = facts;
  const values: Readonly<Record<string, string>> = {
    city: safeName(city ?? "unknown city"),
    year: date?.slice(0, 4) ?? noDate,
    month: date?.slice(5, 7) ?? noDate,
    date: date ?? noDate,
    type: safeName(type ?? "meeting"),
    title: safeName(title),
    slug: toSlug(title),
  };
  const parts = pattern
    .split(/[\\/]/)
    .map((part) => toComposed(part.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)));
  const [first = "", ...rest] = parts;
  return first === "{share}" ? join(share, ...rest) : join(parts.join("/"));
}
