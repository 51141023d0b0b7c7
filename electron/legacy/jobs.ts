/** Jobs in the format of the legacy product. */
import { countByState, type JobRow, listJobs } from "../catalog/repositories/jobs.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { JobState } from "../contract/jobs.ts";
import { viewJob } from "../queue/job-view.ts";
import type { LegacyServices } from "./services.ts";

export function toLegacyJob({ runtime }: LegacyServices, row: JobRow) {
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

/** Response to a request that created a job. */
export const toSubmitted = (row: JobRow, message: string) => ({ job_id: row.id, status: row.state, message });

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

/** @param status undefined: jobs of every state */
export function listLegacyJobs(services: LegacyServices, status: JobState | undefined, limit: number) {
  const { catalog } = services.station;
  const rows = listJobs(catalog, { ...(status === undefined ? {} : { states: [status] }), limit });
  const counts = countByState(catalog);
  return {
    jobs: rows.map((row) => toLegacyJob(services, row)),
    total: status === undefined ? sum(counts) : counts[status],
  };
}

export function countLegacyJobs({ station: { catalog, settings } }: LegacyServices) {
  const counts = countByState(catalog);
  return {
    // The legacy product had no waiting state, so waiting jobs count as queued.
    queued: counts.queued + counts.waiting,
    running: counts.running,
    completed: counts.completed,
    failed: counts.failed,
    total: sum(counts),
    max_workers: settings.queue.speechLane,
  };
}

/**
 * Waits until a job is over.
 * @throws ArchivistError `interrupted` if the caller disconnects first
 */
export async function waitForJob(
  { runtime }: LegacyServices,
  id: string,
  signal: AbortSignal | undefined,
): Promise<JobRow> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      unsubscribe();
      reject(new ArchivistError("interrupted"));
    };
    const check = (): void => {
      const row = runtime.jobService.find(id);
      if (row.completedDate === null) return;
      unsubscribe();
      signal?.removeEventListener("abort", stop);
      resolve(row);
    };
    const unsubscribe = runtime.queue.feed.listen(check);
    signal?.addEventListener("abort", stop, { once: true });
    check();
  });
}
