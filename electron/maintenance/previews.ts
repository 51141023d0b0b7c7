/** Preview copies: which recordings need one, which have one, and when they are deleted. */
import { existsSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { findOpenJobByKey, type JobRow } from "../catalog/repositories/jobs.ts";
import { findLibraryRow } from "../catalog/repositories/library.ts";
import { findDecodedFacts, findMediaInfo, findRecording } from "../catalog/repositories/recordings.ts";
import { playsAlike } from "../media/decoding/recording-sound.ts";
import { hasPicture, playsAsItIs } from "../media/playable.ts";
import { getPreviewFile } from "../media/preview-copy.ts";
import type { TypedEvents } from "../platform/typed-events.ts";
import type { QueueEvents } from "../queue/job-queue.ts";
import type { JobService, Submission } from "../queue/job-service.ts";
import { findShareOfPath } from "../shares/which-share.ts";
import type { StationServices } from "../station-services.ts";
import { onTranscribed } from "./on-transcribed.ts";

const toDedupeKey = (recordingId: string): string => `proxy:${recordingId}`;

/** Path of a recording's preview copy, whether or not it exists. */
export const getPreviewPath = ({ folder }: Pick<StationServices, "folder">, recordingId: string): string =>
  getPreviewFile(join(folder.recordings, recordingId));

/**
 * True for a recording that players cannot play directly, or would not play as it was heard here: with another of its
 * sounds, or with gaps that shift it. If nothing is known about it, it counts as playable.
 */
export function needsPreview({ catalog }: Pick<StationServices, "catalog">, recordingId: string): boolean {
  if (playsAsItIs(findMediaInfo(catalog, recordingId)) === false) return true;
  const facts = findDecodedFacts(catalog, recordingId);
  return facts !== undefined && !playsAlike(facts);
}

/** False for an audio-only recording. */
export const hasPictureTrack = ({ catalog }: Pick<StationServices, "catalog">, recordingId: string): boolean =>
  hasPicture(findMediaInfo(catalog, recordingId));

/** The job that is making the preview copy, or is queued to; undefined if there is none. */
export const findPreviewJob = (
  { catalog }: Pick<StationServices, "catalog">,
  recordingId: string,
): JobRow | undefined => findOpenJobByKey(catalog, toDedupeKey(recordingId));

/** The job that makes a recording's preview copy. */
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
 * Submits a job that makes the preview copy of a transcription's recording, if it needs one and has none.
 * @param priority 1 to 5; a waiting user is more urgent than an automatic request
 * @returns The job; undefined if none is needed
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

/** Submits preview copies of recordings that have just been transcribed, if the settings enable it. */
export function makePreviewsOfFinishedJobs(
  events: TypedEvents<QueueEvents>,
  services: StationServices,
  jobService: JobService,
): void {
  onTranscribed(events, services, "no copy for players could be asked for", (transcriptionId) => {
    if (services.settings.media.proxies) submitPreview(services, jobService, transcriptionId);
  });
}

/** Deletes preview copies that were not opened since a time. @returns Number of deleted copies */
export async function deleteUnwatched(recordingsFolder: string, sinceMs: number): Promise<number> {
  let dropped = 0;
  for (const name of await readdir(recordingsFolder).catch(() => [])) {
    const file = getPreviewFile(join(recordingsFolder, name));
    const found = await stat(file).catch(() => undefined);
    // File systems that do not track access times still track modification times.
    if (found === undefined || Math.max(found.atimeMs, found.mtimeMs) > sinceMs) continue;
    await rm(file, { force: true });
    dropped++;
  }
  return dropped;
}
