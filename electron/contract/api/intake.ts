/** Recordings on their way in: looked at before anything is started. */
import { z } from "zod";
import { outputFormatSchema } from "../formats.ts";
import { dateSchema, doneSchema, forOperators, forUsers, idSchema, problemSchema } from "./base.ts";

/** A file before it is put into the queue: what it is, what it is proposed to be, or what is wrong with it. */
export const candidateSchema = z.object({
  path: z.string(),
  filename: z.string(),
  bytes: z.number(),
  /** What is wrong with it; null: nothing. */
  problem: problemSchema.nullable(),
  /** Milliseconds; null: not known. */
  durationMs: z.number().nullable(),
  picture: z.string().nullable(),
  sound: z.string().nullable(),
  city: z.string().nullable(),
  date: dateSchema.nullable(),
  type: z.string().nullable(),
  title: z.string(),
  /** It is in the queue already. */
  isQueued: z.boolean(),
  /** It has been transcribed already. */
  isDone: z.boolean(),
});
export type IntakeCandidate = z.infer<typeof candidateSchema>;

const recordingOptionsSchema = z.object({
  path: z.string().min(1),
  city: z.string().nullable().optional(),
  date: dateSchema.nullable().optional(),
  type: z.string().max(200).nullable().optional(),
  title: z.string().max(500).nullable().optional(),
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

const uploadSchema = z.object({
  id: z.string(),
  /** Bytes that are there; the next segment begins here. */
  received: z.number(),
  bytes: z.number(),
  /** Where the file lies once it is whole; null before. */
  path: z.string().nullable(),
});

const tag = { tags: ["intake"] };

export const intake = {
  /** Looks at files of this machine and its shares. A folder stands for the recordings in it. */
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
  /** What may be chosen. */
  choices: forUsers.route({ method: "GET", path: "/api/intake/choices", ...tag }).output(
    z.object({
      cities: z.array(z.string()),
      models: z.array(z.object({ name: z.string(), note: z.string() })),
      formats: z.array(outputFormatSchema),
      defaults: z.object({ model: z.string(), language: z.string(), formats: z.array(outputFormatSchema) }),
      shares: z.array(z.object({ label: z.string(), path: z.string() })),
      /** Where the sample meeting lies; null where it does not. */
      sample: z.string().nullable(),
    }),
  ),
  /** A folder of a share. */
  browse: forUsers
    .route({ method: "POST", path: "/api/intake/browse", ...tag })
    .input(z.object({ path: z.string().nullable() }))
    .output(z.object({ path: z.string().nullable(), entries: z.array(entrySchema), isCut: z.boolean() })),
  /** A file that comes over the network, in segments; the same file goes on where it stopped. */
  beginUpload: forOperators
    .route({ method: "POST", path: "/api/uploads", ...tag })
    .input(
      z.object({ filename: z.string().min(1).max(255), bytes: z.number().int().min(0), modifiedMs: z.number().int() }),
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
