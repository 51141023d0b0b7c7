/** Intake: checking and uploading recordings before their jobs are submitted. */
import { z } from "zod";
import { houseStyleTextSchema } from "../../captions/house-style/style.ts";
import { outputFormatSchema } from "../formats.ts";
import { soundTextSchema } from "../sound.ts";
import { dateSchema, doneSchema, forOperators, forUsers, idSchema, problemSchema } from "./base.ts";

/** A file before it is put into the queue: its data, the proposed metadata, or the problem with it. */
export const candidateSchema = z.object({
  path: z.string(),
  filename: z.string(),
  bytes: z.number(),
  /** The problem with it; null: none. */
  problem: problemSchema.nullable(),
  /** Milliseconds; null: unknown. */
  durationMs: z.number().nullable(),
  picture: z.string().nullable(),
  sound: z.string().nullable(),
  /** Its sounds, in order, with the number of channels of each: for choosing one. */
  sounds: z.array(z.object({ label: z.string(), channels: z.number().int() })),
  /** The sound to use; null: the city's, or the one with speech. */
  soundChoice: soundTextSchema.nullable(),
  city: z.string().nullable(),
  date: dateSchema.nullable(),
  type: z.string().nullable(),
  title: z.string(),
  /** It is already in the queue. */
  isQueued: z.boolean(),
  /** It has already been transcribed. */
  isDone: z.boolean(),
});
export type IntakeCandidate = z.infer<typeof candidateSchema>;

/** Details of a recording. Null: there is none; absent: found by the place and the name of the file. */
const recordingOptionsSchema = z.object({
  path: z.string().min(1),
  city: z.string().nullable().optional(),
  date: dateSchema.nullable().optional(),
  type: z.string().max(200).nullable().optional(),
  title: z.string().max(500).nullable().optional(),
  sound: soundTextSchema.optional(),
  style: houseStyleTextSchema.optional(),
});

const optionsSchema = z.object({
  model: z.string().min(1).optional(),
  language: z.string().min(1).optional(),
  formats: z.array(outputFormatSchema).min(1).optional(),
  priority: z.number().int().min(1).max(5).optional(),
  target: z.enum(["transcribed", "enriched", "published"]).optional(),
  force: z.boolean().optional(),
});

const entrySchema = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(["folder", "recording", "other"]),
  bytes: z.number().nullable(),
});

/** Longer than any file system's limit: a long name is shortened and not refused. */
const maxFilenameLength = 4_096;

const uploadSchema = z.object({
  id: z.string(),
  /** Bytes received; the next segment begins here. */
  received: z.number(),
  bytes: z.number(),
  /** Path of the complete file; null before. */
  path: z.string().nullable(),
});

const tag = { tags: ["intake"] };

export const intake = {
  /** Checks files of this machine and its shares. A folder stands for the recordings in it. */
  look: forOperators
    .route({ method: "POST", path: "/api/intake/look", ...tag })
    .input(z.object({ paths: z.array(z.string().min(1)).min(1).max(500) }))
    .output(z.array(candidateSchema)),
  start: forOperators
    .route({ method: "POST", path: "/api/intake/start", ...tag })
    .input(
      z.object({ recordings: z.array(recordingOptionsSchema).min(1).max(500), options: optionsSchema.default({}) }),
    )
    .output(
      z.array(
        z.object({
          path: z.string(),
          jobId: z.string().nullable(),
          isNew: z.boolean(),
          problem: problemSchema.nullable(),
        }),
      ),
    ),
  /** The available choices. */
  choices: forUsers.route({ method: "GET", path: "/api/intake/choices", ...tag }).output(
    z.object({
      cities: z.array(z.string()),
      models: z.array(z.object({ name: z.string(), note: z.string() })),
      formats: z.array(outputFormatSchema),
      defaults: z.object({ model: z.string(), language: z.string(), formats: z.array(outputFormatSchema) }),
      shares: z.array(z.object({ label: z.string(), path: z.string() })),
      /** Path of the sample meeting; null when there is none. */
      sample: z.string().nullable(),
    }),
  ),
  /** Lists a folder of a share. */
  browse: forUsers
    .route({ method: "POST", path: "/api/intake/browse", ...tag })
    .input(z.object({ path: z.string().nullable() }))
    .output(z.object({ path: z.string().nullable(), entries: z.array(entrySchema), isCut: z.boolean() })),
  /** Begins the upload of a file, in segments; an upload of the same file resumes where it stopped. */
  beginUpload: forOperators
    .route({ method: "POST", path: "/api/uploads", ...tag })
    .input(
      z.object({
        filename: z.string().min(1).max(maxFilenameLength),
        bytes: z.number().int().min(0),
        modifiedMs: z.number().int(),
      }),
    )
    .output(uploadSchema),
  uploadState: forOperators
    .route({ method: "GET", path: "/api/uploads/{id}", ...tag })
    .input(z.object({ id: idSchema }))
    .output(uploadSchema),
  dropUpload: forOperators
    .route({ method: "DELETE", path: "/api/uploads/{id}", ...tag })
    .input(z.object({ id: idSchema }))
    .output(doneSchema),
};
