/** Rows of jobs: inserting, finding and deleting them. */
import type { JobState, JobType } from "../../contract/jobs.ts";
import { and, asc, count, desc, eq, gt, inArray, isNull, lt, lte, max, min, or, type SQL, sql } from "../drizzle.ts";
import { newId } from "../ids.ts";
import type { Catalog } from "../open.ts";
import { jobDependencies, jobs } from "../schema.ts";
import { addHistory } from "./job-history.ts";
import { isOpen, unmetNeeds } from "./job-transitions.ts";

export type JobRow = typeof jobs.$inferSelect;

export interface NewJob {
  readonly type: JobType;
  readonly title: string;
  readonly payload: unknown;
  readonly priority: number;
  readonly createdDate: string;
  readonly dedupeKey?: string | null | undefined;
  readonly groupKey?: string | null | undefined;
  readonly city?: string | null | undefined;
  readonly batchId?: string | null | undefined;
  readonly share?: string | null | undefined;
  readonly durationMs?: number | null | undefined;
  readonly timeoutMs?: number | null | undefined;
  readonly paused?: boolean;
  /** The transcription that it is about, where that is known before it runs. */
  readonly transcriptionId?: string | null | undefined;
  /** Jobs that must have completed before this one starts. */
  readonly needs?: readonly string[];
}

/** Adds a job at the end of the queue. A job that needs others waits for them. */
export function insertJob(catalog: Catalog, job: NewJob): JobRow {
  const { needs = [], payload, ...rest } = job;
  return catalog.transaction(() => {
    const { database } = catalog;
    const last =
      database
        .select({ at: max(jobs.position) })
        .from(jobs)
        .get()?.at ?? 0;
    const waits = unmetNeeds(catalog, needs);
    const row = database
      .insert(jobs)
      .values({
        id: newId(),
        ...rest,
        payload: JSON.stringify(payload),
        position: last + 1,
        ...(waits ? { state: "waiting", waitsFor: "dependency" } : {}),
      })
      .returning()
      .get();
    for (const needsId of new Set(needs)) database.insert(jobDependencies).values({ jobId: row.id, needsId }).run();
    addHistory(catalog, row.id, "submitted", "put into the queue", job.createdDate);
    return row;
  });
}

export function findJob(catalog: Catalog, id: string): JobRow | undefined {
  return catalog.database.select().from(jobs).where(eq(jobs.id, id)).get();
}

/** Lists jobs whose id begins with a text, because users type its first characters; at most two. */
export function listJobsByPrefix(catalog: Catalog, prefix: string): readonly JobRow[] {
  return catalog.database
    .select()
    .from(jobs)
    .where(and(sql`${jobs.id} >= ${prefix}`, sql`${jobs.id} < ${`${prefix}\uFFFF`}`))
    .limit(2)
    .all();
}

export function findOpenJobByKey(catalog: Catalog, dedupeKey: string): JobRow | undefined {
  return catalog.database
    .select()
    .from(jobs)
    .where(and(eq(jobs.dedupeKey, dedupeKey), isOpen))
    .get();
}

/** True if a job with this key has failed, and is still in the lists. */
export function hasFailedByKey(catalog: Catalog, dedupeKey: string): boolean {
  const failed = and(eq(jobs.dedupeKey, dedupeKey), eq(jobs.state, "failed"));
  return catalog.database.select({ id: jobs.id }).from(jobs).where(failed).limit(1).get() !== undefined;
}

/** The newest job that writes the files of a transcription; undefined: there is none. */
export function findNewestExport(catalog: Catalog, transcriptionId: string): JobRow | undefined {
  return catalog.database
    .select()
    .from(jobs)
    .where(and(eq(jobs.type, "export"), eq(jobs.transcriptionId, transcriptionId)))
    .orderBy(desc(jobs.createdDate), desc(jobs.id))
    .limit(1)
    .get();
}

/** The latest job with a key, whether or not it has ended. */
export function findNewestJobByKey(catalog: Catalog, dedupeKey: string): JobRow | undefined {
  return catalog.database
    .select()
    .from(jobs)
    .where(eq(jobs.dedupeKey, dedupeKey))
    .orderBy(desc(jobs.createdDate), desc(jobs.position))
    .limit(1)
    .get();
}

/** Jobs with a key that failed or were cancelled, newest first. */
export function listEndedByKey(catalog: Catalog, dedupeKey: string): readonly JobRow[] {
  return catalog.database
    .select()
    .from(jobs)
    .where(and(eq(jobs.dedupeKey, dedupeKey), inArray(jobs.state, ["failed", "cancelled"])))
    .orderBy(desc(jobs.createdDate))
    .all();
}

export function countOpenJobs(catalog: Catalog): number {
  return catalog.database.select({ count: count() }).from(jobs).where(isOpen).get()?.count ?? 0;
}

