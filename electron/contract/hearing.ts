/** What can be asked for when a part of a meeting is heard again: the same for screens, command line and jobs. */
import { z } from "zod";

/** A recording is at most two days long. */
const ms = z.number().int().min(0).max(172_800_000);

export const hearingSpanFields = { startMs: ms, endMs: ms };

export const hearingOptionFields = {
  /** Name or absolute path of a model; absent: the one that the meeting was transcribed with. */
  model: z.string().min(1).max(1_000).optional(),
  /** Language that is spoken there, or `auto`; absent: the one that was spoken there before. */
  language: z
    .string()
    .regex(/^(auto|[a-z]{2,3})$/)
    .optional(),
  /** Translate what is said into English; absent: as before. */
  translate: z.boolean().optional(),
  /** Follow more hypotheses and try more ways: slower. */
  careful: z.boolean().optional(),
};
