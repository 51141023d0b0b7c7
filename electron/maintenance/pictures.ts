/** Small pictures and shot changes of recordings: which have them, and when they are made. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { findOpenJobByKey, hasFailedByKey } from "../catalog/repositories/jobs.ts";
import { findLibraryRow } from "../catalog/repositories/library.ts";
import { findRecording } from "../catalog/repositories/recordings.ts";
import { priorities } from "../contract/jobs.ts";
import { getPictureFiles, type PictureFiles } from "../media/pictures.ts";
import type { TypedEvents } from "../platform/typed-events.ts";
import type { QueueEvents } from "../queue/job-queue.ts";
import type { JobService } from "../queue/job-service.ts";
import { findShareOfPath } from "../shares/which-share.ts";
import type { StationServices } from "../station-services.ts";
import { onTranscribed } from "./on-transcribed.ts";
import { hasPictureTrack } from "./previews.ts";

const toDedupeKey = (recordingId: string): string => `pictures:${recordingId}`;

/** Paths of a recording's small pictures, whether or not they exist. */
export const getRecordingPictures = ({ folder }: Pick<StationServices, "folder">, recordingId: string): PictureFiles =>
  getPictureFiles(join(folder.recordings, recordingId));

/** True while a job makes a recording's small pictures, or is queued to. */
export const makesPictures = ({ catalog }: Pick<StationServices, "catalog">, recordingId: string): boolean =>
  findOpenJobByKey(catalog, toDedupeKey(recordingId)) !== undefined;

/**
 * Submits a job that makes the small pictures of a transcription's recording, if it has a picture and none of them yet.
 * @throws ArchivistError `queue.full`
 */
function submitPictures(services: StationServices, jobService: JobService, transcriptionId: string): void {
  const { catalog, settings } = services;
  const row = findLibraryRow(catalog, transcriptionId);
  const recording = row && findRecording(catalog, row.recordingId);
  if (row === undefined || recording === undefined || !hasPictureTrack(services, recording.id)) return;
  if (existsSync(getRecordingPictures(services, recording.id).facts)) return;
  // What has failed fails again; a person can try it again in the queue.
  if (hasFailedByKey(catalog, toDedupeKey(recording.id))) return;
  jobService.submit({
    type: "pictures",
    title: recording.filename,
    payload: { recordingId: recording.id },
    dedupeKey: toDedupeKey(recording.id),
    share: findShareOfPath(settings.shares.servers, recording.filePath)?.share.label,
    city: row.city ?? undefined,
    priority: priorities.lowest,
  });
}

/** Submits that job where the settings enable it. What cannot be submitted now is submitted when the meeting is opened again. */
export function requestPictures(services: StationServices, jobService: JobService, transcriptionId: string): void {
  if (!services.settings.media.pictures) return;
  try {
    submitPictures(services, jobService, transcriptionId);
  } catch (error) {
    services.logger.warn("no small pictures could be asked for", { transcriptionId, error });
  }
}

/** Requests the small pictures of recordings that have just been transcribed. */
export function makePicturesOfFinishedJobs(
  events: TypedEvents<QueueEvents>,
  services: StationServices,
  jobService: JobService,
): void {
  onTranscribed(events, services, "no small pictures could be asked for", (transcriptionId) =>
    requestPictures(services, jobService, transcriptionId),
  );
}
