/** Whether the recording of a meeting can be played. */
import { stat } from "node:fs/promises";
import type { JobRow } from "../catalog/repositories/jobs.ts";
import type { LibraryRow } from "../catalog/repositories/library.ts";
import type { StationServices } from "../station-services.ts";
import { findPreviewJob, getPreviewPath, hasPictureTrack, needsPreview } from "./previews.ts";

export interface MediaState {
  /** The recording itself is where the catalog has it. */
  readonly hasRecording: boolean;
  /** There is something to play: the recording, or its preview. */
  readonly isThere: boolean;
  readonly hasPicture: boolean;
  /** False: a preview has to be made first, or nothing is there. */
  readonly isPlayable: boolean;
  /** The job that is making a preview, or waits to. */
  readonly previewJob: JobRow | undefined;
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

export async function inspectMedia(
  services: Pick<StationServices, "catalog" | "folder">,
  { recordingId, filePath }: Pick<LibraryRow, "recordingId" | "filePath">,
): Promise<MediaState> {
  const hasRecording = await isFile(filePath);
  const needsCopy = needsPreview(services, recordingId);
  const hasCopy = needsCopy && (await isFile(getPreviewPath(services, recordingId)));
  return {
    hasRecording,
    isThere: hasRecording || hasCopy,
    hasPicture: hasPictureTrack(services, recordingId),
    isPlayable: needsCopy ? hasCopy : hasRecording,
    previewJob: needsCopy && !hasCopy ? findPreviewJob(services, recordingId) : undefined,
  };
}
