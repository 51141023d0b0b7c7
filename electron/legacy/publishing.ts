/** Publishing in the format of the legacy product. */
import { type ListedShow, listShows } from "../catalog/repositories/cablecast-shows.ts";
import { publishedVods } from "../catalog/repositories/publications.ts";
import { requirePublishable } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import { submitPublications } from "../publishing/publish-many.ts";
import type { PublishOptions } from "../publishing/publish-options.ts";
import { requestPublication } from "../publishing/request-publication.ts";
import { submitSync } from "../publishing/sync-job.ts";
import { toPage, toTranscriptionId } from "./episodes.ts";
import type { LegacyServices } from "./services.ts";
import { describeFailure, waitForAttempt } from "./wait-for-job.ts";

/** Number of shows that are read from the catalog at once. */
const showsAtOnce = 1_000;

export interface LegacySettings {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly tags?: string[] | undefined;
  readonly quality?: number | undefined;
  readonly enable_captions?: boolean | undefined;
  readonly auto_generate_title?: boolean | undefined;
  readonly auto_generate_description?: boolean | undefined;
  readonly chapters?: unknown;
  readonly captions?: unknown;
  readonly thumbnail?: unknown;
}

/** Settings that the legacy product took, and that cannot be given here. */
const madeHere = ["chapters", "captions", "thumbnail"] as const;

/** @throws ArchivistError `legacy.unavailable` for settings that would be ignored */
function requireKnownSettings(settings: LegacySettings): void {
  const name = madeHere.find((each) => settings[each] !== undefined);
  if (name === undefined) return;
  throw new ArchivistError("legacy.unavailable", {
    subject: name,
    cause: "Archivist makes it from the captions and the recording, and takes no other",
    remedy: "Leave it out.",
  });
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
 * Publishes a meeting and waits until it can be watched.
 * @param id of a transcription or an episode
 * @throws ArchivistError `meeting.unknown`, `publish.blocked`, `queue.full`, `interrupted`, `legacy.*`
 */
export async function publishAndWait(
  services: LegacyServices,
  id: string,
  settings: LegacySettings,
  signal: AbortSignal | undefined,
) {
  requireKnownSettings(settings);
  const { station, runtime } = services;
  const { recordingId, id: transcriptionId } = requirePublishable(station.catalog, toTranscriptionId(services, id));
  const { id: jobId } = await requestPublication(
    station,
    runtime.jobService,
    transcriptionId,
    toPublishOptions(settings),
  );
  const { vod, error } = await waitForPublication(services, jobId, recordingId, signal);
  if (error !== null) return { success: false as const, error };
  return { success: true as const, job_id: jobId, vod_id: vod?.vodId ?? null, url: vod?.url ?? null };
}

/**
 * Compares the shows with the Cablecast server and waits until that is done.
 * @throws ArchivistError `queue.full`, `interrupted`
 */
export async function syncAndWait(services: LegacyServices, signal: AbortSignal | undefined) {
  const { job } = submitSync(services.runtime.jobService, false);
  const tried = await waitForAttempt(services, job.id, signal);
  return tried.state === "completed"
    ? { success: true as const, message: "Shows synchronized successfully", job_id: job.id }
    : { success: false as const, error: describeFailure(tried) };
}

/** Waits until a publication has ended. @returns Its VOD, or why it failed */
async function waitForPublication(
  services: LegacyServices,
  jobId: string,
  recordingId: string,
  signal: AbortSignal | undefined,
) {
  const tried = await waitForAttempt(services, jobId, signal);
  if (tried.state !== "completed") return { vod: undefined, error: describeFailure(tried) };
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
  requireKnownSettings(settings);
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

/** @param page without a limit all shows that follow are listed, as the legacy product did */
export function listLegacyShows(
  { station: { catalog } }: LegacyServices,
  page: { readonly limit?: number | undefined; readonly offset: number },
) {
  const { offset } = page;
  const shows: ReturnType<typeof toLegacyShow>[] = [];
  for (;;) {
    const left = page.limit === undefined ? showsAtOnce : Math.min(showsAtOnce, page.limit - shows.length);
    const part = listShows(catalog, { limit: left, offset: offset + shows.length });
    shows.push(...part.shows.map(toLegacyShow));
    const isEnd = part.shows.length < left || shows.length === page.limit;
    if (isEnd) return { shows, ...toPage(part.total, { limit: page.limit ?? shows.length, offset }, shows.length) };
  }
}

const toLegacyShow = ({
  id,
  cablecastId,
  title,
  description,
  category,
  producer,
  runtime,
  createdDate,
  updatedDate,
}: ListedShow) => ({
  id,
  cablecast_id: cablecastId,
  title,
  description,
  category,
  producer,
  runtime,
  created_date: createdDate,
  updated_date: updatedDate,
});
