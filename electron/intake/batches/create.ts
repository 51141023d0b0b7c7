/** Creates batches: inspects what is asked for, and queues what can be taken together, or nothing. */
import { addBatch, type BatchRow, type RefusedFile } from "../../catalog/repositories/job-batches.ts";
import type { RecordingOptions, WorkOptions } from "../../contract/api/work-options.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { OutputFormat } from "../../contract/formats.ts";
import type { TargetStage } from "../../contract/jobs.ts";
import type { JobService } from "../../queue/job-service.ts";
import type { ShareMonitor } from "../../shares/health/monitor.ts";
import type { ShareProbe } from "../../shares/share-probe.ts";
import type { StationServices } from "../../station-services.ts";
import { findCityRecordings } from "./city-recordings.ts";
import { findListedRecordings } from "./listed-recordings.ts";

/** Options that hold for all recordings of a batch. */
export interface BatchSettings extends Omit<WorkOptions, "target" | "formats"> {
  readonly target?: TargetStage | undefined;
  readonly formats?: readonly OutputFormat[] | undefined;
}

/** Everything that cities have from some dates. */
export interface CityBatchRequest {
  readonly name?: string | undefined;
  /** Names of cities; empty: all. */
  readonly cities: readonly string[];
  /** Meetings from this date on, `2026-03-02`. */
  readonly since?: string | undefined;
  /** Meetings before this date. */
  readonly until?: string | undefined;
  readonly settings: BatchSettings;
}

/** A list of files, with what holds for each of them alone. */
export interface FileBatchRequest {
  readonly name?: string | undefined;
  readonly files: readonly RecordingOptions[];
  readonly settings: BatchSettings;
}

export type BatchRequest = CityBatchRequest | FileBatchRequest;

export interface BatchDeps {
  readonly services: StationServices;
  readonly jobService: JobService;
  readonly monitor: ShareMonitor;
  readonly probe: ShareProbe;
  readonly signal?: AbortSignal | undefined;
  /** Called for each file that is inspected. */
  readonly onFile?: (path: string) => void;
}

/** What was found for a batch. */
export interface FoundRecordings {
  /** Name of the batch, if none was given. */
  readonly name: string;
  readonly refused: readonly RefusedFile[];
  /** Number of recordings that can be taken. */
  readonly count: number;
  /** Submits them, in a transaction. @returns the ids of the jobs */
  readonly submit: (batchId: string) => readonly string[];
}

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
