/** Copies for players: which recordings need one, which have one, and when one goes. */
import { existsSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type JobRow, openJobByKey } from "../catalog/repositories/jobs.ts";
import { libraryRow } from "../catalog/repositories/library.ts";
import { mediaOfRecording, recordingById } from "../catalog/repositories/recordings.ts";
import { hasPicture, playsAsItIs } from "../media/playable.ts";
import { proxyFile } from "../media/preview-copy.ts";
import type { JobService, Submission } from "../queue/job-service.ts";
import { findShareOfPath } from "../shares/which-share.ts";
import type { StationServices } from "../station-services.ts";

const toDedupeKey = (recordingId: string): string => `proxy:${recordingId}`;

/** Where the copy of a recording is, or would be. */
export const getPreviewPath = ({ folder }: Pick<StationServices, "folder">, recordingId: string): string =>
  proxyFile(join(folder.recordings, recordingId));

/** True for a recording that players cannot play as it is; one of which nothing is known counts as playable. */
export const needsProxy = ({ catalog }: Pick<StationServices, "catalog">, recordingId: string): boolean =>
  playsAsItIs(mediaOfRecording(catalog, recordingId)) === false;

/** False for a recording of which there is only sound. */
export const showsPicture = ({ catalog }: Pick<StationServices, "catalog">, recordingId: string): boolean =>
  hasPicture(mediaOfRecording(catalog, recordingId));

/** The job that is making the copy, or waits to; undefined: nobody is. */
export const proxyJob = ({ catalog }: Pick<StationServices, "catalog">, recordingId: string): JobRow | undefined =>
  openJobByKey(catalog, toDedupeKey(recordingId));

/** The job that makes the copy of a recording. */
function proxySubmission({ catalog, settings }: StationServices, recordingId: string): Submission | undefined {
  const recording = recordingById(catalog, recordingId);
  return (
    recording && {
      type: "proxy",
      title: recording.filename,
      payload: { recordingId },
      dedupeKey: toDedupeKey(recordingId),
      share: findShareOfPath(settings.shares.servers, recording.filePath)?.share.label,
    }
  );
}

/**
 * Has the copy of a transcription's recording made, where players need one and there is none.
 * @param priority 1 to 5; somebody who waits for it is more urgent than the machine itself
 * @returns The job; undefined: none is needed
 * @throws ArchivistError `queue.full`
 */
export function submitPreview(
  services: StationServices,
  jobService: JobService,
  transcriptionId: string,
  priority = 1,
): JobRow | undefined {
  const row = libraryRow(services.catalog, transcriptionId);
  if (row === undefined || !needsProxy(services, row.recordingId)) return undefined;
  if (existsSync(getPreviewPath(services, row.recordingId))) return undefined;
  const submission = proxySubmission(services, row.recordingId);
  return submission && jobService.submit({ ...submission, city: row.city ?? undefined, priority }).job;
}

/** Removes copies that nobody has opened since then. @returns How many */
export async function dropUnwatched(recordingsFolder: string, sinceMs: number): Promise<number> {
  let dropped = 0;
  for (const name of await readdir(recordingsFolder).catch(() => [])) {
    const file = proxyFile(join(recordingsFolder, name));
    const found = await stat(file).catch(() => undefined);
    // Disks that do not keep the time of reading keep that of writing.
    if (found === undefined || Math.max(found.atimeMs, found.mtimeMs) > sinceMs) continue;
    await rm(file, { force: true });
    dropped++;
  }
  return dropped;
}
