/** Publishing in the format of the legacy product. */
import { listShows } from "../catalog/repositories/cablecast-shows.ts";
import { publishedVods } from "../catalog/repositories/publications.ts";
import { requirePublishable } from "../catalog/repositories/publishing.ts";
import { submitPublications } from "../publishing/publish-many.ts";
import type { PublishOptions } from "../publishing/publish-options.ts";
import { requestPublication } from "../publishing/request-publication.ts";
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
  const { id: jobId } = await requestPublication(station, runtime.jobService, id, toPublishOptions(settings));
  const { vod, error } = await waitForPublication(services, jobId, recordingId, signal);
  return {
    success: error === null,
    job_id: jobId,
    vod_id: vod?.vodId ?? null,
    url: vod?.url ?? null,
    error,
  };
}

/** Waits until a publication has ended. @returns Its VOD, or why it failed */
async function waitForPublication(
  services: LegacyServices,
  jobId: string,
  recordingId: string,
  signal: AbortSignal | undefined,
) {
  const ended = await waitForJob(services, jobId, signal);
  if (ended.state !== "completed") return { vod: undefined, error: ended.errorMessage ?? `the job is ${ended.state}` };
  const vod = publishedVods(services.station.catalog).find(
    (each) => each.recordingId === recordingId && each.status === "published",
  );
  return { vod, error: null };
}

/**
 * Publishes several meetings and waits until all have ended; an error with one does not stop the others.
 * @returns For each its VOD, or why there is none
 * @throws ArchivistError `interrupted`
 */
export async function publishEach(
  services: LegacyServices,
  ids: readonly string[],
  settings: LegacySettings,
  signal: AbortSignal | undefined,
) {
  const { station, runtime } = services;
  const submitted = await submitPublications(station, runtime.jobService, ids, toPublishOptions(settings));
  const results = await Promise.all(
    submitted.map(async ({ plan: { id }, jobId, error }) => {
      const item = { transcription_id: id, job_id: jobId ?? null };
      if (jobId === undefined) {
        return { ...item, status: "failed" as const, vod_id: null, url: null, error: error?.message ?? null };
      }
      const { recordingId } = requirePublishable(station.catalog, id);
      const ended = await waitForPublication(services, jobId, recordingId, signal);
      const status = ended.error === null ? ("success" as const) : ("failed" as const);
      return { ...item, status, vod_id: ended.vod?.vodId ?? null, url: ended.vod?.url ?? null, error: ended.error };
    }),
  );
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
