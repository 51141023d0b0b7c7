/** The paths and fields of the system that this one replaces. */
import { stat } from "node:fs/promises";
import { listShows } from "../../catalog/repositories/cablecast-shows.ts";
import { countByState, type JobRow, listJobs } from "../../catalog/repositories/jobs.ts";
import { listLibrary } from "../../catalog/repositories/library.ts";
import { publishedVods } from "../../catalog/repositories/publications.ts";
import { findRecording } from "../../catalog/repositories/recordings.ts";
import { findShareFile, listShareFiles } from "../../catalog/repositories/share-files.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import type { TargetStage } from "../../contract/jobs.ts";
import { toAbsolutePath } from "../../intake/enqueue.ts";
import { createTranscriptionJob } from "../../intake/transcription-job.ts";
import { runChecks } from "../../monitoring/doctor.ts";
import { fileError } from "../../platform/file-errors.ts";
import { submitPublication } from "../../publishing/auto-publish.ts";
import { requirePublishChecks } from "../../publishing/publish-checks.ts";
import type { PublishOptions } from "../../publishing/publish-options.ts";
import { submitSync } from "../../publishing/sync-job.ts";
import { findTargetFault } from "../../publishing/targets.ts";
import { viewJob } from "../../queue/job-view.ts";
import type { ApiServices } from "../context.ts";
import { os } from "../implement.ts";
import { requirePublishable } from "./meeting.ts";

/** An episode is a recording that is known, or a file on a share that has been found. */
function pathOfEpisode({ station }: ApiServices, id: string): string {
  const { catalog, settings } = station;
  const fileId = /^file-(\d+)$/.exec(id)?.[1];
  const file = fileId === undefined ? undefined : findShareFile(catalog, Number(fileId));
  const onShare = file === undefined ? undefined : toAbsolutePath(settings.shares.servers, file);
  const path = onShare ?? findRecording(catalog, id)?.filePath;
  if (path === undefined)
    throw new ArchivistError("meeting.unknown", { subject: id, cause: "there is no such episode" });
  return path;
}

async function submitEpisode(services: ApiServices, id: string, target: TargetStage, force: boolean): Promise<JobRow> {
  const { station, runtime } = services;
  const path = pathOfEpisode(services, id);
  const { mtimeMs } = await stat(path).catch((thrown: unknown) => {
    throw fileError(thrown, path, "read");
  });
  const now = station.clock.now();
  return runtime.jobService.submit(
    createTranscriptionJob(station.settings, { path, modifiedMs: mtimeMs, now, target, force }),
  ).job;
}

function toLegacyJob({ runtime }: ApiServices, row: JobRow) {
  const job = viewJob(row, runtime.queue.getProgress(row.id));
  return {
    job_id: job.job_id,
    job_type: job.type === "process" ? "process_episode" : job.type,
    episode_id: job.transcription_id,
    status: job.status,
    progress: job.progress,
    current_stage: job.current_stage,
    message: job.message,
    eta_seconds: job.eta_seconds,
    error: job.error?.message ?? null,
    created_at: job.created_date,
    started_at: job.started_date,
    completed_at: job.completed_date,
  };
}

interface LegacySettings {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: string[] | undefined;
  readonly quality?: number | undefined;
  readonly enable_captions?: boolean | undefined;
  readonly auto_generate_title?: boolean | undefined;
  readonly auto_generate_description?: boolean | undefined;
}

function toPublishOptions(settings: LegacySettings): PublishOptions {
  const { title, description, tags, quality } = settings;
  const options = {
    title,
    description,
    tags,
    quality,
    captions: settings.enable_captions,
    generateTitle: settings.auto_generate_title,
    generateDescription: settings.auto_generate_description,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as PublishOptions;
}

/** Until a job is over. */
async function ended(services: ApiServices, id: string, signal: AbortSignal | undefined): Promise<JobRow> {
  const { feed } = services.runtime.queue;
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      unsubscribe();
      reject(new ArchivistError("interrupted"));
    };
    const look = (): void => {
      const row = services.runtime.jobService.find(id);
      if (row.completedDate === null) return;
      unsubscribe();
      signal?.removeEventListener("abort", stop);
      resolve(row);
    };
    const unsubscribe = feed.listen(look);
    signal?.addEventListener("abort", stop, { once: true });
    look();
  });
}

const submitted = (row: JobRow, message: string) => ({ job_id: row.id, status: row.state, message });

