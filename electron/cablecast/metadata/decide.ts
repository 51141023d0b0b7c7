/** Decides which side's value of a metadata field is kept. Pure. */
import type { FieldValue } from "../../catalog/repositories/cablecast-metadata.ts";
import type { MetadataRule } from "../../contract/settings/cablecast.ts";

export interface BothSides {
  /** The value when both sides last agreed; undefined when they never did. */
  readonly base: FieldValue | undefined;
  readonly ours: FieldValue;
  /** When our value last changed, ISO 8601. */
  readonly oursDate: string;
  readonly theirs: FieldValue;
  /** When the server's value last changed, as far as that is known. */
  readonly theirsDate: string | null;
}

/**
 * same: nothing to do; push: send our value to the server; pull: take the server's value; ask: a person has to decide.
 */
export type Decision = "same" | "push" | "pull" | "ask";

export const isNothing = (value: FieldValue | undefined): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** Compares two values: all forms of empty are equal, and the order of lists does not matter. */
export function isSameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  const normal = (value: FieldValue | undefined): string =>
    JSON.stringify(Array.isArray(value) ? value.map(String).toSorted() : String(value));
  return normal(a) === normal(b);
}

/**
 * Decides what to do with a field. Where only one side has changed since both agreed, that change is kept, unless the
 * rule names a master (`ours`, `theirs`). Where both have changed, the rule decides. Our empty value never replaces a
 * value: a city without a mapping is no reason to empty a field that was filled in on the server.
 */
export function decide(rule: MetadataRule, { base, ours, oursDate, theirs, theirsDate }: BothSides): Decision {
  if (isSameValue(ours, theirs)) return "same";
  if (isNothing(ours)) return "pull";
  const [weChanged, theyChanged] = [!isSameValue(base, ours), !isSameValue(base, theirs)];
  if (base === undefined) return isNothing(theirs) ? "push" : byRule(rule, oursDate, theirsDate);
  if (weChanged && theyChanged) return byRule(rule, oursDate, theirsDate);
  if (theyChanged) return rule === "ours" ? "push" : "pull";
  return rule === "theirs" && !isNothing(theirs) ? "pull" : "push";
}

function byRule(rule: MetadataRule, oursDate: string, theirsDate: string | null): Decision {
  if (rule === "ours") return "push";
  if (rule === "theirs") return "pull";
  if (rule === "ask" || theirsDate === null) return "ask";
  const [own, other] = [Date.parse(oursDate), Date.parse(theirsDate)];
  if (Number.isNaN(own) || Number.isNaN(other)) return "ask";
  return own > other ? "push" : "pull";
}
