/** Creates batches: inspects what is asked for, and queues what can be taken together, or nothing. */
import { addBatch, type BatchRow, type RefusedFile } from "../../catalog/repositories/job-batches.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { BatchDeps, BatchRequest } from "./batch-request.ts";
import { findCityRecordings } from "./city-recordings.ts";
import { findListedRecordings } from "./listed-recordings.ts";

export interface BatchCreation {
  readonly batch: BatchRow;
  readonly jobs: readonly string[];
  readonly refused: readonly RefusedFile[];
}

/**
 * Creates a batch and queues its jobs.
 * @throws ArchivistError `city.unknown`, `batch.empty`, `queue.full` (nothing is queued then), `share.none`,
 *   `usage.invalid`, `job.unknown`, `interrupted`
 */
export async function createBatch(deps: BatchDeps, request: BatchRequest): Promise<BatchCreation> {
  const { catalog, clock } = deps.services;
  const { name, refused, count, submit } =
    "files" in request ? await findListedRecordings(deps, request) : await findCityRecordings(deps, request);
  if (count === 0) throw emptyBatch(refused);
  const room = deps.jobService.room();
  if (count > room) {
    const cause = `the batch has ${count} recordings, and the queue has room for ${room}`;
    throw new ArchivistError("queue.full", { cause });
  }
  return catalog.transaction(() => {
    const createdDate = clock.now().toISOString();
    const batch = addBatch(catalog, { name: request.name ?? name, request, refused, createdDate });
    return { batch, jobs: submit(batch.id), refused };
  });
}

function emptyBatch(refused: readonly RefusedFile[]): ArchivistError {
  if (refused.length === 0) return new ArchivistError("batch.empty");
  const [first] = refused;
  const more = refused.length > 1 ? `, and ${refused.length - 1} more` : "";
  return new ArchivistError("batch.empty", {
    cause: `none of the recordings that were found can be taken (${first?.path}: ${first?.reason}${more})`,
  });
}