export const system = os.system.router({
  processAsync: os.system.processAsync.handler(async ({ input, context }) => {
    const row = await submitEpisode(context.services, input.id, input.target_stage, input.force_reprocess);
    return submitted(row, "in the queue");
  }),
  renderClips: os.system.renderClips.handler(() => {
    throw new ArchivistError("job.unavailable", { cause: "clips are not available yet" });
  }),
  process: os.system.process.handler(async ({ input, context, signal }) => {
    const row = await submitEpisode(context.services, input.id, input.target_stage, input.force_reprocess);
    return toLegacyJob(context.services, await ended(context.services, row.id, signal));
  }),
  jobs: os.system.jobs.handler(({ input, context }) => {
    const { station } = context.services;
    const rows = listJobs(station.catalog, {
      ...(input.status === undefined ? {} : { states: [input.status] }),
      limit: input.limit,
    });
    const counts = countByState(station.catalog);
    const total = input.status === undefined ? Object.values(counts).reduce((a, b) => a + b, 0) : counts[input.status];
    return { jobs: rows.map((row) => toLegacyJob(context.services, row)), total };
  }),
  job: os.system.job.handler(({ input, context }) =>
    toLegacyJob(context.services, context.services.runtime.jobService.find(input.id)),
  ),
  cancel: os.system.cancel.handler(({ input, context }) => {
    const by = context.person()?.username;
    const { jobService } = context.services.runtime;
    return submitted(jobService.cancel(jobService.find(input.id).id, `cancelled by ${by}`), "cancelled");
  }),
  stats: os.system.stats.handler(({ context }) => {
    const { catalog, settings } = context.services.station;
    const counts = countByState(catalog);
    return {
      queued: counts.queued + counts.waiting,
      running: counts.running,
      completed: counts.completed,
      failed: counts.failed,
      total: Object.values(counts).reduce((a, b) => a + b, 0),
      max_workers: settings.queue.speechLane,
    };
  }),
  episodes: os.system.episodes.handler(({ context }) => {
    const { catalog } = context.services.station;
    const found = listShareFiles(catalog, { states: ["new", "ready", "queued"] }).map((file) => ({
      episode_id: `file-${file.id}`,
      filename: file.path.split("/").at(-1) ?? file.path,
      path: file.path,
      city: file.city,
      date: file.meetingDate,
      stage: file.state === "queued" ? "queued" : "discovered",
    }));
    const known = listLibrary(catalog, { sort: "completed", descending: true, limit: 1_000, offset: 0 }).rows.map(
      (row) => ({
        episode_id: row.recordingId,
        filename: row.filename,
        path: row.filePath,
        city: row.city,
        date: row.meetingDate,
        stage: row.vodStatus ?? row.status,
      }),
    );
    const episodes = [...found, ...known];
    return { episodes, total: episodes.length };
  }),
  shows: os.system.shows.handler(({ context }) => {
    const { shows } = listShows(context.services.station.catalog, { limit: 1_000 });
    return {
      success: true as const,
      shows: shows.map(
        ({ id, cablecastId, title, description, category, producer, runtime, createdDate, updatedDate }) => ({
          id,
          cablecast_id: cablecastId,
          title,
          description,
          category,
          producer,
          runtime,
          created_date: createdDate,
          updated_date: updatedDate,
        }),
      ),
    };
  }),
  syncShows: os.system.syncShows.handler(({ context }) => {
    const { job } = submitSync(context.services.runtime.jobService, false);
    return { success: true as const, message: "Shows are being synchronized", job_id: job.id };
  }),
  publish: os.system.publish.handler(async ({ input, context, signal }) => {
    const { id, ...settings } = input;
    const { catalog } = context.services.station;
    const row = requirePublishable(context.services, id);
    requirePublishChecks(context.services.station, row);
    const { job } = submitPublication(context.services.runtime.jobService, row, toPublishOptions(settings));
    const over = await ended(context.services, job.id, signal);
    const vod = publishedVods(catalog).find(
      ({ recordingId, status }) => recordingId === row.recordingId && status === "published",
    );
    const isDone = over.state === "completed";
    return {
      success: isDone,
      job_id: over.id,
      vod_id: isDone ? (vod?.vodId ?? null) : null,
      url: isDone ? (vod?.url ?? null) : null,
      error: over.errorMessage,
    };
  }),
  batchPublish: os.system.batchPublish.handler(({ input, context }) => {
    const results = input.transcription_ids.map((id) => {
      try {
        const row = requirePublishable(context.services, id);
        requirePublishChecks(context.services.station, row);
        const { job } = submitPublication(context.services.runtime.jobService, row, toPublishOptions(input.settings));
        return { transcription_id: id, status: "success" as const, job_id: job.id, error: null };
      } catch (thrown) {
        const error = toArchivistError(thrown);
        return { transcription_id: id, status: "failed" as const, job_id: null, error: error.message };
      }
    });
    return { success: results.every(({ status }) => status === "success"), results };
  }),
  health: os.system.health.handler(async ({ context }) => {
    const { station, runtime } = context.services;
    const findings = await runChecks(station.folder.root);
    const isWell = (...names: readonly string[]): boolean =>
      findings.filter(({ name }) => names.includes(name)).every(({ status }) => status !== "error");
    const storage = runtime.monitor.all().every(({ status }) => status !== "unhealthy");
    const services = {
      cablecast: station.settings.cablecast.url === null || isWell("Cablecast"),
      vod: findTargetFault(station.settings) === undefined,
      // None are configured: nothing can be wrong with them.
      webhooks: true,
      storage: storage && isWell("Data folder"),
      database: isWell("Catalog"),
      queue: !runtime.jobService.isPaused,
      speech: isWell("Speech engine", "Speech model", "Model"),
      system: isWell("Node.js", "Settings", "ffmpeg", "ffprobe"),
    };
    const healthy = Object.values(services).every(Boolean);
    if (!healthy) context.answerWith(503);
    return { healthy, timestamp: station.clock.now().toISOString(), services };
  }),
});
