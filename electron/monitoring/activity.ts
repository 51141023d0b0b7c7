/** How the work of a station stands, and which jobs have ended, for whoever shows it outside of any window. */

import type { Catalog } from "../catalog/open.ts";
import { countByState, type JobRow, listJobs } from "../catalog/repositories/jobs.ts";
import { announcedJobTypes } from "../contract/jobs.ts";
import type { JobQueue } from "../queue/job-queue.ts";
import type { JobService } from "../queue/job-service.ts";

export interface Activity {
  readonly running: number;
  readonly queued: number;
  readonly isPaused: boolean;
  /** Of what is running, 0 to 1; null: nothing is. */
  readonly progress: number | null;
}

export interface ActivityListener {
  /** Told when it is other than before. */
  readonly onWork: (work: Activity) => void;
  /** Told once of each job that somebody has asked for. */
  readonly onEnded: (job: JobRow) => void;
}

/** More at once than anybody reads. */
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
 * Listens from now on.
 * @param since what has ended before is told to nobody, ISO 8601
 * @returns what ends the listening
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

/** A job that is tried again ends again. */
const toKey = ({ id, completedDate }: JobRow): string => `${id} ${completedDate}`;
