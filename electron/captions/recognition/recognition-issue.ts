/** Issues found in recognized words, for review in the editor. */
import { z } from "zod";
import type { TimeSpan } from "../time/span.ts";

/**
 * loop: the same words again and again · filler: what recognizers write during silence · rate: faster than anyone
 * speaks · empty: speech without words, or with far too few of them · unpunctuated: a run of words without a stop, a comma
 * or a capital, which is how a model writes what it no longer follows · unsure: low confidence of the recognizer.
 */
export const recognitionIssueReasons = ["loop", "filler", "rate", "empty", "unpunctuated", "unsure"] as const;
export type RecognitionIssueReason = (typeof recognitionIssueReasons)[number];

export const recognitionIssueSchema = z.object({
  reason: z.enum(recognitionIssueReasons),
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().nonnegative(),
  /** Human-readable description of what was found, with its figure. */
  detail: z.string(),
});

export interface RecognitionIssue extends TimeSpan {
  readonly reason: RecognitionIssueReason;
  readonly detail: string;
}
