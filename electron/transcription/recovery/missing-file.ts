/** Recovery for a missing recording: it may have been moved or renamed, or may still be being copied. */
import { join } from "node:path";
import { minuteMs } from "../../captions/time/durations.ts";
import { findRecordingByPath } from "../../catalog/repositories/recordings.ts";
import { findShareFile, presentOfSize, type ShareFileRow } from "../../catalog/repositories/share-files.ts";
import { backoffMs } from "../../queue/backoff.ts";
import { scanShare } from "../../shares/discovery/scan-share.ts";
import { findShareOfPath } from "../../shares/which-share.ts";
import { type FailedJob, noRecovery, type Recovery, type RecoveryDeps, wasTried, withRemedy } from "./tools.ts";

const minDelayMs = minuteMs;

export const recoverMissingFile: Recovery = async (tools, failed) => {
  // A file that exists but is incomplete is probably still being copied.
  if (failed.error.code !== "file.missing") return waitForCopy(tools, failed);
  if (wasTried(failed, "found elsewhere")) return noRecovery;
  const path = await findElsewhere(tools, failed);
  if (path === undefined) return noRecovery;
  const share = findShareOfPath(tools.services.settings.shares.servers, path)?.share.label ?? null;
  return {
    action: "retry",
    recovery: "missing-file",
    message: `the recording was found again at ${path}`,
    overrides: withRemedy(failed, "found elsewhere", { path }),
    share,
  };
};

function waitForCopy({ services }: RecoveryDeps, { job, error }: FailedJob): ReturnType<Recovery> {
  const { queue } = services.settings;
  if (job.attempts >= queue.attempts) return Promise.resolve(noRecovery);
  const delayMs = Math.max(minDelayMs, backoffMs(queue, job.attempts, 1));
  const message = `${error.reason}; it may still be on its way, so it is looked at again later`;
  return Promise.resolve({ action: "retry", recovery: "missing-file", message, delayMs });
}

/** Fingerprint and size of the content that is searched for. */
function wantedContent(
  { services }: RecoveryDeps,
  { payload }: FailedJob,
): { fingerprint: string; size: number } | undefined {
  const row = payload.shareFileId === undefined ? undefined : findShareFile(services.catalog, payload.shareFileId);
  if (row?.fingerprint) return { fingerprint: row.fingerprint, size: row.size };
  const recording = findRecordingByPath(services.catalog, payload.path);
  return recording && { fingerprint: recording.fingerprint, size: recording.fileSize };
}

/** Searches for the same content on all shares that respond. Sizes are compared first, to read little. */
async function findElsewhere(tools: RecoveryDeps, failed: FailedJob): Promise<string | undefined> {
  const wanted = wantedContent(tools, failed);
  if (wanted === undefined) return undefined;
  const { services, monitor, probe } = tools;
  const { settings, catalog, clock, logger } = services;
  for (const share of monitor.shares) {
    if (!(await monitor.check(share)).isReadable) continue;
    const scan = { catalog, probe, share, intake: settings.intake, cities: settings.cities.members, now: clock.now() };
    await scanShare(scan).catch((thrown: unknown) =>
      logger.warn("a share could not be looked through", { error: thrown }),
    );
  }
  for (const file of presentOfSize(catalog, wanted.size)) {
    const path = absolutePath(tools, file);
    if (path === undefined || path === failed.payload.path) continue;
    const found = await probe.fingerprint(path, file.size).catch(() => undefined);
    if (found?.hash === wanted.fingerprint) return path;
  }
  return undefined;
}

function absolutePath({ monitor }: RecoveryDeps, file: ShareFileRow): string | undefined {
  const share = monitor.shares.find(({ label }) => label === file.share);
  return share && join(share.path, ...file.path.split("/"));
}
