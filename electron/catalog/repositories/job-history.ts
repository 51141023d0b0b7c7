/** The history of a job, in chronological order. */

import type { HistoryKind } from "../../contract/jobs.ts";
import { and, asc, eq, inArray } from "../drizzle.ts";
import { inBatches } from "../in-batches.ts";
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

/** What was last said when each of these jobs began to wait, by id. */
export function findWaitMessages(catalog: Catalog, ids: readonly string[]): ReadonlyMap<string, string> {
  const messages = new Map<string, string>();
  for (const some of inBatches(ids)) {
    const rows = catalog.database
      .select({ jobId: jobHistory.jobId, message: jobHistory.message })
      .from(jobHistory)
      .where(and(inArray(jobHistory.jobId, some), eq(jobHistory.kind, "waiting")))
      .orderBy(asc(jobHistory.id))
      .all();
    for (const { jobId, message } of rows) messages.set(jobId, message);
  }
  return messages;
}
