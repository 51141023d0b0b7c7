/** Scanning shares at once: for a schedule, the API and the command line. */
import type { ShareMonitor } from "../shares/health/monitor.ts";
import type { Scanner } from "./scanner.ts";

export interface ScanDeps {
  readonly monitor: ShareMonitor;
  readonly scanner: Scanner;
}

/**
 * Checks the active shares, and scans those that can be read; recordings come in only on active ones.
 * @returns How many recordings became ready
 * @throws ArchivistError `share.*`, `tool.failed`, `interrupted`
 */
export async function scanActiveShares({ monitor, scanner }: ScanDeps): Promise<number> {
  let ready = 0;
  for (const share of monitor.shares.filter(({ role }) => role === "active")) {
    if ((await monitor.check(share)).isReadable) ready += (await scanner.scan(share)).ready;
  }
  return ready;
}
