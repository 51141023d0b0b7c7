/** Decides whether captions may be published or need a review. */
import type { Issue } from "../captions/quality/issue.ts";

export function errorCount(issues: readonly Issue[]): number {
  return issues.filter(({ severity }) => severity === "error").length;
}

/**
 * The reasons why captions need a review, as text; empty if they may be published.
 * @param score quality score, 0 to 1
 * @param passScore minimum score
 */
export function listReviewReasons(issues: readonly Issue[], score: number, passScore: number): readonly string[] {
  const errors = errorCount(issues);
  return [
    ...(errors === 0 ? [] : [`${errors} ${errors === 1 ? "error" : "errors"}`]),
    ...(score >= passScore ? [] : [`the score is below ${passScore}`]),
  ];
}
