/** Batches: recordings that are put into the queue together, and reported together. */
import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { dateSchema, dateTimeSchema, forOperators, forUsers, idSchema } from "./base.ts";
import { recordingOptionsSchema, workOptionsSchema } from "./work-options.ts";

/** Progress in one city. */
const cityProgressSchema = z.object({
  city: z.string().nullable(),
  total: z.number().int(),
  completed: z.number().int(),
  /** Failed or cancelled. */
  failed: z.number().int(),
  open: z.number().int(),
});

const batchSchema = z.object({
  id: z.string(),
  name: z.string(),
  createdDate: dateTimeSchema,
  /** When its last job ended and its reports were written; null: it is at work. */
  completedDate: dateTimeSchema.nullable(),
  /** 0 to 100, over all of its jobs. */
  progress: z.number(),
  /** Until its last job ends; null: over, or not known yet. */
  eta_seconds: z.number().nullable(),
  cities: z.array(cityProgressSchema),
});
export type BatchView = z.infer<typeof batchSchema>;

const refusedSchema = z.object({ city: z.string().nullable(), path: z.string(), reason: z.string() });

/** A new batch: either everything that cities have from some dates, or a list of files. */
const newBatchSchema = z.union([
  z.strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    /** Empty: all cities. */
    cities: z.array(z.string().min(1)).max(500),
    /** Meetings from this day on. */
    since: dateSchema.optional(),
    /** Meetings before this day. */
    until: dateSchema.optional(),
    settings: workOptionsSchema.default({}),
  }),
  z.strictObject({
    name: z.string().trim().min(1).max(200).optional(),
    /** Paths, or recordings with what holds for them alone. A folder stands for the recordings in it. */
    files: z
      .array(
        z.union([
          z
            .string()
            .min(1)
            .transform((path) => ({ path })),
          recordingOptionsSchema,
        ]),
      )
      .min(1)
      .max(500),
    settings: workOptionsSchema.default({}),
  }),
]);

const createdSchema = z.object({
  batch_id: z.string(),
  name: z.string(),
  /** Ids of its jobs. */
  jobs: z.array(z.string()),
  /** What was found and is not taken, with the reasons. */
  refused: z.array(refusedSchema),
});
export type CreatedBatch = z.infer<typeof createdSchema>;

/** The report of one city; the same as in the report files. */
export const cityReportSchema = z.object({
  batch: z.string(),
  city: z.string(),
  created_date: dateTimeSchema,
  /** Null: it is still at work. */
  completed_date: dateTimeSchema.nullable(),
  recordings: z.array(
    z.object({
      recording: z.string(),
      job_id: z.string().nullable().default(null),
      transcription_id: z.string().nullable().default(null),
      status: z.string(),
      needs_review: z.boolean(),
      duration_seconds: z.number().nullable(),
      processing_seconds: z.number().nullable(),
      quality_score: z.number().nullable(),
      cause: z.string().nullable(),
      remedy: z.string().nullable(),
      folder: z.string().nullable(),
    }),
  ),
  refused: z.array(z.object({ path: z.string(), reason: z.string() })),
});
export type CityReport = z.infer<typeof cityReportSchema>;

const byId = z.object({ id: idSchema });
const tag = { tags: ["batches"] };

export const batches = {
  list: forUsers.route({ method: "GET", path: "/api/batches", ...tag }).output(z.array(batchSchema)),
  /** Looks into the recordings and puts those that can be taken into the queue; answers when that is done. */
  create: forOperators
    .route({ method: "POST", path: "/api/batches", ...tag })
    .input(newBatchSchema)
    .output(createdSchema),
  /** The same, and tells meanwhile how far it is. */
  watchCreate: forOperators
    .route({ method: "POST", path: "/api/batches/watch", ...tag })
    .input(newBatchSchema)
    .output(
      eventIterator(
        z.object({
          /** Number of recordings that were inspected. */
          inspected: z.number().int(),
          path: z.string().nullable(),
          /** Once, at the end. */
          created: createdSchema.nullable(),
        }),
      ),
    ),
  report: forUsers
    .route({ method: "GET", path: "/api/batches/{id}", ...tag })
    .input(byId)
    .output(
      z.object({
        batch: batchSchema,
        reports: z.array(cityReportSchema),
        /** Folder of the report files; null: they are not written yet. */
        folder: z.string().nullable(),
      }),
    ),
  /** Puts what failed or was cancelled into the queue again. */
  retry: forOperators
    .route({ method: "POST", path: "/api/batches/{id}/retry", ...tag })
    .input(byId)
    .output(z.object({ jobs: z.array(z.string()), refused: z.array(refusedSchema) })),
  /** Cancels what has not ended. */
  cancel: forOperators
    .route({ method: "POST", path: "/api/batches/{id}/cancel", ...tag })
    .input(byId)
    .output(z.object({ jobs: z.array(z.string()) })),
};
