/** Intake: checking and uploading recordings before their jobs are submitted. */
import { z } from "zod";
import { outputFormatSchema } from "../formats.ts";
import { destinationReasons } from "../output-destination.ts";
import { soundTextSchema } from "../sound.ts";
import { dateSchema, doneSchema, forOperators, forUsers, idSchema, problemSchema } from "./base.ts";
import { recordingOptionsSchema, workOptionsSchema } from "./work-options.ts";

/** A file before it is put into the queue: its data, the proposed metadata, or the problem with it. */
export const candidateSchema = z.object({
  path: z.string(),
  filename: z.string(),
  bytes: z.number(),
  /** The problem with it; null: none. */
  problem: problemSchema.nullable(),
  /** Milliseconds; null: unknown. */
  durationMs: z.number().nullable(),
  /** About where the copy of the file stopped, in milliseconds from its beginning; null: no sign of that. */
  cutAtMs: z.number().nullable(),
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

/** Where the files of a recording will go. */
const destinationSchema = z.object({
  path: z.string(),
  folder: z.string(),
  /** Why there: the city's own pattern, `output.folder`, `output.pattern`, or the data folder. */
  reason: z.enum(destinationReasons),
  /** The city in the settings whose pattern or share it is; null: none. */
  city: z.string().nullable(),
  /** Label of the share that it lies on; null: none. */
  share: z.string().nullable(),
  /** Why the share cannot be written to now: the files wait on the station then; null: it can. */
  problem: z.string().nullable(),
});
export type IntakeDestination = z.infer<typeof destinationSchema>;

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
      z.object({ recordings: z.array(recordingOptionsSchema).min(1).max(500), options: workOptionsSchema.default({}) }),
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
  /** Where the files would go, with the details as they are now; nothing is started. */
  destinations: forOperators
    .route({ method: "POST", path: "/api/intake/destinations", ...tag })
    .input(z.object({ recordings: z.array(recordingOptionsSchema).max(500) }))
    .output(z.array(destinationSchema)),
  /** The available choices. */
  choices: forUsers.route({ method: "GET", path: "/api/intake/choices", ...tag }).output(
    z.object({
      cities: z.array(z.string()),
      models: z.array(z.object({ name: z.string(), note: z.string() })),
      formats: z.array(outputFormatSchema),
      defaults: z.object({
        model: z.string(),
        language: z.string(),
        formats: z.array(outputFormatSchema),
        summary: z.boolean(),
      }),
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
