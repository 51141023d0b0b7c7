/** What is suspicious about recognised words, for the editor to look at. */
import { z } from "zod";
import type { TimeSpan } from "../time/span.ts";

/**
 * loop: the same words again and again · filler: what recognisers write when nobody speaks · rate: faster than
 * anybody speaks · empty: speech and no words · unsure: the recogniser itself does not believe it.
 */
export const recognitionIssueReasons = ["loop", "filler", "rate", "empty", "unsure"] as const;
export type RecognitionIssueReason = (typeof recognitionIssueReasons)[number];

export const recognitionIssueSchema = z.object({
  reason: z.enum(recognitionIssueReasons),
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().nonnegative(),
  /** In a person's words: what was seen, with its figure. */
  detail: z.string(),
});

export interface RecognitionIssue extends TimeSpan {
  readonly reason: RecognitionIssueReason;
  readonly detail: string;
}
