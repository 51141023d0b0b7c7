/** The job that backs up the catalog. */
import { z } from "zod";
import { backUpCatalog } from "../catalog/backup.ts";
import { defineJobKind, type JobKind } from "../queue/job-kind.ts";
import type { JobService } from "../queue/job-service.ts";
import type { StationServices } from "../station-services.ts";

export function createBackupJobKind({ catalog, folder, settings, clock, lanes }: StationServices): JobKind {
  return defineJobKind({
    type: "backup",
    // The payload is not validated: unknown content in older rows must not prevent a backup.
    payload: z.unknown(),
    steps: () => [{ name: "back up" }],
    run: ({ signal, order, step }) =>
      step("back up", async () => {
        const work = () => backUpCatalog(catalog, folder.backups, clock.now(), settings.backup.keep);
        return { file: await lanes.run("disk", signal, work, order) };
      }),
  });
}

/** @throws ArchivistError `queue.full` */
export function submitBackup(jobService: JobService) {
  return jobService.submit({ type: "backup", title: "Backup of the catalog", payload: {}, dedupeKey: "backup" });
}
