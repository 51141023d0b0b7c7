/** Which side's value of a field holds. Pure. */
import type { FieldValue } from "../../catalog/repositories/cablecast-metadata.ts";
import type { MetadataRule } from "../../contract/settings/cablecast.ts";

export interface BothSides {
  /** What both said when they last agreed; undefined: they never did. */
  readonly base: FieldValue | undefined;
  readonly ours: FieldValue;
  /** When ours became what it is, ISO 8601. */
  readonly oursDate: string;
  readonly theirs: FieldValue;
  /** When theirs became what it is, as far as that is known. */
  readonly theirsDate: string | null;
}

/** same: nothing to do; push: ours goes to the server; pull: theirs is taken over; ask: somebody has to decide. */
export type Decision = "same" | "push" | "pull" | "ask";

export const isNothing = (value: FieldValue | undefined): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** Nothing is nothing, however it is written; lists are the same in any order. */
export function isSameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  const normal = (value: FieldValue | undefined): string =>
    JSON.stringify(Array.isArray(value) ? value.map(String).toSorted() : String(value));
  return normal(a) === normal(b);
}

/**
 * Where only one side has changed since both agreed, that change holds, unless the rule names a master (`ours`,
 * `theirs`). Where both have, the rule decides. A value is never replaced by nothing of ours: that a city has no mapping
 * is no reason to empty a field that somebody has filled.
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
