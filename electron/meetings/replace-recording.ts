/** Replaces a meeting's recording by a better copy: captions are carried over where the sound agrees. */
import { requirePublishable } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import { isSameName } from "../platform/names.ts";
import type { MeetingDeps } from "./change-facts.ts";
import { submitFollowingRecording } from "./following-recording.ts";

/**
 * Puts the transcription of the better copy into the queue. The meeting stays until that is done; then it can be restored for
 * thirty days.
 * @param path absolute path of the better copy
 * @throws ArchivistError `meeting.unknown`, `meeting.in-use`, `file.*`, `queue.full`, `model.*`
 */
export async function replaceRecording(
  { station, jobService, editing }: MeetingDeps,
  id: string,
  path: string,
  by: string,
): Promise<string> {
  const row = requirePublishable(station.catalog, id);
  if (editing.isInWindow(row.id)) throw new ArchivistError("meeting.in-use", { subject: row.filename });
  if (isSameName(path, row.filePath)) {
    throw new ArchivistError("meeting.invalid", {
      subject: path,
      cause: "this is the recording that the meeting has already",
      remedy: "Name the better copy, or put it at the place of this one: it is found there by itself.",
    });
  }
  const job = await submitFollowingRecording({ services: station, jobService }, row, path, { replaces: row.id, by });
  return job.id;
}
