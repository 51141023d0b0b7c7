/** Which jobs need which, for people to see. */
import { asc, eq, inArray } from "../drizzle.ts";
import { inBatches } from "../in-batches.ts";
import type { Catalog } from "../open.ts";
import { jobDependencies, jobs } from "../schema.ts";
import type { JobRow } from "./jobs.ts";

export type DependencyRow = Pick<JobRow, "id" | "title" | "state">;

const columns = { id: jobs.id, title: jobs.title, state: jobs.state };

/** The jobs that each of these jobs needs, by id; those that need none are left out. */
export function findNeeds(catalog: Catalog, ids: readonly string[]): ReadonlyMap<string, readonly DependencyRow[]> {
  const needs = new Map<string, DependencyRow[]>();
  for (const some of inBatches(ids)) {
    const rows = catalog.database
      .select({ jobId: jobDependencies.jobId, ...columns })
      .from(jobDependencies)
      .innerJoin(jobs, eq(jobs.id, jobDependencies.needsId))
      .where(inArray(jobDependencies.jobId, some))
      .orderBy(asc(jobs.position))
      .all();
    for (const { jobId, ...row } of rows) needs.set(jobId, [...(needs.get(jobId) ?? []), row]);
  }
  return needs;
}

/** The jobs that need a job. */
export function listNeededBy(catalog: Catalog, id: string): readonly DependencyRow[] {
  return catalog.database
    .select(columns)
    .from(jobDependencies)
    .innerJoin(jobs, eq(jobs.id, jobDependencies.jobId))
    .where(eq(jobDependencies.needsId, id))
    .orderBy(asc(jobs.position))
    .all();
}
