/** Updates the state of a found file when its job ends. */
import type { Catalog } from "../catalog/open.ts";
import type { JobRow } from "../catalog/repositories/jobs.ts";
import { changeShareFiles } from "../catalog/repositories/share-files.ts";
import type { TypedEvents } from "../platform/typed-events.ts";
import type { QueueEvents } from "../queue/job-queue.ts";
import { processPayloadSchema } from "../transcription/job-payload.ts";

function getShareFileId(job: JobRow): number | undefined {
  if (job.type !== "process") return undefined;
  return processPayloadSchema.safeParse(JSON.parse(job.payload)).data?.shareFileId;
}

/** Marks the job's file as done. */
export function markFileDone(catalog: Catalog, job: JobRow): void {
  const id = getShareFileId(job);
  if (id !== undefined) changeShareFiles(catalog, [{ id, change: { state: "done", reason: null } }]);
}

/** Marks the job's file as refused, with a reason; the job can still be retried. */
export function markFileRefused(catalog: Catalog, job: JobRow, reason: string): void {
  const id = getShareFileId(job);
  if (id !== undefined) changeShareFiles(catalog, [{ id, change: { state: "refused", reason } }]);
}

/** Keeps file states in sync with the queue's events. */
export function recordFileStates(events: TypedEvents<QueueEvents>, catalog: Catalog): void {
  events.on("jobEnded", (job) => markFileDone(catalog, job));
  events.on("jobFailed", ({ job, error }) => markFileRefused(catalog, job, `${error.reason}. ${error.remedy}`));
}
