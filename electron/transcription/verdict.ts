/** Whether captions may go on their way, or a person has to look at them first. */
import type { Issue } from "../captions/quality/issue.ts";

export function errorCount(issues: readonly Issue[]): number {
  return issues.filter(({ severity }) => severity === "error").length;
}

/**
 * What keeps captions from being published, in words; nothing when they may be.
 * @param score of the checks, 0 to 1
 * @param passScore what must be reached
 */
export function listReviewReasons(issues: readonly Issue[], score: number, passScore: number): readonly string[] {
  const errors = errorCount(issues);
  return [
    ...(errors === 0 ? [] : [`${errors} ${errors === 1 ? "error" : "errors"}`]),
    ...(score >= passScore ? [] : [`the score is below ${passScore}`]),
  ];
}
