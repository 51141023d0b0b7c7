/** Jobs: running, waiting and ended. */
import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { historyKinds, jobStates, jobTypes, waitReasons } from "../jobs.ts";
import { dateTimeSchema, doneSchema, forOperators, forUsers, idSchema, modelNameSchema } from "./base.ts";

/** Another job, as far as a job that needs it shows it. */
const linkedJobSchema = z.object({ job_id: z.string(), title: z.string(), status: z.enum(jobStates) });

/** Field names of the legacy system, because its users' programs read them. */
export const jobSchema = z.object({
  job_id: z.string(),
  type: z.enum(jobTypes),
  title: z.string(),
  status: z.enum(jobStates),
  waits_for: z.enum(waitReasons).nullable(),
  paused: z.boolean(),
  /** 1 to 5, 5 is the most urgent. */
  priority: z.number().int(),
  city: z.string().nullable(),
  share: z.string().nullable(),
  batch_id: z.string().nullable(),
  transcription_id: z.string().nullable(),
  attempts: z.number().int(),
  /** 0 to 100. */
  progress: z.number(),
  current_stage: z.string().nullable(),
  message: z.string().nullable(),
  eta_seconds: z.number().nullable(),
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string() }).nullable(),
  not_before: dateTimeSchema.nullable(),
  /** Why it waits, in words; null: it does not wait, or only for its turn. */
  wait_message: z.string().nullable(),
  /** Jobs that must have completed before it starts. */
  needs: z.array(linkedJobSchema),
  created_date: dateTimeSchema,
  started_date: dateTimeSchema.nullable(),
  completed_date: dateTimeSchema.nullable(),
});
export type Job = z.infer<typeof jobSchema>;

export const countsSchema = z.object(
  Object.fromEntries(jobStates.map((state) => [state, z.number().int()])) as Record<
    (typeof jobStates)[number],
    z.ZodNumber
  >,
);

const queueSchema = z.object({
  jobs: z.array(jobSchema),
  counts: countsSchema,
  /** True: no new job starts. */
  isPaused: z.boolean(),
});
export type QueueView = z.infer<typeof queueSchema>;

const filterSchema = z.object({
  states: z.array(z.enum(jobStates)).optional(),
  types: z.array(z.enum(jobTypes)).optional(),
  city: z.string().optional(),
  batchId: z.string().optional(),
  limit: z.number().int().min(1).max(2_000).default(500),
});

const detailsSchema = z.object({
  job: jobSchema,
  /** Jobs that wait for it. */
  neededBy: z.array(linkedJobSchema),
  steps: z.array(
    z.object({ name: z.string(), status: z.string(), attempts: z.number().int(), elapsedMs: z.number().int() }),
  ),
  history: z.array(
    z.object({ id: z.number().int(), kind: z.enum(historyKinds), message: z.string(), createdDate: dateTimeSchema }),
  ),
});

/** Words as they are recognized. */
const liveWordsSchema = z.object({
  /** True: earlier words are no longer valid. */
  anew: z.boolean(),
  words: z.array(z.object({ text: z.string(), startMs: z.number().int() })),
});

const jobId = z.object({ id: idSchema });
const tag = { tags: ["queue"] };

export const queue = {
  list: forUsers
    .route({ method: "POST", path: "/api/queue/search", ...tag })
    .input(filterSchema)
    .output(queueSchema),
  /** Sends the full result of the request, then each change; at most ten a second. */
  watch: forUsers
    .route({ method: "POST", path: "/api/queue/watch", ...tag })
    .input(filterSchema)
    .output(eventIterator(queueSchema)),
  show: forUsers
    .route({ method: "GET", path: "/api/queue/{id}", ...tag })
    .input(jobId)
    .output(detailsSchema),
  words: forUsers
    .route({ method: "GET", path: "/api/queue/{id}/words", ...tag })
    .input(jobId)
    .output(eventIterator(liveWordsSchema)),
  cancel: forOperators
    .route({ method: "POST", path: "/api/queue/{id}/cancel", ...tag })
    .input(jobId)
    .output(jobSchema),
  retry: forOperators
    .route({ method: "POST", path: "/api/queue/{id}/retry", ...tag })
    /** `model`: the one to transcribe with this time; only of jobs that transcribe. */
    .input(jobId.extend({ model: modelNameSchema.optional() }))
    .output(jobSchema),
  /** Takes a job that failed or was cancelled out of the lists. */
  dismiss: forOperators
    .route({ method: "POST", path: "/api/queue/{id}/dismiss", ...tag })
    .input(jobId)
    .output(doneSchema),
  /** Dismisses all that failed or were cancelled. */
  dismissAll: forOperators
    .route({ method: "POST", path: "/api/queue/dismiss-failed", ...tag })
    .input(filterSchema.pick({ city: true, batchId: true }))
    .output(z.object({ count: z.number().int() })),
  pause: forOperators
    .route({ method: "POST", path: "/api/queue/{id}/pause", ...tag })
    .input(jobId)
    .output(jobSchema),
  resume: forOperators
    .route({ method: "POST", path: "/api/queue/{id}/resume", ...tag })
    .input(jobId)
    .output(jobSchema),
  prioritise: forOperators
    .route({ method: "POST", path: "/api/queue/{id}/priority", ...tag })
    .input(z.object({ id: idSchema, priority: z.number().int().min(1).max(5) }))
    .output(jobSchema),
  moveBefore: forOperators
    .route({ method: "POST", path: "/api/queue/{id}/move", ...tag })
    .input(z.object({ id: idSchema, beforeId: idSchema }))
    .output(jobSchema),
  pauseAll: forOperators.route({ method: "POST", path: "/api/queue/pause", ...tag }).output(doneSchema),
  resumeAll: forOperators.route({ method: "POST", path: "/api/queue/resume", ...tag }).output(doneSchema),
};
