/** Facts of a meeting, and a change of them, give new facts and what the log says. Pure. */
import type { StoredFacts } from "../catalog/repositories/meeting-facts.ts";
import type { ChangedField, FactChanges, MeetingFactName } from "../contract/meeting-facts.ts";
import { meetingFactNames } from "../contract/meeting-facts.ts";
import { toComposed } from "../platform/names.ts";

export interface ChangedFacts {
  readonly facts: StoredFacts;
  /** What differs, in the order of the facts. */
  readonly fields: readonly ChangedField[];
}

/** @param nameTitle the title that the name of the file says */
export function applyChanges(before: StoredFacts, changes: FactChanges, nameTitle: string): ChangedFacts {
  const set = new Set(before.set);
  const mark = (name: MeetingFactName, isSet: boolean): void => void (isSet ? set.add(name) : set.delete(name));
  const { title, date, type, city, description, people } = changes;
  const tags = changeTags(before.tags, changes);
  if (title !== undefined) mark("title", title !== null);
  if (description !== undefined) mark("description", description !== null);
  if (tags !== undefined) mark("tags", changes.tags !== null || tags.length > 0);
  // Of these, none is an answer: what the name of the file says no longer counts.
  if (date !== undefined) mark("date", true);
  if (type !== undefined) mark("type", true);
  if (city !== undefined) mark("city", true);
  if (people !== undefined) mark("people", true);
  const facts: StoredFacts = {
    ...before,
    ...(title === undefined ? {} : { title: title === null ? nameTitle : toComposed(title) }),
    ...(date === undefined ? {} : { date }),
    ...(type === undefined ? {} : { type }),
    ...(city === undefined ? {} : { city }),
    ...(description === undefined ? {} : { description }),
    ...(tags === undefined ? {} : { tags }),
    ...(people === undefined ? {} : { people }),
    set,
  };
  return { facts, fields: listDifferences(before, facts) };
}

/** @returns undefined: they stay */
function changeTags(
  before: readonly string[],
  { tags, addTags, removeTags }: FactChanges,
): readonly string[] | undefined {
  if (tags === undefined && addTags === undefined && removeTags === undefined) return undefined;
  const key = (tag: string): string => toComposed(tag).toLowerCase();
  const removed = new Set((removeTags ?? []).map(key));
  const all = [...(tags === undefined ? before : (tags ?? [])), ...(addTags ?? [])];
  const kept = new Map<string, string>();
  for (const tag of all) if (!removed.has(key(tag)) && !kept.has(key(tag))) kept.set(key(tag), toComposed(tag));
  return [...kept.values()];
}

function listDifferences(before: StoredFacts, after: StoredFacts): readonly ChangedField[] {
  return meetingFactNames.flatMap((field) => {
    const [old, now] = [toText(before, field), toText(after, field)];
    // Saying that there is none, where nothing was known, changes what publishing may assume.
    const isNewlySet = field !== "people" && field !== "tags" && before.set.has(field) !== after.set.has(field);
    return old === now && !isNewlySet ? [] : [{ field, before: old, after: now }];
  });
}

function toText(facts: StoredFacts, field: MeetingFactName): string | null {
  const value = facts[field];
  if (value === null || typeof value === "string") return value;
  return value.length === 0 ? null : value.join(", ");
}
