/** Payload of a `process` job, and the overrides that recoveries may set. */
import { z } from "zod";
import { houseStyleTextSchema } from "../captions/house-style/style.ts";
import { captionProfileNameSchema, speakerLabels } from "../captions/quality/caption-profile.ts";
import { outputFormatSchema } from "../contract/formats.ts";
import { targetStages } from "../contract/jobs.ts";
import { soundTextSchema } from "../contract/sound.ts";

export const processPayloadSchema = z.strictObject({
  /** Absolute path of the recording. */
  path: z.string().min(1),
  target: z.enum(targetStages).default("enriched"),
  /** Name or absolute path of a model, or `auto`. */
  model: z.string().min(1),
  language: z.string().min(1),
  translate: z.boolean().default(false),
  otherLanguages: z.array(z.string().min(1)).optional(),
  translatesOthers: z.boolean().optional(),
  /** Name of the glossary. */
  glossary: z.string().optional(),
  profile: captionProfileNameSchema.optional(),
  speakerLabels: z.enum(speakerLabels).optional(),
  style: houseStyleTextSchema.optional(),
  formats: z.array(outputFormatSchema).min(1),
  /** Whether a summary is made; absent: as it was before, or as the settings say. */
  summary: z.boolean().optional(),
  /** Absolute output folder, as requested. */
  out: z.string().optional(),
  /** Which sound of the recording is used. */
  sound: soundTextSchema.optional(),
  /** Output folder that a pattern names, absolute or in the output folder. */
  place: z.string().optional(),
  /** Known meeting details. */
  meeting: z
    .strictObject({
      date: z.string().nullable().optional(),
      type: z.string().nullable().optional(),
      title: z.string().nullable().optional(),
    })
    .optional(),
  force: z.boolean().default(false),
  /** The parts that the recording was joined of, in order. */
  parts: z
    .array(
      z.strictObject({
        transcriptionId: z.string().min(1),
        /** Where it begins in the recording, and how long it is, in milliseconds. */
        startMs: z.number().int().nonnegative(),
        lengthMs: z.number().int().positive(),
      }),
    )
    .optional(),
  /** Id of the transcription of a worse copy, whose captions are carried over. */
  replaces: z.string().min(1).optional(),
  /** Who has asked for that. */
  by: z.string().optional(),
  /** Id of the file that the scanner found (a row of `share_files`). */
  shareFileId: z.number().int().optional(),
});
/** A part that a recording was joined of. */
export type RecordingPart = NonNullable<z.infer<typeof processPayloadSchema>["parts"]>[number];
export type ProcessPayload = z.infer<typeof processPayloadSchema>;

/** Remedies that recovery may try on a job, each at most once. */
export const remedyNames = [
  "found elsewhere",
  "permissions",
  "fewer threads",
  "smaller model",
  "mended copy",
  "more time",
] as const;
export type RemedyName = (typeof remedyNames)[number];

export const overridesSchema = z.object({
  path: z.string().optional(),
  /** A repaired copy that is read instead of the recording. */
  source: z.string().optional(),
  model: z.string().optional(),
  threads: z.number().int().positive().optional(),
  tried: z.array(z.enum(remedyNames)).default([]),
});
export type Overrides = z.infer<typeof overridesSchema>;
