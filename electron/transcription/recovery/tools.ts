/** Types and helpers that the recoveries share. */
import type { JobRow } from "../../catalog/repositories/jobs.ts";
import type { ArchivistError } from "../../contract/errors.ts";
import type { DiskWatch } from "../../platform/disk-watch.ts";
import type { Decision } from "../../queue/decision.ts";
import type { ShareMonitor } from "../../shares/health/monitor.ts";
import type { ShareProbe } from "../../shares/share-probe.ts";
import type { StationServices } from "../../station-services.ts";
import type { Overrides, ProcessPayload, RemedyName } from "../job-payload.ts";

export interface RecoveryDeps {
  readonly services: StationServices;
  readonly monitor: ShareMonitor;
  readonly probe: ShareProbe;
  readonly disk: DiskWatch;
  /** Sends users a warning about a job that needs their attention. */
  readonly warn: (job: JobRow, message: string) => void;
}

/** A failed job of the type `process`. */
export interface FailedJob {
  readonly job: JobRow;
  readonly payload: ProcessPayload;
  readonly overrides: Overrides;
  readonly error: ArchivistError;
}

/** Tries to recover a failure; returns `none` if it cannot. */
export type Recovery = (tools: RecoveryDeps, failed: FailedJob) => Promise<Decision>;

export const noRecovery: Decision = { action: "none" };

/** True if a remedy has been tried on this job before: each is tried once. */
export const wasTried = ({ overrides }: FailedJob, remedy: RemedyName): boolean => overrides.tried.includes(remedy);

/** Returns the changed overrides, with the remedy marked as tried. */
export function withRemedy({ overrides }: FailedJob, remedy: RemedyName, change: Partial<Overrides>): Overrides {
  return { ...overrides, ...change, tried: [...overrides.tried, remedy] };
}
