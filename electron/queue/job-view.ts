/** A job as users and clients see it, on every transport. Field names are those of the legacy API. */
import type { Catalog } from "../catalog/open.ts";
import { type DependencyRow, findNeeds } from "../catalog/repositories/job-dependencies.ts";
import { findWaitMessages } from "../catalog/repositories/job-history.ts";
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
  /** Why it waits, in words; null: it does not wait, or only for its turn. */
  readonly wait_message: string | null;
  /** Jobs that must have completed before it starts. */
  readonly needs: readonly LinkedJob[];
  readonly result: unknown;
  readonly created_date: string;
  readonly started_date: string | null;
  readonly completed_date: string | null;
}

/** Another job, as far as a job that needs it shows it. */
export interface LinkedJob {
  readonly job_id: string;
  readonly title: string;
  readonly status: JobRow["state"];
}

export const toLinkedJob = ({ id, title, state }: DependencyRow): LinkedJob => ({ job_id: id, title, status: state });

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
  const jobs = listJobs(catalog, filter);
  const links = findLinks(catalog, jobs);
  return jobs.map((job) => viewJob(job, live(job.id), etas.get(job.id), links));
}

/** Builds the view of one job. @param etaMs when it will have ended, as far as it is known */
export const viewOneJob = (catalog: Catalog, job: JobRow, live?: Progress, etaMs?: number): JobView =>
  viewJob(job, live, etaMs, findLinks(catalog, [job]));

/** What jobs wait for, by id. */
interface JobLinks {
  readonly needs: ReadonlyMap<string, readonly DependencyRow[]>;
  readonly waitMessages: ReadonlyMap<string, string>;
}

const noLinks: JobLinks = { needs: new Map(), waitMessages: new Map() };

function findLinks(catalog: Catalog, jobs: readonly JobRow[]): JobLinks {
  const waiting = jobs.filter(({ state }) => state === "waiting").map(({ id }) => id);
  return {
    needs: findNeeds(
      catalog,
      jobs.map(({ id }) => id),
    ),
    waitMessages: findWaitMessages(catalog, waiting),
  };
}

/** Why a job waits: what was said when it began to, or which jobs it needs. */
function formatWait({ id, state, waitsFor }: JobRow, { needs, waitMessages }: JobLinks): string | null {
  if (state !== "waiting") return null;
  if (waitsFor !== "dependency") return waitMessages.get(id) ?? null;
  const open = (needs.get(id) ?? []).filter((need) => need.state !== "completed");
  const [first] = open;
  if (first === undefined) return null;
  return open.length === 1 ? `it starts after "${first.title}"` : `it starts after ${open.length} other jobs`;
}

export function viewJob(job: JobRow, live?: Progress, etaMs?: number, links: JobLinks = noLinks): JobView {
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
    wait_message: formatWait(job, links),
    needs: (links.needs.get(job.id) ?? []).map(toLinkedJob),
    result: job.result === null ? null : JSON.parse(job.result),
    created_date: job.createdDate,
    started_date: job.startedDate,
    completed_date: job.completedDate,
  };
}
