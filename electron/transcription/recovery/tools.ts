/** What recoveries work with. */
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
  /** Tells people of something that needs them. */
  readonly warn: (job: JobRow, message: string) => void;
}

/** A job of the type `process` that has failed. */
export interface FailedJob {
  readonly job: JobRow;
  readonly payload: ProcessPayload;
  readonly overrides: Overrides;
  readonly error: ArchivistError;
}

/** A way to mend a failure; it says `none` where it cannot. */
export type Recovery = (tools: RecoveryDeps, failed: FailedJob) => Promise<Decision>;

export const noRecovery: Decision = { action: "none" };

/** True when a remedy has been tried on this job before: each one is tried once. */
export const wasTried = ({ overrides }: FailedJob, remedy: RemedyName): boolean => overrides.tried.includes(remedy);

/** The overrides with a change, and the remedy marked as tried. */
export function withRemedy({ overrides }: FailedJob, remedy: RemedyName, change: Partial<Overrides>): Overrides {
  return { ...overrides, ...change, tried: [...overrides.tried, remedy] };
}
