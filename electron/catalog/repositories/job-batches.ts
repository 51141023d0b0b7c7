/** Batches: jobs that were submitted together. */
import { and, desc, eq, isNull, sql } from "../drizzle.ts";
import { newId } from "../ids.ts";
import type { Catalog } from "../open.ts";
import { batches, jobs, transcriptions } from "../schema.ts";

export type BatchRow = typeof batches.$inferSelect;

export interface RefusedFile {
  readonly city: string | null;
  readonly path: string;
  readonly reason: string;
}

export function addBatch(
  catalog: Catalog,
  batch: {
    readonly name: string;
    readonly request: unknown;
    readonly refused: readonly RefusedFile[];
    readonly createdDate: string;
  },
): BatchRow {
  const { name, createdDate } = batch;
  return catalog.database
    .insert(batches)
    .values({
      id: newId(),
      name,
      createdDate,
      request: JSON.stringify(batch.request),
      refused: JSON.stringify(batch.refused),
    })
    .returning()
    .get();
}

export function listBatches(catalog: Catalog, limit = 50): readonly BatchRow[] {
  return catalog.database.select().from(batches).orderBy(desc(batches.createdDate)).limit(limit).all();
}

/** Lists batches whose jobs have all ended and whose reports are not written yet. */
export function endedBatches(catalog: Catalog): readonly BatchRow[] {
  const isOpen = sql`EXISTS (SELECT 1 FROM jobs j WHERE j.batch_id = ${batches.id}
    AND j.state IN ('queued', 'running', 'waiting'))`;
  return catalog.database
    .select()
    .from(batches)
    .where(and(isNull(batches.completedDate), sql`NOT ${isOpen}`))
    .all();
}

/** Lists batches whose id begins with a text; at most two. */
export function findBatchesByPrefix(catalog: Catalog, prefix: string): readonly BatchRow[] {
  return catalog.database
    .select()
    .from(batches)
    .where(and(sql`${batches.id} >= ${prefix}`, sql`${batches.id} < ${`${prefix}\uFFFF`}`))
    .limit(2)
    .all();
}

/** Some of its jobs run again: reports are written when they have ended. */
export function reopenBatch(catalog: Catalog, id: string): void {
  catalog.database.update(batches).set({ completedDate: null }).where(eq(batches.id, id)).run();
}

export function completeBatch(catalog: Catalog, id: string, now: string): void {
  catalog.database.update(batches).set({ completedDate: now }).where(eq(batches.id, id)).run();
}

/** Lists the jobs of a batch with their results. */
export function batchJobs(catalog: Catalog, id: string) {
  return catalog.database
    .select({
      id: jobs.id,
      title: jobs.title,
      city: jobs.city,
      state: jobs.state,
      progress: jobs.progress,
      startedDate: jobs.startedDate,
      completedDate: jobs.completedDate,
      durationMs: jobs.durationMs,
      errorMessage: jobs.errorMessage,
      errorRemedy: jobs.errorRemedy,
      result: jobs.result,
      transcriptionId: jobs.transcriptionId,
      transcriptionStatus: transcriptions.status,
      qualityScore: transcriptions.qualityScore,
      processingSeconds: transcriptions.processingTime,
    })
    .from(jobs)
    .leftJoin(transcriptions, eq(transcriptions.id, jobs.transcriptionId))
    .where(eq(jobs.batchId, id))
    .orderBy(jobs.city, jobs.position)
    .all();
}

export type BatchJob = ReturnType<typeof batchJobs>[number];
