/** Runs of jobs: claiming a job, its progress, and its end. Reports of an outdated run are ignored. */

import type { JobType, WaitReason } from "../../contract/jobs.ts";
import { and, eq, type SQL, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { jobs } from "../schema.ts";
import { addHistory } from "./job-history.ts";
import {
  errorColumns,
  failDependents,
  freeDependents,
  type JobChange,
  type JobError,
  type Note,
} from "./job-transitions.ts";
import type { JobRow } from "./jobs.ts";

/** Claims a queued job and starts a new run. @returns undefined when the job can no longer be claimed */
export function claimJob(catalog: Catalog, id: string, now: string): JobRow | undefined {
  return catalog.transaction(() => {
    const row = catalog.database
      .update(jobs)
      .set({
        state: "running",
        run: sql`${jobs.run} + 1`,
        attempts: sql`${jobs.attempts} + 1`,
        notBefore: null,
        errorCode: null,
        errorMessage: null,
        errorRemedy: null,
        etaMs: null,
        startedDate: sql`coalesce(${jobs.startedDate}, ${now})`,
      })
      .where(and(eq(jobs.id, id), eq(jobs.state, "queued"), eq(jobs.paused, false)))
      .returning()
      .get();
    if (row !== undefined) addHistory(catalog, id, "started", `try ${row.attempts}`, now);
    return row;
  });
}

/** Identifies a run of a job; reports of an older run are ignored. */
export interface RunKey {
  readonly id: string;
  readonly run: number;
}

const isRun = ({ id, run }: RunKey): SQL | undefined =>
  and(eq(jobs.id, id), eq(jobs.run, run), eq(jobs.state, "running"));

/** True while a run is current: its job was not cancelled, paused or released. */
export function isCurrent(catalog: Catalog, key: RunKey): boolean {
  return catalog.database.select({ id: jobs.id }).from(jobs).where(isRun(key)).get() !== undefined;
}

/** Maps the ids of running jobs to their current runs. */
export function listCurrentRuns(catalog: Catalog): ReadonlyMap<string, number> {
  const rows = catalog.database
    .select({ id: jobs.id, run: jobs.run })
    .from(jobs)
    .where(eq(jobs.state, "running"))
    .all();
  return new Map(rows.map(({ id, run }) => [id, run]));
}

/** True while a job of this type is running. */
export function hasRunningJob(catalog: Catalog, type: JobType): boolean {
  const isRunning = and(eq(jobs.state, "running"), eq(jobs.type, type));
  return catalog.database.select({ id: jobs.id }).from(jobs).where(isRunning).limit(1).get() !== undefined;
}

/** Ends a run of a job, for any reason. */
function leaveRun(catalog: Catalog, key: RunKey, change: JobChange, note: Note, now: string): boolean {
  return catalog.transaction(() => {
    const { changes } = catalog.database.update(jobs).set(change).where(isRun(key)).run();
    if (changes === 0) return false;
    addHistory(catalog, key.id, note.kind, note.message, now, note.details);
    if (change.state === "completed") freeDependents(catalog, key.id, now);
    if (change.state === "failed") failDependents(catalog, key.id, now);
    return true;
  });
}

/** @returns false when the run was no longer current, and nothing was changed */
export function completeRun(catalog: Catalog, key: RunKey, result: unknown, now: string): boolean {
  const change: JobChange = {
    state: "completed",
    progress: 1,
    etaMs: 0,
    stage: null,
    message: null,
    crashes: 0,
    completedDate: now,
    result: JSON.stringify(result ?? null),
  };
  return leaveRun(catalog, key, change, { kind: "completed", message: "done" }, now);
}

export function failRun(catalog: Catalog, key: RunKey, fault: JobError, now: string): boolean {
  const change: JobChange = { state: "failed", etaMs: null, completedDate: now, ...errorColumns(fault) };
  return leaveRun(catalog, key, change, { kind: "failed", message: fault.message, details: fault }, now);
}

export interface Requeue {
  /** ISO date before which it does not start; undefined: no delay. */
  readonly notBefore?: string;
  readonly overrides?: unknown;
  readonly payload?: unknown;
  readonly share?: string | null;
  readonly timeoutMs?: number;
  /** The reason for waiting. */
  readonly fault?: JobError;
  /** True: the attempt does not count, because the job did not cause the failure. */
  readonly attemptIsFree?: boolean;
}

/** Puts a running job back into the queue for another attempt. */
export function requeueRun(catalog: Catalog, key: RunKey, change: Requeue, note: Note, now: string): boolean {
  const { overrides, payload, fault, attemptIsFree, ...rest } = change;
  return leaveRun(
    catalog,
    key,
    {
      state: "queued",
      etaMs: null,
      ...rest,
      ...(overrides === undefined ? {} : { overrides: JSON.stringify(overrides) }),
      ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
      ...(fault === undefined ? {} : errorColumns(fault)),
      ...(attemptIsFree === true ? { attempts: sql`max(0, ${jobs.attempts} - 1)` } : {}),
    },
    note,
    now,
  );
}

/** Sets a running job to `waiting` until an external condition is met. The attempt does not count. */
export function blockRun(catalog: Catalog, key: RunKey, reason: WaitReason, fault: JobError, now: string): boolean {
  const change: JobChange = {
    state: "waiting",
    waitsFor: reason,
    etaMs: null,
    attempts: sql`max(0, ${jobs.attempts} - 1)`,
    ...errorColumns(fault),
  };
  return leaveRun(catalog, key, change, { kind: "waiting", message: fault.message, details: fault }, now);
}

export interface JobProgress {
  readonly progress: number;
  readonly stage: string | null;
  readonly message: string | null;
  readonly etaMs: number | null;
}

/** Saves the progress of a run. Progress resets the count of earlier crashes. */
export function saveProgress(catalog: Catalog, key: RunKey, progress: JobProgress): void {
  const etaMs = progress.etaMs === null ? null : Math.round(progress.etaMs);
  catalog.database
    .update(jobs)
    .set({
      ...progress,
      etaMs,
      crashes: sql`CASE WHEN ${progress.progress} > ${jobs.progress} + 0.001 THEN 0 ELSE ${jobs.crashes} END`,
    })
    .where(isRun(key))
    .run();
}

/**
 * Called after a start: jobs that were running when Archivist last ended are queued again and resume at their last
 * checkpoint. A job that was running at too many such ends fails.
 * @returns the jobs that were queued again, and those that failed
 */
export function requeueCrashed(
  catalog: Catalog,
  limit: number,
  fault: JobError,
  now: string,
): { readonly left: readonly JobRow[]; readonly failed: readonly JobRow[] } {
  return catalog.transaction(() => {
    const running = catalog.database.select().from(jobs).where(eq(jobs.state, "running")).all();
    const [failed, left] = [running.filter(isHopeless), running.filter((job) => !isHopeless(job))];
    for (const { id, run } of failed) failRun(catalog, { id, run }, fault, now);
    for (const { id, run, crashes, attempts } of left) {
      const change: JobChange = {
        state: "queued",
        crashes: crashes + 1,
        attempts: Math.max(0, attempts - 1),
        etaMs: null,
      };
      const message = "Archivist ended while it ran; it goes on where it was";
      leaveRun(catalog, { id, run }, change, { kind: "crashed", message }, now);
    }
    return { left, failed };

    function isHopeless({ crashes }: JobRow): boolean {
      return crashes + 1 >= limit;
    }
  });
}
