/** Copies for players: which recordings need one, which have one, and when one goes. */
import { existsSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { findJob, findOpenJobByKey, type JobRow } from "../catalog/repositories/jobs.ts";
import { findLibraryRow } from "../catalog/repositories/library.ts";
import { findMediaInfo, findRecording } from "../catalog/repositories/recordings.ts";
import { hasPicture, playsAsItIs } from "../media/playable.ts";
import { getPreviewFile } from "../media/preview-copy.ts";
import type { TypedEvents } from "../platform/typed-events.ts";
import type { QueueEvents } from "../queue/job-queue.ts";
import type { JobService, Submission } from "../queue/job-service.ts";
import { findShareOfPath } from "../shares/which-share.ts";
import type { StationServices } from "../station-services.ts";

const toDedupeKey = (recordingId: string): string => `proxy:${recordingId}`;

/** Where the copy of a recording is, or would be. */
export const getPreviewPath = ({ folder }: Pick<StationServices, "folder">, recordingId: string): string =>
  getPreviewFile(join(folder.recordings, recordingId));

/** True for a recording that players cannot play as it is; one of which nothing is known counts as playable. */
export const needsPreview = ({ catalog }: Pick<StationServices, "catalog">, recordingId: string): boolean =>
  playsAsItIs(findMediaInfo(catalog, recordingId)) === false;

/** False for a recording of which there is only sound. */
export const hasPictureTrack = ({ catalog }: Pick<StationServices, "catalog">, recordingId: string): boolean =>
  hasPicture(findMediaInfo(catalog, recordingId));

/** The job that is making the copy, or waits to; undefined: nobody is. */
export const findPreviewJob = (
  { catalog }: Pick<StationServices, "catalog">,
  recordingId: string,
): JobRow | undefined => findOpenJobByKey(catalog, toDedupeKey(recordingId));

/** The job that makes the copy of a recording. */
function createPreviewSubmission({ catalog, settings }: StationServices, recordingId: string): Submission | undefined {
  const recording = findRecording(catalog, recordingId);
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
  const row = findLibraryRow(services.catalog, transcriptionId);
  if (row === undefined || !needsPreview(services, row.recordingId)) return undefined;
  if (existsSync(getPreviewPath(services, row.recordingId))) return undefined;
  const submission = createPreviewSubmission(services, row.recordingId);
  return submission && jobService.submit({ ...submission, city: row.city ?? undefined, priority }).job;
}

/** Has copies made of recordings that have just been transcribed, where that is switched on. */
export function makePreviewsOfFinishedJobs(
  events: TypedEvents<QueueEvents>,
  services: StationServices,
  jobService: JobService,
): void {
  const { catalog, settings, logger } = services;
  const submit = ({ id }: JobRow): void => {
    if (!settings.media.proxies) return;
    try {
      // Learned while the job ran: its row has it.
      const transcriptionId = findJob(catalog, id)?.transcriptionId ?? null;
      if (transcriptionId !== null) submitPreview(services, jobService, transcriptionId);
    } catch (error) {
      logger.error("no copy for players could be asked for", { error });
    }
  };
  // After the run that has just ended: the new job is no part of it.
  events.on("jobEnded", (job) => void (job.type === "process" && setImmediate(submit, job)));
}

/** Removes copies that nobody has opened since then. @returns How many */
export async function deleteUnwatched(recordingsFolder: string, sinceMs: number): Promise<number> {
  let dropped = 0;
  for (const name of await readdir(recordingsFolder).catch(() => [])) {
    const file = getPreviewFile(join(recordingsFolder, name));
    const found = await stat(file).catch(() => undefined);
    // Disks that do not keep the time of reading keep that of writing.
    if (found === undefined || Math.max(found.atimeMs, found.mtimeMs) > sinceMs) continue;
    await rm(file, { force: true });
    dropped++;
  }
  return dropped;
}
