/** Paths and fields of the legacy system, so that its users' programs keep working. */
import { z } from "zod";
import { jobStates, targetStages } from "../jobs.ts";
import { forAnyone, forOperators, forUsers, idSchema } from "./base.ts";
import { publishOptionsSchema } from "./meeting.ts";

/** The states of a job that the legacy product has; its clients wait for one of the last two. */
export const legacyStates = ["queued", "running", "completed", "failed"] as const;
const stateSchema = z.enum(legacyStates);

const submittedSchema = z.object({ job_id: z.string(), status: stateSchema, message: z.string() });

const jobSchema = z.object({
  job_id: z.string(),
  job_type: z.string(),
  /** What `/process` takes; null: the job is about no episode. */
  episode_id: z.string().nullable(),
  /** What `/api/vod/publish` takes; null: there is none yet. */
  transcription_id: z.string().nullable(),
  status: stateSchema,
  /** The state as Archivist's own calls name it. */
  state: z.enum(jobStates),
  progress: z.number(),
  current_stage: z.string().nullable(),
  message: z.string().nullable(),
  eta_seconds: z.number().nullable(),
  error: z.string().nullable(),
  /** Of a finished job on an episode. */
  result: z
    .object({
      episode_id: z.string().nullable(),
      stage: z.enum(targetStages),
      /** Length of the recording, in seconds. */
      duration: z.number().nullable(),
    })
    .nullable(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  completed_at: z.string().nullable(),
});

/** Its `episode_id`, the id of its transcription, or the name of its file. */
const episodeIdSchema = z.string().min(1).max(200);

const workSchema = z.object({
  target_stage: z.enum(targetStages).default("enriched"),
  force_reprocess: z.boolean().default(false),
  webhook_url: z.string().nullable().optional(),
});

const processSchema = workSchema.extend({ id: episodeIdSchema, episode_id: episodeIdSchema.optional() });

/** What a list says of itself. */
const pageFields = {
  total: z.number().int(),
  limit: z.number().int(),
  offset: z.number().int(),
  has_more: z.boolean(),
};
const limitSchema = z.coerce.number().int().min(1).max(1_000);
const offsetSchema = z.coerce.number().int().min(0).default(0);

const episodeSchema = z.object({
  /** What every other call takes. */
  episode_id: z.string(),
  filename: z.string(),
  path: z.string(),
  city: z.string().nullable(),
  date: z.string().nullable(),
  /** The stage that it has reached. */
  stage: z.enum(targetStages),
  status: z.string(),
  transcription_id: z.string().nullable(),
});

/** Settings of a publication under their legacy names. */
const settingsSchema = z.object({
  title: publishOptionsSchema.shape.title,
  description: publishOptionsSchema.shape.description,
  tags: publishOptionsSchema.shape.tags,
  quality: publishOptionsSchema.shape.quality,
  enable_captions: z.boolean().optional(),
  auto_generate_title: z.boolean().optional(),
  auto_generate_description: z.boolean().optional(),
  // These are made from the captions and the recording; whoever sends them is told.
  chapters: z.unknown().optional(),
  captions: z.unknown().optional(),
  thumbnail: z.unknown().optional(),
});

/** Answered with the status 500. */
const failureSchema = z.object({ success: z.literal(false), error: z.string() });

const publishedSchema = z.object({
  success: z.literal(true),
  job_id: z.string(),
  vod_id: z.string().nullable(),
  url: z.string().nullable(),
});

const tag = { tags: ["system"] };

export const system = {
  processAsync: forOperators
    .route({ method: "POST", path: "/async/episodes/{id}/process", ...tag })
    .input(processSchema)
    .output(submittedSchema),
  renderClips: forOperators
    .route({ method: "POST", path: "/async/episodes/{id}/render_clips", ...tag })
    .input(z.looseObject({ id: episodeIdSchema }))
    .output(submittedSchema),
  discoverClips: forOperators
    .route({ method: "POST", path: "/async/episodes/{id}/discover_clips", ...tag })
    .input(z.looseObject({ id: episodeIdSchema }))
    .output(submittedSchema),
  /** Waits until the work has ended. */
  process: forOperators
    .route({ method: "POST", path: "/episodes/process", ...tag })
    .input(workSchema.extend({ episode_id: episodeIdSchema }))
    .output(jobSchema),
  /** The same with the episode in the path. */
  processById: forOperators
    .route({ method: "POST", path: "/episodes/{id}/process", ...tag })
    .input(processSchema)
    .output(jobSchema),
  jobs: forUsers
    .route({ method: "GET", path: "/async/jobs", ...tag })
    .input(z.object({ status: z.enum(jobStates).optional(), limit: limitSchema.default(50), offset: offsetSchema }))
    .output(z.object({ jobs: z.array(jobSchema), ...pageFields })),
  job: forUsers
    .route({ method: "GET", path: "/async/jobs/{id}", ...tag })
    .input(z.object({ id: idSchema }))
    .output(jobSchema),
  cancel: forOperators
    .route({ method: "DELETE", path: "/async/jobs/{id}", ...tag })
    .input(z.object({ id: idSchema }))
    .output(submittedSchema),
  stats: forUsers.route({ method: "GET", path: "/async/stats", ...tag }).output(
    z.object({
      queued: z.number().int(),
      running: z.number().int(),
      completed: z.number().int(),
      failed: z.number().int(),
      total: z.number().int(),
      max_workers: z.number().int(),
    }),
  ),
  episodes: forUsers
    .route({ method: "GET", path: "/episodes", ...tag })
    .input(z.object({ limit: limitSchema.default(1_000), offset: offsetSchema }))
    .output(z.object({ episodes: z.array(episodeSchema), ...pageFields })),
  shows: forUsers
    .route({ method: "GET", path: "/api/cablecast/shows", ...tag })
    .input(
      z.object({
        /** Absent: all that follow. */
        limit: limitSchema.optional(),
        offset: offsetSchema,
      }),
    )
    .output(
      z.object({
        success: z.literal(true),
        shows: z.array(
          z.object({
            id: z.number().int(),
            cablecast_id: z.number().int(),
            title: z.string(),
            description: z.string().nullable(),
            category: z.string().nullable(),
            producer: z.string().nullable(),
            runtime: z.number().int().nullable(),
            created_date: z.string().nullable(),
            updated_date: z.string(),
          }),
        ),
        ...pageFields,
      }),
    ),
  /** Waits until the shows have been compared. */
  syncShows: forOperators
    .route({ method: "POST", path: "/api/cablecast/sync/shows", ...tag })
    .output(z.union([z.object({ success: z.literal(true), message: z.string(), job_id: z.string() }), failureSchema])),
  /** Waits until the video can be watched. */
  publish: forOperators
    .route({ method: "POST", path: "/api/vod/publish/{id}", ...tag })
    .input(settingsSchema.extend({ id: idSchema }))
    .output(z.union([publishedSchema, failureSchema])),
  /** Waits until all are published or have failed, and answers for each. */
  batchPublish: forOperators
    .route({ method: "POST", path: "/api/vod/batch-publish", ...tag })
    .input(z.object({ transcription_ids: z.array(idSchema).min(1).max(500), settings: settingsSchema.default({}) }))
    .output(
      z.object({
        success: z.boolean(),
        results: z.array(
          z.object({
            transcription_id: z.string(),
            status: z.enum(["success", "failed"]),
            vod_id: z.string().nullable(),
            url: z.string().nullable(),
            job_id: z.string().nullable(),
            error: z.string().nullable(),
          }),
        ),
      }),
    ),
  login: forAnyone.route({ method: "GET", path: "/login", ...tag }),
  logout: forAnyone.route({ method: "GET", path: "/logout", ...tag }),
  /** 200 when the station is healthy, else 503. */
  health: forAnyone.route({ method: "GET", path: "/api/health", ...tag }).output(
    z.object({
      healthy: z.boolean(),
      timestamp: z.string(),
      /** Only for callers who are signed in. */
      services: z.record(z.string(), z.boolean()).optional(),
    }),
  ),
};
