/** Recovery for a full disk: deletes what can be regenerated, then lets jobs wait until there is space. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Catalog } from "../../catalog/open.ts";
import { runningRecordings } from "../../catalog/repositories/transcriptions.ts";
import type { DataFolder } from "../../config/data-folder.ts";
import { formatBytes } from "../../contract/sizes.ts";
import { decodedFiles } from "../../media/decoding/files.ts";
import { noRecovery, type Recovery } from "./tools.ts";

export const recoverDiskFull: Recovery = async ({ services, monitor, disk, warn }, { job }) => {
  const share = monitor.shares.find(({ label }) => label === job.share);
  const health = share && (await monitor.check(share));
  if (health !== undefined && !health.hasRoom) {
    const message = `the share ${health.label} is full. ${health.message}`;
    warn(job, message);
    return { action: "wait", hold: { waitsFor: "share", message } };
  }
  const freed = await clearCaches(services.catalog, services.folder);
  if (await disk.check()) {
    if (freed > 0) {
      const message = `${formatBytes(freed)} of working files were cleared away`;
      return { action: "retry", recovery: "disk-full", message };
    }
    // The full disk is a different one, where output files go: retried like any failure, and reported in the end.
    return noRecovery;
  }
  const message = `the disk with the data folder is full. Free some space on the disk of ${services.folder.root}.`;
  warn(job, message);
  return { action: "wait", hold: { waitsFor: "disk", message } };
};

/**
 * Deletes decoded audio of recordings that are not being processed; it can be decoded again in a minute.
 * @returns Bytes freed
 */
export async function clearCaches(catalog: Catalog, folder: DataFolder): Promise<number> {
  const inUse = runningRecordings(catalog);
  let freed = 0;
  for (const id of await readdir(folder.recordings)) {
    if (inUse.has(id)) continue;
    const { pcm } = decodedFiles(join(folder.recordings, id));
    const size = (await stat(pcm).catch(() => undefined))?.size;
    if (size === undefined) continue;
    await rm(pcm, { force: true });
    freed += size;
  }
  return freed;
}
