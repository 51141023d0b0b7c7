/** A job as users and clients see it, on every transport. Field names are those of the legacy API. */
import type { Catalog } from "../catalog/open.ts";
import { type JobFilter, type JobRow, listJobs } from "../catalog/repositories/jobs.ts";
import type { JobType } from "../contract/jobs.ts";
import { type EstimatedJob, type MeasuredSpeed, queueEtas } from "./estimates.ts";
import type { Progress } from "./job-kind.ts";

export interface JobView {
  readonly job_id: string;
  readonly type: string;
  readonly title: string;
  readonly status: JobRow["state"];
  readonly waits_for: JobRow["waitsFor"];
  readonly paused: boolean;
  readonly priority: number;
  readonly city: string | null;
  readonly share: string | null;
  readonly batch_id: string | null;
  readonly transcription_id: string | null;
  readonly attempts: number;
  /** 0 to 100. */
  readonly progress: number;
  readonly current_stage: string | null;
  readonly message: string | null;
  readonly eta_seconds: number | null;
  readonly error: { readonly code: string; readonly message: string; readonly remedy: string } | null;
  readonly not_before: string | null;
  readonly result: unknown;
  readonly created_date: string;
  readonly started_date: string | null;
  readonly completed_date: string | null;
}

/** Jobs whose end can be estimated from the speed of earlier ones; provided by the job kind. */
export interface EstimatedJobs {
  readonly types: readonly JobType[];
  /** This machine's speed with recent jobs of this kind. */
  readonly measureSpeed: (catalog: Catalog) => MeasuredSpeed;
  /** Key of jobs with the same speed; undefined: use the overall speed. */
  readonly getSpeedGroup: (job: JobRow) => string | undefined;
}

/** Estimates when each open job will end, in milliseconds by id, from the speed of recent jobs on this machine. */
export function estimateEtas(
  catalog: Catalog,
  { types, measureSpeed, getSpeedGroup }: EstimatedJobs,
  live: (id: string) => Progress | undefined,
): ReadonlyMap<string, number> {
  const open = listJobs(catalog, { states: ["running", "queued"], types, limit: maxEstimated });
  const jobs = open
    .filter(({ paused }) => !paused)
    .map((job): EstimatedJob => {
      const { id, state, durationMs } = job;
      return { id, state, durationMs, etaMs: live(id)?.etaMs ?? job.etaMs, speedGroup: getSpeedGroup(job) };
    });
  return queueEtas(jobs, measureSpeed(catalog));
}

/** An estimate further ahead than this many jobs is of little use. */
const maxEstimated = 200;

/**
 * Builds the views of jobs.
 * @param estimated jobs whose end is estimated
 * @param live latest progress of the jobs running in this process
 */
export function viewJobs(
  catalog: Catalog,
  filter: JobFilter,
  estimated: EstimatedJobs,
  live: (id: string) => Progress | undefined = () => undefined,
): readonly JobView[] {
  const etas = estimateEtas(catalog, estimated, live);
  return listJobs(catalog, filter).map((job) => viewJob(job, live(job.id), etas.get(job.id)));
}

export function viewJob(job: JobRow, live?: Progress, etaMs?: number): JobView {
  const isOpen = job.completedDate === null;
  const { errorCode, errorMessage, errorRemedy } = job;
  return {
    job_id: job.id,
    type: job.type,
    title: job.title,
    status: job.state,
    waits_for: job.waitsFor,
    paused: job.paused,
    priority: job.priority,
    city: job.city,
    share: job.share,
    batch_id: job.batchId,
    transcription_id: job.transcriptionId,
    attempts: job.attempts,
    progress: Math.floor((live?.progress ?? job.progress) * 1000) / 10,
    current_stage: live?.stage ?? job.stage,
    message: live?.message ?? job.message,
    eta_seconds: isOpen && etaMs !== undefined ? Math.round(etaMs / 1000) : null,
    error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? "", remedy: errorRemedy ?? "" },
    not_before: job.notBefore,
    result: job.result === null ? null : JSON.parse(job.result),
    created_date: job.createdDate,
    started_date: job.startedDate,
    completed_date: job.completedDate,
  };
}
