/** What batches are made of: the request, what carries it out, and what was found for it. */
import type { RefusedFile } from "../../catalog/repositories/job-batches.ts";
import type { RecordingOptions, WorkOptions } from "../../contract/api/work-options.ts";
import type { OutputFormat } from "../../contract/formats.ts";
import type { TargetStage } from "../../contract/jobs.ts";
import type { JobService } from "../../queue/job-service.ts";
import type { ShareMonitor } from "../../shares/health/monitor.ts";
import type { ShareProbe } from "../../shares/share-probe.ts";
import type { StationServices } from "../../station-services.ts";

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