/** Counts the jobs in each state. */
export function countByState(catalog: Catalog, batchId?: string): Readonly<Record<JobState, number>> {
  const counts = { queued: 0, running: 0, completed: 0, failed: 0, cancelled: 0, waiting: 0 };
  const rows = catalog.database
    .select({ state: jobs.state, count: count() })
    .from(jobs)
    .where(batchId === undefined ? undefined : eq(jobs.batchId, batchId))
    .groupBy(jobs.state)
    .all();
  for (const row of rows) counts[row.state] = row.count;
  return counts;
}

export interface JobFilter {
  readonly states?: readonly JobState[];
  readonly types?: readonly JobType[];
  readonly city?: string;
  readonly batchId?: string;
  readonly limit?: number;
  readonly offset?: number;
}

/**
 * The order in which jobs start, before groups and cities are considered: by priority, then pinned ones, then by
 * position.
 */
export const inQueueOrder = [desc(jobs.priority), desc(jobs.pinned), asc(jobs.position)] as const;

/** Lists running jobs, then open ones in queue order, then ended ones, newest first. */
export function listJobs(catalog: Catalog, filter: JobFilter = {}): readonly JobRow[] {
  const conditions: (SQL | undefined)[] = [
    filter.states && inArray(jobs.state, [...filter.states]),
    filter.types && inArray(jobs.type, [...filter.types]),
    filter.city === undefined ? undefined : eq(jobs.city, filter.city),
    filter.batchId === undefined ? undefined : eq(jobs.batchId, filter.batchId),
  ];
  const rank = sql`CASE ${jobs.state} WHEN 'running' THEN 0 WHEN 'queued' THEN 1 WHEN 'waiting' THEN 1 ELSE 2 END`;
  const isOver = sql`CASE WHEN ${jobs.completedDate} IS NULL THEN '' ELSE ${jobs.completedDate} END`;
  return catalog.database
    .select()
    .from(jobs)
    .where(and(...conditions))
    .orderBy(rank, desc(isOver), ...inQueueOrder)
    .limit(filter.limit ?? 1_000)
    .offset(filter.offset ?? 0)
    .all();
}

/** The columns that choosing the next job needs; payloads are not read. */
export type Candidate = Pick<
  JobRow,
  "id" | "type" | "priority" | "pinned" | "position" | "groupKey" | "city" | "share" | "createdDate"
>;

/** Lists the first jobs that may start now, in queue order. */
export function listCandidates(
  catalog: Catalog,
  now: string,
  types: readonly JobType[],
  limit: number,
): readonly Candidate[] {
  return catalog.database
    .select({
      id: jobs.id,
      type: jobs.type,
      priority: jobs.priority,
      pinned: jobs.pinned,
      position: jobs.position,
      groupKey: jobs.groupKey,
      city: jobs.city,
      share: jobs.share,
      createdDate: jobs.createdDate,
    })
    .from(jobs)
    .where(
      and(
        eq(jobs.state, "queued"),
        eq(jobs.paused, false),
        inArray(jobs.type, [...types]),
        or(isNull(jobs.notBefore), lte(jobs.notBefore, now)),
      ),
    )
    .orderBy(...inQueueOrder)
    .limit(limit)
    .all();
}

/** When the next job that waits between two attempts may start; undefined: none waits. */
export function findNextWake(catalog: Catalog, now: string): string | undefined {
  const row = catalog.database
    .select({ at: min(jobs.notBefore) })
    .from(jobs)
    .where(and(eq(jobs.state, "queued"), eq(jobs.paused, false), gt(jobs.notBefore, now)))
    .get();
  return row?.at ?? undefined;
}

/** Saves what becomes known about a job while it runs. */
export function setJobFacts(
  catalog: Catalog,
  id: string,
  known: Partial<Pick<JobRow, "durationMs" | "transcriptionId" | "batchId">>,
): void {
  if (Object.keys(known).length > 0) catalog.database.update(jobs).set(known).where(eq(jobs.id, id)).run();
}

/** An open job waits for it. */
const isNeeded = sql`EXISTS (SELECT 1 FROM job_dependencies d JOIN jobs j ON j.id = d.job_id
    WHERE d.needs_id = ${jobs.id} AND j.state IN ('queued', 'running', 'waiting'))`;

/** Deletes those of the jobs that failed or were cancelled, unless an open job needs them. @returns the number of jobs */
export function deleteEndedJobs(catalog: Catalog, ids: readonly string[]): number {
  const isEnded = inArray(jobs.state, ["failed", "cancelled"]);
  return catalog.database
    .delete(jobs)
    .where(and(inArray(jobs.id, [...ids]), isEnded, sql`NOT ${isNeeded}`))
    .run().changes;
}

/**
 * Deletes jobs that ended before a date, unless an open job needs them or their batch is still open.
 * @returns the number of jobs
 */
export function forgetEndedJobs(catalog: Catalog, before: string): number {
  const ended = inArray(jobs.state, ["completed", "failed", "cancelled"]);
  const inWork = sql`EXISTS (SELECT 1 FROM batches b WHERE b.id = ${jobs.batchId} AND b.completed_date IS NULL)`;
  return catalog.database
    .delete(jobs)
    .where(and(ended, lt(jobs.completedDate, before), sql`NOT ${isNeeded}`, sql`NOT ${inWork}`))
    .run().changes;
}
