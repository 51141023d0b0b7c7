/** The library: all transcriptions, and full-text search in them. */
import { z } from "zod";
import { factChangesSchema, meetingDetailFields } from "../meeting-facts.ts";
import { sharedPublishOptionFields } from "../publishing.ts";
import { transcriptionStates, verificationStates } from "../terms.ts";
import { approvalRequestFields } from "./approval.ts";
import { dateTimeSchema, forOperators, forUsers, idSchema, pageSchema, problemSchema } from "./base.ts";

export const meetingRowSchema = z.object({
  id: z.string(),
  recordingId: z.string(),
  filename: z.string(),
  /** Null: it is called like its file. */
  title: z.string().nullable(),
  type: z.string().nullable(),
  tags: z.array(z.string()),
  city: z.string().nullable(),
  /** Date of the meeting; null: not known. */
  date: z.string().nullable(),
  durationMs: z.number().nullable(),
  status: z.enum(transcriptionStates),
  /** When it is tried again after it has failed; null: it is not, or it has not failed. */
  retryDate: dateTimeSchema.nullable(),
  score: z.number().nullable(),
  openErrors: z.number().int(),
  openWarnings: z.number().int(),
  isApproved: z.boolean(),
  /** Null: not published. */
  vodStatus: z.string().nullable(),
  captionsVerified: z.enum(verificationStates).nullable(),
  model: z.string(),
  createdDate: dateTimeSchema,
  completedDate: dateTimeSchema.nullable(),
});
export type MeetingRow = z.infer<typeof meetingRowSchema>;

export const librarySorts = ["date", "completed", "city", "filename", "score", "duration", "status"] as const;

const filterSchema = pageSchema.extend({
  status: z.array(z.enum(transcriptionStates)).optional(),
  city: z.string().optional(),
  published: z.boolean().optional(),
  /** Words of its title, file name, city, date, type, tags or people. */
  text: z.string().max(200).optional(),
  tag: z.string().max(100).optional(),
  sort: z.enum(librarySorts).default("completed"),
  descending: z.boolean().default(true),
});

const hitSchema = z.object({
  transcriptionId: z.string(),
  filename: z.string(),
  title: z.string().nullable(),
  city: z.string().nullable(),
  date: z.string().nullable(),
  startMs: z.number().int(),
  /** Text around the hit; each searched word is between U+0001 and U+0002. */
  context: z.string(),
});

const foundMeetingSchema = z.object({
  id: z.string(),
  filename: z.string(),
  title: z.string().nullable(),
  city: z.string().nullable(),
  date: z.string().nullable(),
  places: z.array(
    z.object({
      field: z.enum(meetingDetailFields),
      /** Null: it is about the whole meeting. */
      startMs: z.number().nullable(),
      /** As in the hits. */
      context: z.string(),
    }),
  ),
});

const contentsSchema = z.object({
  id: z.string(),
  filename: z.string(),
  title: z.string().nullable(),
  /** Where its recording is. */
  path: z.string(),
  versions: z.number().int(),
  captions: z.number().int(),
  edits: z.number().int(),
  files: z.number().int(),
  isPublished: z.boolean(),
});

/** What deleting a meeting takes away. */
const deletionSchema = contentsSchema.extend({ isRecordingThere: z.boolean(), openJobs: z.number().int() });

const plannedPartSchema = z.object({
  id: z.string(),
  filename: z.string(),
  title: z.string().nullable(),
  date: z.string().nullable(),
  city: z.string().nullable(),
  durationMs: z.number().int(),
  /** Why it cannot be joined; null: it can. */
  obstacle: z.string().nullable(),
});

const deletedSchema = contentsSchema.extend({
  city: z.string().nullable(),
  date: z.string().nullable(),
  deletedDate: dateTimeSchema,
  deletedBy: z.string(),
  /** When it goes for good. */
  goneDate: dateTimeSchema,
});

const resultSchema = z.array(
  z.object({ id: z.string(), jobId: z.string().nullable(), problem: problemSchema.nullable() }),
);
const ids = z.object({ ids: z.array(idSchema).min(1).max(1_000) });
const publishManySchema = ids.extend(sharedPublishOptionFields);
const tag = { tags: ["library"] };

