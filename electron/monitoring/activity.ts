/** Activity of a station and the jobs that have ended, for display outside of any window. */
import type { Catalog } from "../catalog/open.ts";
import { countByState, type JobRow, listJobs } from "../catalog/repositories/jobs.ts";
import { announcedJobTypes } from "../contract/jobs.ts";
import type { JobQueue } from "../queue/job-queue.ts";
import type { JobService } from "../queue/job-service.ts";

export interface Activity {
  readonly running: number;
  readonly queued: number;
  readonly isPaused: boolean;
  /** Average progress of the running jobs, 0 to 1; null: none is running. */
  readonly progress: number | null;
}

export interface ActivityListener {
  /** Called when the activity has changed. */
  readonly onWork: (work: Activity) => void;
  /** Called once for each ended job that a user has requested. */
  readonly onEnded: (job: JobRow) => void;
}

/** Maximum number of jobs reported at once: users do not read more. */
const maxEnded = 20;

export interface ActivityServices {
  readonly catalog: Catalog;
  readonly jobService: Pick<JobService, "isPaused">;
  readonly queue: Pick<JobQueue, "feed" | "getProgress">;
}

function getActivity({ catalog, jobService, queue }: ActivityServices): Activity {
  const counts = countByState(catalog);
  const running = listJobs(catalog, { states: ["running"], limit: 100 });
  const done = running.reduce((sum, job) => sum + (queue.getProgress(job.id)?.progress ?? job.progress), 0);
  return {
    running: counts.running,
    queued: counts.queued + counts.waiting,
    isPaused: jobService.isPaused,
    progress: running.length === 0 ? null : Math.min(1, done / running.length),
  };
}

/**
 * Starts listening.
 * @param since jobs that ended before are not reported, ISO 8601
 * @returns Function that stops listening
 */
export function followActivity(
  services: ActivityServices,
  since: string,
  { onWork, onEnded }: ActivityListener,
): () => void {
  const { catalog } = services;
  const newest = () =>
    listJobs(catalog, { states: ["completed", "failed"], types: announcedJobTypes, limit: maxEnded });
  const reported = new Set<string>();
  let last = "";
  const refresh = (): void => {
    const work = getActivity(services);
    const text = JSON.stringify(work);
    if (text !== last) onWork(work);
    last = text;
    for (const job of newest().toReversed()) {
      if (reported.has(toKey(job)) || (job.completedDate ?? "") < since) continue;
      reported.add(toKey(job));
      onEnded(job);
    }
  };
  refresh();
  return services.queue.feed.listen(refresh);
}

/** A job that is retried ends again, so the key includes the time. */
const toKey = ({ id, completedDate }: JobRow): string => `${id} ${completedDate}`;
