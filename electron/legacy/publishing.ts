/** Publishing in the format of the legacy product. */
import { listShows } from "../catalog/repositories/cablecast-shows.ts";
import { publishedVods } from "../catalog/repositories/publications.ts";
import { requirePublishable } from "../catalog/repositories/publishing.ts";
import { toArchivistError } from "../contract/errors.ts";
import { requestPublication } from "../publishing/auto-publish.ts";
import type { PublishOptions } from "../publishing/publish-options.ts";
import { waitForJob } from "./jobs.ts";
import type { LegacyServices } from "./services.ts";

/** Maximum number of shows in a response. */
const maxShows = 1_000;

export interface LegacySettings {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: string[] | undefined;
  readonly quality?: number | undefined;
  readonly enable_captions?: boolean | undefined;
  readonly auto_generate_title?: boolean | undefined;
  readonly auto_generate_description?: boolean | undefined;
}

export function toPublishOptions(settings: LegacySettings): PublishOptions {
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

/**
 * Publishes a meeting and waits until the job has ended, successfully or not.
 * @throws ArchivistError `meeting.unknown`, `publish.blocked`, `queue.full`, `interrupted`
 */
export async function publishAndWait(
  services: LegacyServices,
  id: string,
  settings: LegacySettings,
  signal: AbortSignal | undefined,
) {
  const { station, runtime } = services;
  const { recordingId } = requirePublishable(station.catalog, id);
  const { id: jobId } = requestPublication(station, runtime.jobService, id, toPublishOptions(settings));
  const ended = await waitForJob(services, jobId, signal);
  const isDone = ended.state === "completed";
  const vod = publishedVods(station.catalog).find(
    (each) => each.recordingId === recordingId && each.status === "published",
  );
  return {
    success: isDone,
    job_id: ended.id,
    vod_id: isDone ? (vod?.vodId ?? null) : null,
    url: isDone ? (vod?.url ?? null) : null,
    error: ended.errorMessage,
  };
}

/** Submits publications; an error with one does not stop the others. */
export function publishEach({ station, runtime }: LegacyServices, ids: readonly string[], settings: LegacySettings) {
  const options = toPublishOptions(settings);
  const results = ids.map((id) => {
    try {
      const { id: jobId } = requestPublication(station, runtime.jobService, id, options);
      return { transcription_id: id, status: "success" as const, job_id: jobId, error: null };
    } catch (thrown) {
      const error = toArchivistError(thrown).message;
      return { transcription_id: id, status: "failed" as const, job_id: null, error };
    }
  });
  return { success: results.every(({ status }) => status === "success"), results };
}

export function listLegacyShows({ station }: LegacyServices) {
  const { shows } = listShows(station.catalog, { limit: maxShows });
  return shows.map(
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
  );
}
