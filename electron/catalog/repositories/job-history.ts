/** The history of a job, in chronological order. */
import { asc, eq } from "drizzle-orm";
import type { HistoryKind } from "../../contract/jobs.ts";
import type { Catalog } from "../open.ts";
import { jobHistory } from "../schema.ts";

export type HistoryRow = typeof jobHistory.$inferSelect;

export function addHistory(
  catalog: Catalog,
  jobId: string,
  kind: HistoryKind,
  message: string,
  date: string,
  details?: unknown,
): void {
  catalog.database
    .insert(jobHistory)
    .values({
      jobId,
      kind,
      message,
      details: details === undefined ? null : JSON.stringify(details),
      createdDate: date,
    })
    .run();
}

export function listHistory(catalog: Catalog, jobId: string): readonly HistoryRow[] {
  return catalog.database
    .select()
    .from(jobHistory)
    .where(eq(jobHistory.jobId, jobId))
    .orderBy(asc(jobHistory.id))
    .all();
}
