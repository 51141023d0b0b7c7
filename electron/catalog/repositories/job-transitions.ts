/** State transitions of jobs, and their effect on dependent jobs. */

import { type HistoryKind, openStates } from "../../contract/jobs.ts";
import type { SQLiteUpdateSetSource } from "../drizzle.ts";
import { and, eq, inArray, ne, type SQL } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { jobDependencies, jobs } from "../schema.ts";
import { addHistory } from "./job-history.ts";

export const isOpen = inArray(jobs.state, [...openStates]);

export function unmetNeeds(catalog: Catalog, needs: readonly string[]): boolean {
  if (needs.length === 0) return false;
  const unmet = catalog.database
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(inArray(jobs.id, [...needs]), ne(jobs.state, "completed")))
    .limit(1)
    .get();
  return unmet !== undefined;
}

/** New column values, or expressions that compute them. */
export type JobChange = SQLiteUpdateSetSource<typeof jobs>;

export interface Note {
  readonly kind: HistoryKind;
  readonly message: string;
  readonly details?: unknown;
}

export interface JobError {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

export const errorColumns = ({ code, message, remedy }: JobError): JobChange => ({
  errorCode: code,
  errorMessage: message,
  errorRemedy: remedy,
});

export function transition(
  catalog: Catalog,
  ids: readonly string[],
  from: SQL,
  change: JobChange,
  note: Note,
  now: string,
): number {
  return catalog.transaction(() => {
    let moved = 0;
    for (const id of ids) {
      const { changes } = catalog.database
        .update(jobs)
        .set(change)
        .where(and(eq(jobs.id, id), from))
        .run();
      if (changes > 0) addHistory(catalog, id, note.kind, note.message, now, note.details);
      moved += changes;
    }
    return moved;
  });
}

export function listDependents(catalog: Catalog, id: string): readonly string[] {
  return catalog.database
    .select({ id: jobDependencies.jobId })
    .from(jobDependencies)
    .where(eq(jobDependencies.needsId, id))
    .all()
    .map((row) => row.id);
}

export function listNeeds(catalog: Catalog, id: string): readonly string[] {
  return catalog.database
    .select({ id: jobDependencies.needsId })
    .from(jobDependencies)
    .where(eq(jobDependencies.jobId, id))
    .all()
    .map((row) => row.id);
}

export function freeDependents(catalog: Catalog, id: string, now: string): void {
  const free = listDependents(catalog, id).filter((dependent) => !unmetNeeds(catalog, listNeeds(catalog, dependent)));
  const waits = and(eq(jobs.state, "waiting"), eq(jobs.waitsFor, "dependency")) as SQL;
  const change: JobChange = { state: "queued", waitsFor: null };
  transition(catalog, free, waits, change, { kind: "released", message: "what it needs is done" }, now);
}

export const dependencyError: JobError = {
  code: "job.dependency",
  message: "a job that this one needs has not completed",
  remedy: "Retry that job: this one follows by itself.",
};

export function failDependents(catalog: Catalog, id: string, now: string): void {
  const waits = and(eq(jobs.state, "waiting"), eq(jobs.waitsFor, "dependency")) as SQL;
  const change: JobChange = { state: "failed", waitsFor: null, completedDate: now, ...errorColumns(dependencyError) };
  for (const dependent of listDependents(catalog, id)) {
    const failed = transition(
      catalog,
      [dependent],
      waits,
      change,
      { kind: "failed", message: dependencyError.message },
      now,
    );
    if (failed > 0) failDependents(catalog, dependent, now);
  }
}
