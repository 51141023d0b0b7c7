/** What a report says about the picture and the sound of a recording, from the stored result of the probe. */
import { z } from "zod";
import type { Catalog } from "../catalog/open.ts";
import { findMediaInfo } from "../catalog/repositories/recordings.ts";

const reportedMediaSchema = z.object({
  video: z
    .object({ codec: z.string(), width: z.number(), height: z.number(), frameRate: z.string() })
    .nullish()
    .transform((video) => video ?? undefined),
  audio: z.object({ codec: z.string(), sampleRate: z.number(), layout: z.string() }),
  audioStreamCount: z.number().int(),
});
export type ReportedMedia = Readonly<z.infer<typeof reportedMediaSchema>>;

/** Undefined: the probe's result is that of another version of Archivist, and the report does without. */
export const findReportedMedia = (catalog: Catalog, recordingId: string): ReportedMedia | undefined =>
  reportedMediaSchema.safeParse(findMediaInfo(catalog, recordingId)).data;
