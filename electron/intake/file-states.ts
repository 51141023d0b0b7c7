/** What a job's end means for the file that it was about. */
import type { Catalog } from "../catalog/open.ts";
import type { JobRow } from "../catalog/repositories/jobs.ts";
import { changeShareFiles } from "../catalog/repositories/share-files.ts";
import { processPayloadSchema } from "../transcription/job-payload.ts";

function getShareFileId(job: JobRow): number | undefined {
  if (job.type !== "process") return undefined;
  return processPayloadSchema.safeParse(JSON.parse(job.payload)).data?.shareFileId;
}

/** The file is done. */
export function markFileDone(catalog: Catalog, job: JobRow): void {
  const id = getShareFileId(job);
  if (id !== undefined) changeShareFiles(catalog, [{ id, change: { state: "done", reason: null } }]);
}

/** The file is refused for a reason; the job can still be retried. */
export function markFileRefused(catalog: Catalog, job: JobRow, reason: string): void {
  const id = getShareFileId(job);
  if (id !== undefined) changeShareFiles(catalog, [{ id, change: { state: "refused", reason } }]);
}
