/** What people and circumstances want of a job: cancel, retry, pause, move, wait. */
import { and, eq, inArray, lt, max, ne, or, type SQL, sql } from "drizzle-orm";
import type { WaitReason } from "../../contract/jobs.ts";
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

/** Puts queued jobs aside, or waiting ones back, without a run. @returns How many were. */
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

/** The jobs that wait for something. */
export function listWaiting(catalog: Catalog, reason: WaitReason): readonly Pick<JobRow, "id" | "share">[] {
  return catalog.database
    .select({ id: jobs.id, share: jobs.share })
    .from(jobs)
    .where(and(eq(jobs.state, "waiting"), eq(jobs.waitsFor, reason)))
    .all();
}

/** Cancels an open job, whatever it is doing; what it has made stays. @returns False when it was over already. */
export function cancelJob(catalog: Catalog, id: string, by: string, now: string): boolean {
  return catalog.transaction(() => {
    const change: JobChange = { state: "cancelled", waitsFor: null, etaMs: null, completedDate: now };
    const cancelled = transition(catalog, [id], isOpen, change, { kind: "cancelled", message: by }, now) > 0;
    if (cancelled) failDependents(catalog, id, now);
    return cancelled;
  });
}

/** Puts a job that has failed or was cancelled back; whatever failed for its sake follows. @returns False when it is neither. */
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

function retryDependent(catalog: Catalog, id: string, now: string): void {
  if (findJob(catalog, id)?.errorCode === dependencyError.code) retryJob(catalog, id, now);
}

/** Stops an open job for now; one that runs goes back into the queue. @returns False when it is over or paused. */
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

/** Changes how urgent an open job is; it goes to the end of its equals. */
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
 * Puts an open job right before another one, as by dragging: it takes over that one's priority, and both stay where a
 * person has seen them.
 */
export function moveJobBefore(catalog: Catalog, id: string, beforeId: string, now: string): boolean {
  return catalog.transaction(() => {
    const target = findJob(catalog, beforeId);
    const moved = findJob(catalog, id);
    if (target === undefined || moved === undefined || id === beforeId) return false;
    const { database } = catalog;
    const isEqual = and(isOpen, eq(jobs.priority, target.priority), ne(jobs.id, id)) as SQL;
    // What stands before the target stays there: it is pinned as well.
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
      // Pinned jobs come before all others, so their places begin below every other one.
      database.update(jobs).set({ pinned: true, position: index }).where(eq(jobs.id, each)).run();
    }
    return true;
  });
}
