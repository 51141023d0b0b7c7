/** Paths and fields of the legacy system, so that its users' programs keep working. */
import { z } from "zod";
import { jobStates, targetStages } from "../jobs.ts";
import { forAnyone, forOperators, forUsers, idSchema } from "./base.ts";
import { publishOptionsSchema } from "./meeting.ts";

const submittedSchema = z.object({ job_id: z.string(), status: z.enum(jobStates), message: z.string() });

const jobSchema = z.object({
  job_id: z.string(),
  job_type: z.string(),
  episode_id: z.string().nullable(),
  status: z.enum(jobStates),
  progress: z.number(),
  current_stage: z.string().nullable(),
  message: z.string().nullable(),
  eta_seconds: z.number().nullable(),
  error: z.string().nullable(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  completed_at: z.string().nullable(),
});

const processSchema = z.object({
  id: idSchema,
  episode_id: z.string().optional(),
  target_stage: z.enum(targetStages).default("enriched"),
  force_reprocess: z.boolean().default(false),
  webhook_url: z.string().nullable().optional(),
});

const episodeSchema = z.object({
  episode_id: z.string(),
  filename: z.string(),
  path: z.string(),
  city: z.string().nullable(),
  date: z.string().nullable(),
  stage: z.string(),
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
});

const publishedSchema = z.object({
  success: z.boolean(),
  job_id: z.string().nullable(),
  vod_id: z.string().nullable(),
  url: z.string().nullable(),
  error: z.string().nullable(),
});

const tag = { tags: ["system"] };

export const system = {
  processAsync: forOperators
    .route({ method: "POST", path: "/async/episodes/{id}/process", ...tag })
    .input(processSchema)
    .output(submittedSchema),
  renderClips: forOperators
    .route({ method: "POST", path: "/async/episodes/{id}/render_clips", ...tag })
    .input(z.looseObject({ id: idSchema }))
    .output(submittedSchema),
  /** Waits until the work has ended. */
  process: forOperators
    .route({ method: "POST", path: "/episodes/{id}/process", ...tag })
    .input(processSchema)
    .output(jobSchema),
  jobs: forUsers
    .route({ method: "GET", path: "/async/jobs", ...tag })
    .input(
      z.object({ status: z.enum(jobStates).optional(), limit: z.coerce.number().int().min(1).max(1_000).default(50) }),
    )
    .output(z.object({ jobs: z.array(jobSchema), total: z.number().int() })),
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
    .output(z.object({ episodes: z.array(episodeSchema), total: z.number().int() })),
  shows: forUsers.route({ method: "GET", path: "/api/cablecast/shows", ...tag }).output(
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
    }),
  ),
  syncShows: forOperators
    .route({ method: "POST", path: "/api/cablecast/sync/shows", ...tag })
    .output(z.object({ success: z.literal(true), message: z.string(), job_id: z.string() })),
  publish: forOperators
    .route({ method: "POST", path: "/api/vod/publish/{id}", ...tag })
    .input(settingsSchema.extend({ id: idSchema }))
    .output(publishedSchema),
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
  /** 200 when the station is healthy, else 503. */
  health: forAnyone
    .route({ method: "GET", path: "/api/health", ...tag })
    .output(z.object({ healthy: z.boolean(), timestamp: z.string(), services: z.record(z.string(), z.boolean()) })),
};
