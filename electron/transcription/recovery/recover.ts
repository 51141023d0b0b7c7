/** Mends what can be mended, by the class of the error; each way once. What is left fails with its cause and remedy. */
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

/** Tried again later, as often as the settings say; how long it waits doubles. */
const recoverNetwork: Recovery = async ({ services }, { job, error }) => {
  const { queue } = services.settings;
  if (job.attempts >= queue.attempts) return noRecovery;
  const delayMs = backoffMs(queue, job.attempts, Math.random());
  return { action: "again", recovery: "network", message: `${error.reason}; tried again later`, delayMs };
};

/** Twice the time, once. */
const recoverTimeout: Recovery = async ({ services }, failed) => {
  const { id, timeoutMs } = failed.job;
  // Its length may have been learnt while it ran.
  const durationMs = findJob(services.catalog, id)?.durationMs ?? failed.job.durationMs;
  if (wasTried(failed, "more time")) return noRecovery;
  const overrides = withRemedy(failed, "more time", {});
  const message = "it is tried again with twice the time";
  return {
    action: "again",
    recovery: "timeout",
    message,
    overrides,
    timeoutMs: 2 * getTimeLimitMs({ timeoutMs, durationMs }, services.settings.queue.hoursPerHour),
  };
};

/** A recording whose length is not known is taken for a long one, in milliseconds. */
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

/** Errors that are worth a look at the share: it may have gone away in the middle of the work. */
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
