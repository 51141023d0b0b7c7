/** Labels that count from the start of a tape rather than of the program. */
import { createIssue, type Issue } from "../quality/issue.ts";

/** A first caption later than this in its hour says nothing about where the program begins. */
const soonMinutes = 2;

/**
 * The report that a program starts at 01:00:00, which most mastering houses do; undefined where the first label is not
 * soon after it.
 */
export function findProgramStart(
  first: { readonly hours: number; readonly minutes: number } | undefined,
): Issue | undefined {
  if (first === undefined || first.hours !== 1 || first.minutes >= soonMinutes) return undefined;
  return createIssue("start", "the file begins shortly after 01:00:00, so that is taken for the start of the program");
}
