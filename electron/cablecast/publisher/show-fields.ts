/** The fields of a show that Archivist fills, and how they differ. Pure. */
import type { Show } from "../client/records.ts";
import type { Publication } from "./publication.ts";

export interface FieldChange {
  readonly field: "cgTitle" | "comments" | "category" | "producer" | "project" | "eventDate";
  readonly before: unknown;
  readonly after: unknown;
}

/** What somebody has written on the server stays: only empty fields are filled, and those that Archivist filled before. */
export function fieldChanges(
  show: Show,
  publication: Publication,
  filledBefore: ReadonlyMap<string, unknown> = new Map(),
): readonly FieldChange[] {
  const wanted: readonly (readonly [FieldChange["field"], unknown])[] = [
    ["cgTitle", publication.publicTitle],
    ["comments", publication.description],
    ["category", publication.category],
    ["producer", publication.producer],
    ["project", publication.project],
    ["eventDate", `${publication.date}T00:00:00`],
  ];
  return wanted.flatMap(([field, after]) => {
    const before = show[field];
    const isEmpty = before === null || before === undefined || before === "";
    const isOurs = filledBefore.has(field) && filledBefore.get(field) === before;
    return after !== null && after !== "" && after !== before && (isEmpty || isOurs) ? [{ field, before, after }] : [];
  });
}
