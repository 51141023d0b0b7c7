/** Changes to jobs by users and by the queue: cancel, retry, pause, move, block, release. */

import type { WaitReason } from "../../contract/jobs.ts";
import { and, eq, inArray, lt, max, ne, or, type SQL, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { jobs } from "../schema.ts";
import {
  dependencyError,
  failDependents,
  isOpen,
  type JobChange,
  listDependents,
  listNeeds,
  transition,
  unmetNeeds,
} from "./job-transitions.ts";
import { findJob, inQueueOrder, type JobRow } from "./jobs.ts";

/** Moves queued jobs to `waiting`, without a run. @returns the number of jobs moved */
export function blockQueued(
  catalog: Catalog,
  ids: readonly string[],
  reason: WaitReason,
  message: string,
  now: string,
): number {
  return transition(
    catalog,
    ids,
    eq(jobs.state, "queued"),
    { state: "waiting", waitsFor: reason },
    { kind: "waiting", message },
    now,
  );
}

export function releaseWaiting(catalog: Catalog, ids: readonly string[], message: string, now: string): number {
  const change: JobChange = { state: "queued", waitsFor: null };
  return transition(catalog, ids, eq(jobs.state, "waiting"), change, { kind: "released", message }, now);
}

/** Lists the jobs that wait for a reason. */
export function listWaiting(catalog: Catalog, reason: WaitReason): readonly Pick<JobRow, "id" | "share" | "type">[] {
  return catalog.database
    .select({ id: jobs.id, share: jobs.share, type: jobs.type })
    .from(jobs)
    .where(and(eq(jobs.state, "waiting"), eq(jobs.waitsFor, reason)))
    .all();
}

/** Cancels an open job in any state; its results so far are kept. @returns false when it had already ended */
export function cancelJob(catalog: Catalog, id: string, by: string, now: string): boolean {
  return catalog.transaction(() => {
    const change: JobChange = { state: "cancelled", waitsFor: null, etaMs: null, completedDate: now };
    const cancelled = transition(catalog, [id], isOpen, change, { kind: "cancelled", message: by }, now) > 0;
    if (cancelled) failDependents(catalog, id, now);
    return cancelled;
  });
}

/**
 * Queues a failed or cancelled job again, and the jobs that failed because they depend on it.
 * @returns false when it is neither
 */
export function retryJob(catalog: Catalog, id: string, now: string): boolean {
  return catalog.transaction(() => {
    const waits = unmetNeeds(catalog, listNeeds(catalog, id));
    const change: JobChange = {
      state: waits ? "waiting" : "queued",
      waitsFor: waits ? "dependency" : null,
      paused: false,
      attempts: 0,
      crashes: 0,
      overrides: "{}",
      notBefore: null,
      completedDate: null,
      errorCode: null,
      errorMessage: null,
      errorRemedy: null,
    };
    const isEnded = inArray(jobs.state, ["failed", "cancelled"]);
    const done = transition(catalog, [id], isEnded, change, { kind: "retry", message: "asked for again" }, now) > 0;
    if (done) for (const dependent of listDependents(catalog, id)) retryDependent(catalog, dependent, now);
    return done;
  });
}

/** Changes what an open job is asked for. */
export function changeRequest(catalog: Catalog, id: string, payload: unknown, groupKey: string | null): void {
  catalog.database
    .update(jobs)
    .set({ payload: JSON.stringify(payload), groupKey })
    .where(and(eq(jobs.id, id), isOpen))
    .run();
}

function retryDependent(catalog: Catalog, id: string, now: string): void {
  if (findJob(catalog, id)?.errorCode === dependencyError.code) retryJob(catalog, id, now);
}

/** Pauses an open job; a running one goes back into the queue. @returns false when it has ended or is paused */
export function pauseJob(catalog: Catalog, id: string, now: string): boolean {
  return catalog.transaction(() => {
    const change: JobChange = {
      paused: true,
      etaMs: null,
      state: sql`CASE ${jobs.state} WHEN 'running' THEN 'queued' ELSE ${jobs.state} END`,
      attempts: sql`CASE ${jobs.state} WHEN 'running' THEN max(0, ${jobs.attempts} - 1) ELSE ${jobs.attempts} END`,
    };
    const may = and(isOpen, eq(jobs.paused, false)) as SQL;
    return transition(catalog, [id], may, change, { kind: "paused", message: "paused" }, now) > 0;
  });
}

export function resumeJob(catalog: Catalog, id: string, now: string): boolean {
  const may = and(isOpen, eq(jobs.paused, true)) as SQL;
  return transition(catalog, [id], may, { paused: false }, { kind: "resumed", message: "goes on" }, now) > 0;
}

/** Changes the priority of an open job; it moves behind the other jobs of that priority. */
export function setPriority(catalog: Catalog, id: string, priority: number, now: string): boolean {
  return catalog.transaction(() => {
    const last =
      catalog.database
        .select({ at: max(jobs.position) })
        .from(jobs)
        .get()?.at ?? 0;
    const change: JobChange = { priority, pinned: false, position: last + 1 };
    return transition(catalog, [id], isOpen, change, { kind: "moved", message: `priority ${priority}` }, now) > 0;
  });
}

/**
 * Moves an open job directly before another one, as by dragging. It takes over that job's priority, and both are pinned
 * so that they stay where the user has seen them.
 */
export function moveJobBefore(catalog: Catalog, id: string, beforeId: string, now: string): boolean {
  return catalog.transaction(() => {
    const target = findJob(catalog, beforeId);
    const moved = findJob(catalog, id);
    if (target === undefined || moved === undefined || id === beforeId) return false;
    const { database } = catalog;
    const isEqual = and(isOpen, eq(jobs.priority, target.priority), ne(jobs.id, id)) as SQL;
    // Jobs before the target have to stay before it, so they are pinned as well.
    const before = or(
      target.pinned ? sql`0` : eq(jobs.pinned, true),
      and(eq(jobs.pinned, target.pinned), lt(jobs.position, target.position)),
    ) as SQL;
    const ahead = database
      .select({ id: jobs.id })
      .from(jobs)
      .where(and(isEqual, before))
      .orderBy(...inQueueOrder)
      .all();
    const order = [...ahead.map((row) => row.id), id, beforeId];
    const pinned = database
      .select({ id: jobs.id })
      .from(jobs)
      .where(and(isEqual, eq(jobs.pinned, true)))
      .orderBy(...inQueueOrder)
      .all()
      .map((row) => row.id)
      .filter((other) => !order.includes(other));
    const change: JobChange = { priority: target.priority };
    const message = `before ${target.title}`;
    if (transition(catalog, [id], isOpen, change, { kind: "moved", message }, now) === 0) return false;
    for (const [index, each] of [...order, ...pinned].entries()) {
      // Pinned jobs sort before all others, so their positions can start at 0.
      database.update(jobs).set({ pinned: true, position: index }).where(eq(jobs.id, each)).run();
    }
    return true;
  });
}
