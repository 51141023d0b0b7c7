/** Payload of the job that hears a part of a meeting again. */
import { z } from "zod";
import { hearingOptionFields, hearingSpanFields } from "../../contract/hearing.ts";

export const hearAgainPayloadSchema = z.strictObject({
  transcriptionId: z.string().min(1),
  ...hearingSpanFields,
  ...hearingOptionFields,
  /** Who has asked for it; absent: somebody at the command line. */
  by: z.string().min(1).max(100).optional(),
  /** Make the captions a version and write its files, where nobody has begun to correct them. */
  makesVersion: z.boolean().default(false),
});
export type HearAgainPayload = z.infer<typeof hearAgainPayloadSchema>;
