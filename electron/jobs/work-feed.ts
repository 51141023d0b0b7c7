/** How the work of a station stands, and which jobs have ended, for whoever shows it outside of any window. */
import { countByState, type JobRow, listJobs } from "../catalog/repositories/jobs.ts";
import type { Operation } from "./operation.ts";
import type { Workshop } from "./workshop.ts";

export interface Work {
  readonly running: number;
  readonly queued: number;
  readonly isPaused: boolean;
  /** Of what is running, 0 to 1; null: nothing is. */
  readonly progress: number | null;
}

export interface WorkListener {
  /** Told when it is other than before. */
  readonly onWork: (work: Work) => void;
  /** Told once of each job that somebody has asked for. */
  readonly onEnded: (job: JobRow) => void;
}

/** Upkeep is nobody's business. */
const shownTypes = ["process", "publish"] as const;

/** More at once than anybody reads. */
const mostEnded = 20;

interface Parts {
  readonly workshop: Workshop;
  readonly operation: Operation;
}

function workOf({ workshop, operation }: Parts): Work {
  const counts = countByState(workshop.catalog);
  const running = listJobs(workshop.catalog, { states: ["running"], limit: 100 });
  const done = running.reduce((sum, job) => sum + (operation.queue.progressOf(job.id)?.progress ?? job.progress), 0);
  return {
    running: counts.running,
    queued: counts.queued + counts.waiting,
    isPaused: operation.desk.isPaused,
    progress: running.length === 0 ? null : Math.min(1, done / running.length),
  };
}

/**
 * Listens from now on.
 * @param since what has ended before is told to nobody, ISO 8601
 * @returns what ends the listening
 */
export function followWork(parts: Parts, since: string, { onWork, onEnded }: WorkListener): () => void {
  const { catalog } = parts.workshop;
  const newest = () => listJobs(catalog, { states: ["completed", "failed"], types: shownTypes, limit: mostEnded });
  const told = new Set<string>();
  let last = "";
  const look = (): void => {
    const work = workOf(parts);
    const text = JSON.stringify(work);
    if (text !== last) onWork(work);
    last = text;
    for (const job of newest().toReversed()) {
      if (told.has(keyOf(job)) || (job.completedDate ?? "") < since) continue;
      told.add(keyOf(job));
      onEnded(job);
    }
  };
  look();
  return parts.operation.queue.feed.listen(look);
}

/** A job that is tried again ends again. */
const keyOf = ({ id, completedDate }: JobRow): string => `${id} ${completedDate}`;
