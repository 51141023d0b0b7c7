/**
 * Recovers failed transcription jobs by error class, trying each remedy once. If none helps, the job fails with its cause
 * and remedy. Jobs of other kinds only wait for a share that does not answer; else the queue retries or fails them.
 */
import { hourMs } from "../../captions/time/durations.ts";
import { findJob, type JobRow } from "../../catalog/repositories/jobs.ts";
import type { ArchivistError, RecoveryClass } from "../../contract/errors.ts";
import { backoffMs } from "../../queue/backoff.ts";
import type { Decision, Recover } from "../../queue/decision.ts";
import { timeAllowedMs } from "../../queue/job-run.ts";
import { overridesSchema, processPayloadSchema } from "../job-payload.ts";
import { recoverDiskFull } from "./disk-full.ts";
import { recoverFormat } from "./format.ts";
import { recoverMemory } from "./memory.ts";
import { recoverMissingFile } from "./missing-file.ts";
import { recoverPermission } from "./permission.ts";
import { noRecovery, type Recovery, type RecoveryDeps, wasTried, withRemedy } from "./tools.ts";

/** Retried later, up to the configured number of attempts, with doubling delays. */
const recoverNetwork: Recovery = async ({ services }, { job, error }) => {
  const { queue } = services.settings;
  if (job.attempts >= queue.attempts) return noRecovery;
  const delayMs = backoffMs(queue, job.attempts, Math.random());
  return { action: "retry", recovery: "network", message: `${error.reason}; tried again later`, delayMs };
};

/** Doubles the time limit, once. */
const recoverTimeout: Recovery = async ({ services }, failed) => {
  const { id, timeoutMs } = failed.job;
  // The recording's length may have been learned during the run.
  const durationMs = findJob(services.catalog, id)?.durationMs ?? failed.job.durationMs;
  if (wasTried(failed, "more time")) return noRecovery;
  const overrides = withRemedy(failed, "more time", {});
  const message = "it is tried again with twice the time";
  return {
    action: "retry",
    recovery: "timeout",
    message,
    overrides,
    timeoutMs: 2 * getTimeLimitMs({ timeoutMs, durationMs }, services.settings.queue.hoursPerHour),
  };
};

/** Assumed length of a recording whose length is unknown: a long one, in milliseconds. */
const unknownLengthMs = 6 * hourMs;
const getTimeLimitMs = (
  { timeoutMs, durationMs }: Pick<JobRow, "timeoutMs" | "durationMs">,
  hoursPerHour: number,
): number => timeoutMs ?? timeAllowedMs(durationMs ?? unknownLengthMs, hoursPerHour);

const recoveries: Readonly<Record<RecoveryClass, Recovery>> = {
  "missing-file": recoverMissingFile,
  permission: recoverPermission,
  "disk-full": recoverDiskFull,
  memory: recoverMemory,
  network: recoverNetwork,
  format: recoverFormat,
  timeout: recoverTimeout,
};

/** Errors that warrant a check of the share: it may have disappeared during the work. */
function mayBeTheShare(error: ArchivistError): boolean {
  return error.retryable || error.recovery !== undefined || error.code === "internal";
}

export function createRecover(tools: RecoveryDeps): Recover {
  return async (job, error): Promise<Decision> => {
    const share = tools.monitor.shares.find(({ label }) => label === job.share);
    if (share !== undefined && mayBeTheShare(error)) {
      const health = await tools.monitor.check(share);
      if (!health.isReadable) {
        const message = `the share ${share.label} went away. ${health.message}`;
        return { action: "wait", hold: { waitsFor: "share", message } };
      }
    }
    if (error.recovery === undefined || job.type !== "process") return noRecovery;
    const payload = processPayloadSchema.parse(JSON.parse(job.payload));
    const overrides = overridesSchema.parse(JSON.parse(job.overrides));
    return recoveries[error.recovery](tools, { job, payload, overrides, error });
  };
}
