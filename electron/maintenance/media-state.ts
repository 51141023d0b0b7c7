/** Playback state of a meeting's recording. */
import { stat } from "node:fs/promises";
import type { JobRow } from "../catalog/repositories/jobs.ts";
import type { LibraryRow } from "../catalog/repositories/library.ts";
import type { StationServices } from "../station-services.ts";
import { findRecordingTimes } from "../transcription/recording-times.ts";
import { findPreviewJob, getPreviewPath, hasPictureTrack, needsPreview } from "./previews.ts";

export interface MediaState {
  /** The recording exists at the path in the catalog. */
  readonly hasRecording: boolean;
  /** The recording or its preview copy exists. */
  readonly isThere: boolean;
  readonly hasPicture: boolean;
  /** False: a preview copy has to be made first, or nothing exists. */
  readonly isPlayable: boolean;
  /** The player's clock at the recording's 0, in milliseconds. */
  readonly playerStartMs: number;
  /** The job that is making a preview copy, or is queued to. */
  readonly previewJob: JobRow | undefined;
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

export async function inspectMedia(
  services: Pick<StationServices, "catalog" | "folder" | "onShare">,
  { recordingId, filePath }: Pick<LibraryRow, "recordingId" | "filePath">,
): Promise<MediaState> {
  const hasRecording = await services.onShare(filePath, () => isFile(filePath)).catch(() => false);
  const needsCopy = needsPreview(services, recordingId);
  const hasCopy = needsCopy && (await isFile(getPreviewPath(services, recordingId)));
  return {
    hasRecording,
    isThere: hasRecording || hasCopy,
    hasPicture: hasPictureTrack(services, recordingId),
    isPlayable: needsCopy ? hasCopy : hasRecording,
    playerStartMs: findRecordingTimes(services.catalog, recordingId).playerStartMs,
    previewJob: needsCopy && !hasCopy ? findPreviewJob(services, recordingId) : undefined,
  };
}
