/** Runs of jobs: taking one into work, how it gets on, how it ends. What an older run says no longer counts. */
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { WaitReason } from "../../contract/jobs.ts";
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

/** Takes a queued job into work: a new run. Undefined when it is no longer there to be taken. */
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

/** A run of a job: what an older one says no longer counts. */
export interface RunKey {
  readonly id: string;
  readonly run: number;
}

const isRun = ({ id, run }: RunKey): SQL | undefined =>
  and(eq(jobs.id, id), eq(jobs.run, run), eq(jobs.state, "running"));

/** True while a run is the one that counts: nobody has cancelled, paused or released its job. */
export function isCurrent(catalog: Catalog, key: RunKey): boolean {
  return catalog.database.select({ id: jobs.id }).from(jobs).where(isRun(key)).get() !== undefined;
}

/** Of some runs, those that still count. */
export function listCurrentRuns(catalog: Catalog): ReadonlyMap<string, number> {
  const rows = catalog.database
    .select({ id: jobs.id, run: jobs.run })
    .from(jobs)
    .where(eq(jobs.state, "running"))
    .all();
  return new Map(rows.map(({ id, run }) => [id, run]));
}

/** How a run of a job is over, for whatever reason. */
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

/** @returns False when the run no longer counted, and nothing was changed. */
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
  /** ISO date before which it does not start; undefined: as soon as it is its turn. */
  readonly notBefore?: string;
  readonly overrides?: unknown;
  readonly payload?: unknown;
  readonly share?: string | null;
  readonly timeoutMs?: number;
  /** Why, while it waits. */
  readonly fault?: JobError;
  /** The try does not count: it was not the job's fault. */
  readonly attemptIsFree?: boolean;
}

/** Puts a running job back into the queue, to be tried again. */
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

/** Puts a running job aside until something outside it is there. The try does not count. */
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

/** Keeps how far a run is. Getting on forgives earlier crashes. */
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
 * After a start: whatever ran when Archivist ended last is queued again, and goes on at its last checkpoint. One that
 * was there too often has failed.
 * @returns The jobs that go on, and those that have failed
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
