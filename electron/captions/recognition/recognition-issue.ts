/** What is suspicious about recognised words, for the editor to look at. */
import { z } from "zod";
import type { TimeSpan } from "../time/span.ts";

/**
 * loop: the same words again and again · filler: what recognisers write when nobody speaks · rate: faster than
 * anybody speaks · empty: speech and no words · unsure: the recogniser itself does not believe it.
 */
export const doubtReasons = ["loop", "filler", "rate", "empty", "unsure"] as const;
export type DoubtReason = (typeof doubtReasons)[number];

export const doubtSchema = z.object({
  reason: z.enum(doubtReasons),
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().nonnegative(),
  /** In a person's words: what was seen, with its figure. */
  detail: z.string(),
});

export interface Doubt extends TimeSpan {
  readonly reason: DoubtReason;
  readonly detail: string;
}
