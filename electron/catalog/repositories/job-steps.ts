/** The steps of jobs. A completed step is not repeated when its job runs again. */
import { and, asc, eq, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { jobSteps } from "../schema.ts";

export type JobStepRow = typeof jobSteps.$inferSelect;

export function listJobSteps(catalog: Catalog, jobId: string): readonly JobStepRow[] {
  return catalog.database
    .select()
    .from(jobSteps)
    .where(eq(jobSteps.jobId, jobId))
    .orderBy(asc(jobSteps.position))
    .all();
}

/** Inserts the steps of a job before the first one begins; existing steps are left unchanged. */
export function planJobSteps(catalog: Catalog, jobId: string, names: readonly string[]): void {
  for (const [position, name] of names.entries()) {
    catalog.database.insert(jobSteps).values({ jobId, position, name }).onConflictDoNothing().run();
  }
}

const isStep = (jobId: string, name: string) => and(eq(jobSteps.jobId, jobId), eq(jobSteps.name, name));

export function beginJobStep(catalog: Catalog, jobId: string, name: string): void {
  catalog.database
    .update(jobSteps)
    .set({ status: "running", attempts: sql`${jobSteps.attempts} + 1` })
    .where(isStep(jobId, name))
    .run();
}

/** Ends an attempt at a step; its time is added to that of earlier attempts. */
export function endJobStep(
  catalog: Catalog,
  jobId: string,
  name: string,
  end: { readonly status: "completed" | "failed"; readonly elapsedMs: number; readonly result?: unknown },
): void {
  catalog.database
    .update(jobSteps)
    .set({
      status: end.status,
      elapsedMs: sql`${jobSteps.elapsedMs} + ${Math.max(0, Math.round(end.elapsedMs))}`,
      result: end.result === undefined ? null : JSON.stringify(end.result),
    })
    .where(isStep(jobId, name))
    .run();
}
