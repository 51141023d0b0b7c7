/** One meeting: its captions, issues, files, versions and publication. */
import { z } from "zod";
import { cueSchema } from "../../captions/cue.ts";
import { readonlyList } from "../../captions/readonly.ts";
import { jobStates } from "../jobs.ts";
import { changedFieldSchema, factChangesSchema, meetingChangeKinds, meetingFactNames } from "../meeting-facts.ts";
import { publishOptionFields, targetNames } from "../publishing.ts";
import { recordingSoundSchema } from "../recording.ts";
import { verificationStates, versionOrigins } from "../terms.ts";
import { dateTimeSchema, doneSchema, forOperators, forUsers, idSchema, problemSchema } from "./base.ts";
import { meetingRowSchema } from "./library.ts";

const mediaSchema = z.object({
  /** URL of the video for a player. */
  url: z.string(),
  isThere: z.boolean(),
  hasPicture: z.boolean(),
  /** False: a preview copy has to be made first, or the file is missing. */
  isPlayable: z.boolean(),
  /** The player's clock at the recording's 0, in milliseconds: some recordings begin at 5 s, or at 10 h. */
  playerStartMs: z.number().int(),
  /** The job that is making the preview copy; null: none is. */
  copy: z.object({ jobId: z.string(), state: z.enum(jobStates), progress: z.number() }).nullable(),
  note: z.string().nullable(),
});

/** Which sound of the recording the captions were made from, and the others. */
const meetingSoundSchema = z.object({
  sound: recordingSoundSchema,
  /** For choosing another one. */
  offered: z.array(z.object({ label: z.string(), channels: z.number().int() })),
});

const fileSchema = z.object({
  kind: z.string(),
  path: z.string(),
  /** Download URL. */
  url: z.string(),
  writtenDate: dateTimeSchema,
  isThere: z.boolean(),
  /** It was changed after Archivist wrote it. */
  isChanged: z.boolean(),
});

const factsSchema = z.object({
  title: z.string(),
  /** Null: unknown. */
  date: z.string().nullable(),
  type: z.string().nullable(),
  city: z.string().nullable(),
  /** Null: it is made of the summary. */
  description: z.string().nullable(),
  tags: z.array(z.string()),
  /** The people present. */
  people: z.array(z.string()),
  /** Those that a person has set. */
  set: z.array(z.enum(meetingFactNames)),
});

const meetingSchema = z.object({
  meeting: meetingRowSchema,
  path: z.string(),
  title: z.string(),
  type: z.string().nullable(),
  facts: factsSchema,
  /** What was changed, newest first. */
  changes: z.array(
    z.object({
      kind: z.enum(meetingChangeKinds),
      fields: z.array(changedFieldSchema),
      madeBy: z.string(),
      madeDate: dateTimeSchema,
    }),
  ),
  /** Null: it has not been listened to yet. */
  sound: meetingSoundSchema.nullable(),
  language: z.string(),
  processingMs: z.number().nullable(),
  /** Why it failed, if it did. */
  problem: problemSchema.nullable(),
  media: mediaSchema,
  summary: z.object({
    sentences: z.array(z.object({ text: z.string(), startMs: z.number().int() })),
    phrases: z.array(z.object({ phrase: z.string(), occurrences: z.number().int() })),
  }),
  chapters: z.array(z.object({ title: z.string(), startMs: z.number().int() })),
  files: z.array(fileSchema),
  versions: z.array(
    z.object({
      number: z.number().int(),
      origin: z.enum(versionOrigins),
      /** What it is: approved, before a replacement; null: the machine's draft. */
      name: z.string().nullable(),
      createdDate: dateTimeSchema,
      cues: z.number().int(),
      approvedBy: z.string().nullable(),
    }),
  ),
  issues: z.array(
    z.object({
      severity: z.enum(["error", "warning"]),
      rule: z.string(),
      message: z.string(),
      remedy: z.string().nullable(),
      atMs: z.number().int().nullable(),
      /** Where it ends, of an issue of a place. */
      untilMs: z.number().int().nullable(),
    }),
  ),
});

const previewSchema = z.object({
  target: z.enum(targetNames),
  /** Why it may not be published yet; empty: it may be. */
  obstacles: z.array(z.string()),
  /** Number of edits that are not in a version yet: they would not be published. */
  unkeptEdits: z.number().int(),
  steps: z.array(z.object({ step: z.string(), changes: z.boolean(), detail: z.string() })),
});

const publishedSchema = z.object({
  target: z.enum(targetNames),
  vodId: z.string(),
  showId: z.number().int().nullable(),
  url: z.string().nullable(),
  status: z.string(),
  captionsVerified: z.enum(verificationStates),
  missing: z.array(z.string()),
  publishedDate: dateTimeSchema.nullable(),
  views: z.number().int().nullable(),
  /** The meeting's facts were changed since. */
  isOlder: z.boolean(),
});

export const publishOptionsSchema = z.object(publishOptionFields);

const byId = z.object({ id: idSchema });
const tag = { tags: ["meeting"] };

export const meeting = {
  show: forUsers
    .route({ method: "GET", path: "/api/meetings/{id}", ...tag })
    .input(byId)
    .output(meetingSchema),
  /** Changes facts of the meeting; each change is logged. Those that are absent stay. */
  edit: forOperators
    .route({ method: "PATCH", path: "/api/meetings/{id}", ...tag })
    .input(factChangesSchema.extend({ id: idSchema }))
    .output(
      z.object({
        changed: z.array(changedFieldSchema),
        /** The job that writes its files anew; null: they stay. */
        exportJobId: z.string().nullable(),
        publishJobIds: z.array(z.string()),
        /** Viewers get older facts until it is published again. */
        isPublicationOlder: z.boolean(),
      }),
    ),
  /** Deletes the meeting. It can be restored for thirty days; its recording stays. */
  remove: forOperators
    .route({ method: "DELETE", path: "/api/meetings/{id}", ...tag })
    .input(byId)
    .output(doneSchema),
  restore: forOperators
    .route({ method: "POST", path: "/api/meetings/{id}/restore", ...tag })
    .input(byId)
    .output(doneSchema),
  cues: forUsers
    .route({ method: "GET", path: "/api/meetings/{id}/cues", ...tag })
    .input(byId)
    .output(readonlyList(cueSchema)),
  approve: forOperators
    .route({ method: "POST", path: "/api/meetings/{id}/approve", ...tag })
    .input(byId)
    .output(doneSchema),
  /** Shows the recording or one of its files in the file manager of the station's machine. */
  reveal: forOperators
    .route({ method: "POST", path: "/api/meetings/{id}/reveal", ...tag })
    .input(z.object({ id: idSchema, path: z.string().min(1).max(4_096) }))
    .output(doneSchema),
  /** Submits a job that makes a preview copy; `jobId` is null when none is needed. */
  makeCopy: forOperators
    .route({ method: "POST", path: "/api/meetings/{id}/copy", ...tag })
    .input(byId)
    .output(z.object({ jobId: z.string().nullable() })),
  /** What publishing would do now; changes nothing. */
  preview: forOperators
    .route({ method: "GET", path: "/api/meetings/{id}/preview", ...tag })
    .input(byId)
    .output(previewSchema),
  published: forUsers
    .route({ method: "GET", path: "/api/meetings/{id}/published", ...tag })
    .input(byId)
    .output(z.array(publishedSchema)),
  publish: forOperators
    .route({ method: "POST", path: "/api/meetings/{id}/publish", ...tag })
    .input(publishOptionsSchema.extend({ id: idSchema }))
    .output(z.object({ jobId: z.string() })),
};
