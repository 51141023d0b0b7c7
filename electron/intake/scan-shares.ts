/** Scans shares immediately, for a schedule, the API and the command line. */
import { ArchivistError, type ErrorCode } from "../contract/errors.ts";
import type { ShareSettings } from "../contract/settings/shares.ts";
import type { ShareHealth } from "../shares/health/judge.ts";
import type { ShareMonitor } from "../shares/health/monitor.ts";
import type { Scanner } from "./scanner.ts";

export interface ScanDeps {
  readonly monitor: ShareMonitor;
  readonly scanner: Scanner;
}

/**
 * Checks the active shares and scans the readable ones; only active shares receive recordings.
 * @returns Number of recordings that became ready
 * @throws ArchivistError `share.*`, `tool.failed`, `interrupted`
 */
export async function scanActiveShares({ monitor, scanner }: ScanDeps): Promise<number> {
  let ready = 0;
  for (const share of monitor.shares.filter(({ role }) => role === "active")) {
    if ((await monitor.check(share)).isReadable) ready += (await scanner.scan(share)).ready;
  }
  return ready;
}

const errorCodes: Partial<Record<ShareHealth["condition"], ErrorCode>> = {
  hung: "share.hung",
  unreadable: "share.unreadable",
};

/**
 * Checks a share, then scans it.
 * @throws ArchivistError `share.not-mounted`, `share.hung`, `share.unreadable`, `tool.failed`, `interrupted`
 */
export async function scanCheckedShare({ monitor, scanner }: ScanDeps, share: ShareSettings) {
  const health = await monitor.check(share);
  if (!health.isReadable) {
    throw new ArchivistError(errorCodes[health.condition] ?? "share.not-mounted", { remedy: health.message });
  }
  return scanner.scan(share);
}
