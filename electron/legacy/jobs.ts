/** Jobs in the format of the legacy product. */
import { z } from "zod";
import { secondMs } from "../captions/time/durations.ts";
import { recordingsOfTranscriptions } from "../catalog/repositories/episodes.ts";
import { countByState, type JobRow, listJobs } from "../catalog/repositories/jobs.ts";
import { findRecordingByPath } from "../catalog/repositories/recordings.ts";
import { findShareFile } from "../catalog/repositories/share-files.ts";
import type { legacyStates } from "../contract/api/legacy.ts";
import { type JobState, targetStages } from "../contract/jobs.ts";
import { estimateEtas, viewJob } from "../queue/job-view.ts";
import { transcriptionEstimates } from "../transcription/job-estimates.ts";
import { toFileEpisodeId, toPage } from "./episodes.ts";
import type { LegacyServices } from "./services.ts";

type LegacyState = (typeof legacyStates)[number];

/** A waiting job will run by itself, and a cancelled one has ended without success. */
const toLegacyState: Readonly<Record<JobState, LegacyState>> = {
  queued: "queued",
  waiting: "queued",
  running: "running",
  completed: "completed",
  failed: "failed",
  cancelled: "failed",
};

/** The states to look for when a client asks for one of either product. */
const statesFor: Readonly<Record<JobState, readonly JobState[]>> = {
  queued: ["queued", "waiting"],
  waiting: ["waiting"],
  running: ["running"],
  completed: ["completed"],
  failed: ["failed", "cancelled"],
  cancelled: ["cancelled"],
};

/** What is read of payloads, whatever the kind of job. */
const payloadSchema = z.looseObject({
  path: z.string().optional(),
  shareFileId: z.number().int().optional(),
  transcriptionId: z.string().optional(),
  target: z.enum(targetStages).optional(),
});
const resultSchema = z.looseObject({ recordingId: z.string().optional(), durationMs: z.number().nullish() });

function parsePayload({ payload }: JobRow) {
  return payloadSchema.safeParse(JSON.parse(payload)).data ?? {};
}

/** The id by which an episode was submitted, or else the one that every call takes. */
function findEpisodeId({ station: { catalog } }: LegacyServices, row: JobRow): string | null {
  const { path, shareFileId, transcriptionId } = parsePayload(row);
  if (shareFileId !== undefined && findShareFile(catalog, shareFileId) !== undefined)
    return toFileEpisodeId(shareFileId);
  const known = row.transcriptionId ?? transcriptionId;
  const recordingId = known === undefined ? undefined : recordingsOfTranscriptions(catalog, [known]).get(known);
  return recordingId ?? (path === undefined ? undefined : findRecordingByPath(catalog, path)?.id) ?? null;
}

/** What a finished job on an episode has brought. */
function findResult(row: JobRow, episodeId: string | null) {
  if (row.type !== "process" || row.state !== "completed" || row.result === null) return null;
  const durationMs = resultSchema.safeParse(JSON.parse(row.result)).data?.durationMs ?? row.durationMs;
  return {
    episode_id: episodeId,
    stage: parsePayload(row).target ?? "enriched",
    duration: durationMs === null ? null : durationMs / secondMs,
  };
}

function toJob(services: LegacyServices, row: JobRow, etaMs: number | undefined) {
  const job = viewJob(row, services.runtime.queue.getProgress(row.id), etaMs);
  const episodeId = findEpisodeId(services, row);
  const isCancelled = row.state === "cancelled";
  return {
    job_id: job.job_id,
    job_type: job.type === "process" ? "process_episode" : job.type,
    episode_id: episodeId,
    transcription_id: row.transcriptionId,
    status: toLegacyState[row.state],
    state: row.state,
    progress: job.progress,
    current_stage: job.current_stage,
    message: isCancelled ? "it was cancelled" : job.message,
    eta_seconds: job.eta_seconds,
    error: job.error?.message ?? (isCancelled ? "it was cancelled" : null),
    result: findResult(row, episodeId),
    created_at: job.created_date,
    started_at: job.started_date,
    completed_at: job.completed_date,
  };
}

const getEtas = ({ station, runtime }: LegacyServices) =>
  estimateEtas(station.catalog, transcriptionEstimates, (id) => runtime.queue.getProgress(id));

export const toLegacyJob = (services: LegacyServices, row: JobRow) =>
  toJob(services, row, row.completedDate === null ? getEtas(services).get(row.id) : undefined);

/** Response to a request that created a job. */
export const toSubmitted = (row: JobRow, message: string) => ({
  job_id: row.id,
  status: toLegacyState[row.state],
  message,
});

const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);

/** @param status undefined: jobs of every state */
export function listLegacyJobs(
  services: LegacyServices,
  status: JobState | undefined,
  page: { readonly limit: number; readonly offset: number },
) {
  const { catalog } = services.station;
  const states = status === undefined ? undefined : statesFor[status];
  const rows = listJobs(catalog, { ...(states === undefined ? {} : { states }), ...page });
  const counts = countByState(catalog);
  const total = sum(states === undefined ? Object.values(counts) : states.map((state) => counts[state]));
  const etas = getEtas(services);
  return { jobs: rows.map((row) => toJob(services, row, etas.get(row.id))), ...toPage(total, page, rows.length) };
}

/** Counts jobs in the states of the legacy product; they add up to the total. */
export function countLegacyJobs({ station: { catalog, settings } }: LegacyServices) {
  const counts = countByState(catalog);
  return {
    queued: counts.queued + counts.waiting,
    running: counts.running,
    completed: counts.completed,
    failed: counts.failed + counts.cancelled,
    total: sum(Object.values(counts)),
    max_workers: settings.queue.speechLane,
  };
}