export const library = {
  list: forUsers
    .route({ method: "POST", path: "/api/library/search", ...tag })
    .input(filterSchema)
    .output(
      z.object({
        total: z.number().int(),
        meetings: z.array(meetingRowSchema),
        cities: z.array(z.string()),
        tags: z.array(z.string()),
      }),
    ),
  /** Searches the captions of all meetings, and what is known of them. */
  find: forUsers
    .route({ method: "POST", path: "/api/library/find", ...tag })
    .input(
      z.object({
        text: z.string().trim().min(1).max(200),
        limit: z.number().int().min(1).max(200).default(50),
        offset: z.number().int().min(0).default(0),
      }),
    )
    .output(
      z.object({
        /** Captions. */
        hits: z.array(hitSchema),
        total: z.number().int(),
        /** Meetings with all words in what is known of them; with the first page only. */
        meetings: z.array(foundMeetingSchema),
        totalMeetings: z.number().int(),
      }),
    ),
  /** What publishing many at once would do with each, and why some are left out; changes nothing. */
  previewPublish: forOperators
    .route({ method: "POST", path: "/api/library/publish/preview", ...tag })
    .input(publishManySchema)
    .output(
      z.object({
        meetings: z.array(
          z.object({
            id: z.string(),
            title: z.string(),
            filename: z.string(),
            city: z.string().nullable(),
            date: z.string().nullable(),
            isPublished: z.boolean(),
            /** Why it is left out; empty: it is published. */
            reasons: z.array(z.string()),
          }),
        ),
      }),
    ),
  /** Changes facts of meetings; each change is logged. */
  edit: forOperators
    .route({ method: "POST", path: "/api/library/edit", ...tag })
    .input(ids.extend({ changes: factChangesSchema }))
    .output(resultSchema),
  /** What deleting meetings would take away; changes nothing. */
  previewDeletion: forUsers
    .route({ method: "POST", path: "/api/library/deletion", ...tag })
    .input(ids)
    .output(z.array(deletionSchema)),
  /** The parts of a meeting in the order in which they would be joined, with what keeps one from it; changes nothing. */
  planJoin: forUsers
    .route({ method: "POST", path: "/api/library/join/preview", ...tag })
    .input(ids)
    .output(z.array(plannedPartSchema)),
  /**
   * Joins the parts of one meeting, in the order in which they are named: one recording is made of them, and what was
   * corrected and accepted is carried over. The parts can be restored for thirty days.
   */
  join: forOperators
    .route({ method: "POST", path: "/api/library/join", ...tag })
    .input(z.object({ ids: z.array(idSchema).min(2).max(50) }))
    .output(z.object({ jobId: z.string() })),
  /** Deletes meetings. They can be restored for thirty days; their recordings stay. */
  remove: forOperators
    .route({ method: "POST", path: "/api/library/delete", ...tag })
    .input(ids)
    .output(resultSchema),
  /** The meetings that can be restored. */
  listDeleted: forUsers.route({ method: "GET", path: "/api/library/deleted", ...tag }).output(z.array(deletedSchema)),
  restore: forOperators
    .route({ method: "POST", path: "/api/library/restore", ...tag })
    .input(ids)
    .output(resultSchema),
  publish: forOperators
    .route({ method: "POST", path: "/api/library/publish", ...tag })
    .input(publishManySchema)
    .output(resultSchema),
  /** Moves recordings to the archive now, regardless of their age. */
  archive: forOperators
    .route({ method: "POST", path: "/api/library/archive", ...tag })
    .input(ids)
    .output(resultSchema),
  /** Approves meetings by the rules of the editor; a reason accepts the warnings of all of them. */
  approve: forOperators
    .route({ method: "POST", path: "/api/library/approve", ...tag })
    .input(ids.extend(approvalRequestFields))
    .output(resultSchema),
  /** Writes the files of meetings again, from their newest captions. */
  reexport: forOperators
    .route({ method: "POST", path: "/api/library/export", ...tag })
    .input(ids)
    .output(resultSchema),
};
