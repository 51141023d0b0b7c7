/** Removes meetings for good that were deleted thirty days ago, with the files that are still as Archivist wrote them. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { dayMs } from "../captions/time/durations.ts";
import { hasTranscription, listDeleted, purgeMeeting } from "../catalog/repositories/deleted-meetings.ts";
import { listCurrentFiles, listSupersededFiles } from "../catalog/repositories/superseded-files.ts";
import { restoreDays } from "../contract/meeting-facts.ts";
import type { StationServices } from "../station-services.ts";
import { removeOwnedFile } from "./owned-files.ts";

type PurgeServices = Pick<StationServices, "catalog" | "logger" | "clock" | "folder" | "recordings">;

/** A meeting whose files are on a share that does not answer stays until the next time. @returns Number of removed meetings */
export async function purgeDeletedMeetings(services: PurgeServices): Promise<number> {
  const { catalog, clock, folder, recordings } = services;
  const before = new Date(clock.now().getTime() - restoreDays * dayMs).toISOString();
  let purged = 0;
  for (const { id, recordingId } of listDeleted(catalog, before)) {
    const results: string[] = [];
    for (const file of [...listCurrentFiles(catalog, id), ...listSupersededFiles(catalog, id)]) {
      results.push(await removeOwnedFile(services, id, file));
    }
    if (results.includes("unreachable")) continue;
    purgeMeeting(catalog, id, clock.now().toISOString());
    purged++;
    // Preview copy, waveform and decoded sound of a recording that no meeting is about.
    await recordings.run(recordingId, undefined, async () => {
      if (!hasTranscription(catalog, recordingId))
        await rm(join(folder.recordings, recordingId), { recursive: true, force: true });
    });
  }
  return purged;
}
