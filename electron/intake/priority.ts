/** Priority of a found recording, according to the rules in the settings. Pure functions. */
import { priorities } from "../contract/jobs.ts";
import type { PriorityRule } from "../contract/settings/queue.ts";
import { isSameName, toComposed } from "../platform/names.ts";

export interface PriorityFacts {
  readonly city: string | undefined;
  readonly type: string | undefined;
  readonly fileName: string;
  /** Age of the file, in hours. */
  readonly ageHours: number;
}

/** The priority of the first matching rule, or the default priority. */
export function priorityFor(rules: readonly PriorityRule[], facts: PriorityFacts): number {
  const fitting = rules.find((rule) => {
    if (rule.city !== null && !isSameName(rule.city, facts.city)) return false;
    const text = toComposed(`${facts.type ?? ""} ${facts.fileName}`).toLowerCase();
    if (rule.type !== null && !text.includes(toComposed(rule.type).toLowerCase())) return false;
    if (rule.olderThanHours !== null && facts.ageHours < rule.olderThanHours) return false;
    return rule.newerThanHours === null || facts.ageHours <= rule.newerThanHours;
  });
  return fitting?.priority ?? priorities.default;
}
