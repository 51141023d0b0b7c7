/** Adds found recordings to the queue, as many as there is room for; the rest stay ready. */
import { join } from "node:path";
import { setJobFacts } from "../catalog/repositories/jobs.ts";
import { changeShareFiles, listShareFiles, type ShareFileRow } from "../catalog/repositories/share-files.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { ShareSettings } from "../contract/settings/shares.ts";
import type { JobService } from "../queue/job-service.ts";
import type { StationServices } from "../station-services.ts";
import { createTranscriptionJob, isInQueue, type RecordingRequest } from "./transcription-job.ts";

export interface EnqueueDeps {
  readonly services: StationServices;
  readonly jobService: JobService;
}

export interface EnqueueResult {
  readonly jobs: readonly string[];
  /** Number of ready recordings for which there was no room. */
  readonly left: number;
}

/** The absolute path of a found file; undefined if its share is no longer in the settings. */
export function toAbsolutePath(shares: readonly ShareSettings[], file: ShareFileRow): string | undefined {
  const share = shares.find(({ label }) => label === file.share);
  return share && join(share.path, ...file.path.split("/"));
}

/**
 * Adds one found recording to the queue.
 * @returns The job's id; undefined if its share is no longer in the settings
 * @throws ArchivistError `queue.full`
 */
export function enqueueFile(
  { services, jobService }: EnqueueDeps,
  file: ShareFileRow,
  more: Pick<
    RecordingRequest,
    "batchId" | "target" | "priority" | "force" | "model" | "language" | "formats" | "summary" | "speakers" | "after"
  > = {},
): string | undefined {
  const { settings, catalog, clock } = services;
  const path = toAbsolutePath(settings.shares.servers, file);
  if (path === undefined) return undefined;
  const submission = createTranscriptionJob(settings, {
    path,
    modifiedMs: file.modifiedMs,
    now: clock.now(),
    shareFileId: file.id,
    meeting: { date: file.meetingDate ?? undefined, type: file.meetingType ?? undefined, title: file.title },
    durationMs: file.durationMs ?? undefined,
    ...more,
  });
  return catalog.transaction(() => {
    const { job, isNew } = jobService.submit(submission);
    // It was already in the queue without a batch, so it can be assigned to this one.
    if (!isNew && job.batchId === null && more.batchId !== undefined)
      setJobFacts(catalog, job.id, { batchId: more.batchId });
    changeShareFiles(catalog, [{ id: file.id, change: { state: "queued", reason: null } }]);
    return job.id;
  });
}

/** Marks recordings as known whose job was cancelled or deleted, so that a batch or a user can submit them again. */
export function releaseCancelled({ catalog, settings }: StationServices): void {
  const left = listShareFiles(catalog, { states: ["queued"] }).filter((file) => {
    const path = toAbsolutePath(settings.shares.servers, file);
    return path !== undefined && !isInQueue(catalog, path);
  });
  const change = { state: "known", reason: "its job was cancelled" } as const;
  changeShareFiles(
    catalog,
    left.map(({ id }) => ({ id, change })),
  );
}

/** Adds all ready recordings of cities to the queue, oldest first. @param cities undefined: every city */
export function enqueueReady(deps: EnqueueDeps, cities?: readonly string[]): EnqueueResult {
  const { catalog } = deps.services;
  releaseCancelled(deps.services);
  // Files without a city are not submitted automatically, only on request.
  const ready = listShareFiles(catalog, { states: ["ready"], ...(cities === undefined ? {} : { cities }) }).filter(
    ({ city }) => city !== null,
  );
  const jobs: string[] = [];
  for (const [index, file] of ready.entries()) {
    try {
      const id = enqueueFile(deps, file);
      if (id !== undefined) jobs.push(id);
    } catch (thrown) {
      if (thrown instanceof ArchivistError && thrown.code === "queue.full") return { jobs, left: ready.length - index };
      throw thrown;
    }
  }
  return { jobs, left: 0 };
}

/**
 * The schedule `pending`: adds ready recordings to the queue.
 * @param cities only of these; empty: of every city
 * @returns A description of what was done, for users
 */
export function enqueuePending(deps: EnqueueDeps, cities: readonly string[]): string {
  const { jobs, left } = enqueueReady(deps, cities.length === 0 ? undefined : cities);
  return `${jobs.length} put into the queue${left > 0 ? `, no room for ${left}` : ""}`;
}
