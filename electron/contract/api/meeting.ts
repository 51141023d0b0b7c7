/** One meeting: its captions, issues, files, versions and publication. */
import { z } from "zod";
import { cueSchema } from "../../captions/cue.ts";
import { readonlyList } from "../../captions/readonly.ts";
import { jobStates } from "../jobs.ts";
import { changedFieldSchema, factChangesSchema, meetingChangeKinds, meetingFactNames } from "../meeting-facts.ts";
import { publishOptionFields, targetNames } from "../publishing.ts";
import { recordingSoundSchema } from "../recording.ts";
import { verificationStates, versionOrigins } from "../terms.ts";
import { approvalRequestFields, approvalSchema, approvalStateSchema, approvedSchema } from "./approval.ts";
import {
  dateTimeSchema,
  doneSchema,
  forOperators,
  forUsers,
  idSchema,
  problemSchema,
  smallFileSchema,
} from "./base.ts";
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
  /** The version of the captions that it holds; null: that is not known. */
  version: z.number().int().nullable(),
  /** It holds an older version than the newest one. */
  isOlder: z.boolean(),
});

/** The newest job that writes the files. */
const exportSchema = z.object({
  jobId: z.string(),
  state: z.enum(jobStates),
  problem: z.object({ code: z.string(), message: z.string(), remedy: z.string() }).nullable(),
});

/** Files that are in the data folder because their share is away. */
const heldFilesSchema = z.object({
  /** Label of the share; null: it is no longer in the settings. */
  share: z.string().nullable(),
  /** Where they are. */
  folder: z.string(),
  /** Where they belong. */
  place: z.string(),
  /** The job that brings them; null: there is none yet. */
  jobId: z.string().nullable(),
  /** Why that job does not get on; null: it waits or runs. */
  problem: problemSchema.nullable(),
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
    /** The version of the captions that both are made of; null: there is no summary. */
    version: z.number().int().nullable(),
    isOlder: z.boolean(),
  }),
  /** The approval that holds; null: none does. */
  approval: approvalSchema.nullable(),
  /** Number of edits that are in no version yet: they are in no file. */
  unsavedEdits: z.number().int(),
  /** How writing the files went last; null: nobody has asked for it lately. */
  export: exportSchema.nullable(),
  chapters: z.array(z.object({ title: z.string(), startMs: z.number().int() })),
  files: z.array(fileSchema),
  /** Null: the files are where they belong. */
  heldFiles: heldFilesSchema.nullable(),
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
  /** The version of the captions that would be published. */
  version: z.number().int(),
  /** Why it may not be published yet; empty: it may be. */
  obstacles: z.array(z.string()),
  /** Number of edits that are not in a version yet: they would not be published. */
  unkeptEdits: z.number().int(),
  steps: z.array(z.object({ step: z.string(), changes: z.boolean(), detail: z.string() })),
  /** The show that is used; null: a new one, or the target has no shows. */
  show: z.object({ id: z.number().int(), title: z.string() }).nullable(),
  /** Where the show says something else: send: ours replaces it; keep: it stays; ask: it stays until somebody has decided. */
  fields: z.array(z.object({ field: z.string(), theirs: z.string(), outcome: z.enum(["send", "keep", "ask"]) })),
  /** Heights of the picture that can be chosen, in lines. */
  qualities: z.array(z.number().int()),
  isPublished: z.boolean(),
  /** What is sent, as long as nobody changes the meeting. */
  sent: z.object({
    title: z.string(),
    /** The title in the station's own lists, with the date. */
    listTitle: z.string(),
    description: z.string(),
    /** Null: not known, and it has to be entered. */
    date: z.string().nullable(),
    tags: z.array(z.string()),
    chapters: z.array(z.object({ title: z.string(), startMs: z.number().int() })),
    /** Null: the first configuration of the location. */
    quality: z.number().int().nullable(),
    captions: z.boolean(),
    captionCount: z.number().int(),
    generateTitle: z.boolean(),
    generateDescription: z.boolean(),
  }),
  /** What cannot be sent, and why. */
  shortcomings: z.array(z.string()),
  /** For `expected` of the publication: then it sends exactly this, or nothing. */
  fingerprint: z.string(),
});

const publishedSchema = z.object({
  target: z.enum(targetNames),
  vodId: z.string(),
  showId: z.number().int().nullable(),
  url: z.string().nullable(),
  status: z.string(),
  captionsVerified: z.enum(verificationStates),
  missing: z.array(z.string()),
  /** The version of the captions that was published; null: that is not known. */
  version: z.number().int().nullable(),
  /** Older than the approved version, or where none is approved, than the newest one. */
  isOlder: z.boolean(),
  publishedDate: dateTimeSchema.nullable(),
  views: z.number().int().nullable(),
  /** The meeting's facts were changed since. */
  areFactsOlder: z.boolean(),
});

export const publishOptionsSchema = z.object(publishOptionFields);

const importedSchema = z.object({
  format: z.string(),
  captions: z.number().int(),
  /** Null: the file holds what the captions are already. */
  version: z.number().int().nullable(),
  /** The job that writes the files; null: there is nothing to write, or the queue is full. */
  jobId: z.string().nullable(),
  /** What was assumed in reading the file. */
  notes: readonlyList(z.string()),
});

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
  /**
   * Replaces all captions by those of a file that was corrected elsewhere, makes them a version and has its files written.
   * The editor can undo it.
   */
  importCaptions: forOperators
    .route({ method: "POST", path: "/api/meetings/{id}/captions", ...tag })
    .input(
      smallFileSchema.extend({
        id: idSchema,
        /** Also where a part of the file cannot be read. */
        acceptLosses: z.boolean().default(false),
      }),
    )
    .output(importedSchema),
  /**
   * Replaces the recording by a better copy. Captions are carried over where the sound agrees; the meeting can be restored for
   * thirty days.
   */
  replaceRecording: forOperators
    .route({ method: "POST", path: "/api/meetings/{id}/recording", ...tag })
    .input(
      byId.extend({
        /** Absolute path of the better copy, on the station's computer. */
        path: z.string().min(1).max(4_096),
      }),
    )
    .output(z.object({ jobId: z.string() })),
  /** What approving would mean now; changes nothing. */
  approval: forUsers
    .route({ method: "GET", path: "/api/meetings/{id}/approval", ...tag })
    .input(byId)
    .output(approvalStateSchema),
  /** Approves the captions as they are now, by the same rules as the editor, and has the files written. */
  approve: forOperators
    .route({ method: "POST", path: "/api/meetings/{id}/approve", ...tag })
    .input(byId.extend(approvalRequestFields))
    .output(approvedSchema),
  /** Takes the approval back, and has the files written, which say so. What was published stays published. */
  takeBackApproval: forOperators
    .route({ method: "POST", path: "/api/meetings/{id}/take-back", ...tag })
    .input(byId.extend(approvalRequestFields))
    .output(approvedSchema),
  /** Has the files, the summary and the key phrases derived anew from the newest captions. */
  exportFiles: forOperators
    .route({ method: "POST", path: "/api/meetings/{id}/export", ...tag })
    .input(byId)
    .output(z.object({ jobId: z.string() })),
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
  /** What publishing with these options would do now; changes nothing. */
  previewWith: forOperators
    .route({ method: "POST", path: "/api/meetings/{id}/preview", ...tag })
    .input(publishOptionsSchema.extend({ id: idSchema }))
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
