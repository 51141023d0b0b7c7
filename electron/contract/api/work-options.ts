/** What people ask for when they start recordings, one by one or as a batch. */
import { z } from "zod";
import { houseStyleTextSchema } from "../../captions/house-style/style.ts";
import { outputFormatSchema } from "../formats.ts";
import { languageCodeSchema } from "../languages.ts";
import { soundTextSchema } from "../sound.ts";
import { dateSchema, idSchema, modelNameSchema } from "./base.ts";

/** What is made of one recording. Absent: as the settings say. */
const outputOptions = {
  formats: z.array(outputFormatSchema).min(1).optional(),
  /** Whether a summary with key phrases is made. */
  summary: z.boolean().optional(),
  /** Whether captions show who speaks. */
  speakers: z.boolean().optional(),
  /** 1 to 5, 5 is the most urgent. */
  priority: z.number().int().min(1).max(5).optional(),
};

/** For all recordings of a request. */
export const workOptionsSchema = z.strictObject({
  model: modelNameSchema.optional(),
  language: z.union([z.literal("auto"), languageCodeSchema]).optional(),
  target: z.enum(["transcribed", "enriched", "published"]).optional(),
  /** Do it anew even if it has been done. */
  force: z.boolean().optional(),
  /** Jobs that must have completed before these start. */
  after: z.array(idSchema).max(100).optional(),
  ...outputOptions,
});
export type WorkOptions = z.infer<typeof workOptionsSchema>;

/**
 * A recording, and what holds for it alone. Of its details, null means that there is none, and absent that place and name
 * of the file tell; the other fields override the options of the request.
 */
export const recordingOptionsSchema = z.strictObject({
  path: z.string().min(1),
  city: z.string().nullable().optional(),
  date: dateSchema.nullable().optional(),
  type: z.string().max(200).nullable().optional(),
  title: z.string().max(500).nullable().optional(),
  sound: soundTextSchema.optional(),
  style: houseStyleTextSchema.optional(),
  ...outputOptions,
});
export type RecordingOptions = z.infer<typeof recordingOptionsSchema>;
