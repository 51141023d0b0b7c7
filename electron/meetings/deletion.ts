/** Deletes meetings, and brings them back. */

import { dayMs } from "../captions/time/durations.ts";
import {
  type DeletedMeeting,
  findContents,
  findDeleted,
  listDeleted,
  listOpenJobsOfMeeting,
  type MeetingContents,
  markDeleted,
  markRestored,
} from "../catalog/repositories/deleted-meetings.ts";
import { addChange } from "../catalog/repositories/meeting-facts.ts";
import { requirePublishable } from "../catalog/repositories/publishing.ts";
import { unknownMeeting } from "../catalog/repositories/unknown-meeting.ts";
import { ArchivistError } from "../contract/errors.ts";
import { restoreDays } from "../contract/meeting-facts.ts";
import { pathExists } from "../platform/path-exists.ts";
import type { MeetingDeps } from "./change-facts.ts";

/** What deleting a meeting takes away. */
export interface DeletionPreview extends MeetingContents {
  /** True if its recording is where it was last seen. */
  readonly isRecordingThere: boolean;
  /** Jobs that are cancelled. */
  readonly openJobs: number;
}

/** @param id a meeting's id or a prefix of it. @throws ArchivistError `meeting.unknown`, `meeting.deleted` */
export async function previewDeletion(
  { station: { catalog } }: Pick<MeetingDeps, "station">,
  id: string,
): Promise<DeletionPreview> {
  const row = requirePublishable(catalog, id);
  const contents = findContents(catalog, row.id);
  if (contents === undefined) throw unknownMeeting(catalog, row.id);
  return {
    ...contents,
    isRecordingThere: await pathExists(contents.filePath).catch(() => false),
    openJobs: listOpenJobsOfMeeting(catalog, row.id).length,
  };
}

/**
 * Deletes a meeting: it is found nowhere, and can be brought back for thirty days. Its recording stays.
 * @param id its id or a prefix of it
 * @throws ArchivistError `meeting.unknown`, `meeting.deleted`, `meeting.in-use`
 */
export function deleteMeeting({ station, jobService, editing }: MeetingDeps, id: string, by: string): void {
  const { catalog, clock } = station;
  const row = requirePublishable(catalog, id);
  if (editing.isInWindow(row.id)) throw new ArchivistError("meeting.in-use", { subject: row.filename });
  editing.release(row.id);
  for (const job of listOpenJobsOfMeeting(catalog, row.id)) {
    try {
      jobService.cancel(job.id, `the meeting was deleted by ${by}`);
    } catch (thrown) {
      // It has ended meanwhile.
      if (!(thrown instanceof ArchivistError) || thrown.code !== "job.state") throw thrown;
    }
  }
  const date = clock.now().toISOString();
  catalog.transaction(() => {
    markDeleted(catalog, row.id, by, date);
    addChange(catalog, row.id, { kind: "deleted", fields: [], madeBy: by, madeDate: date });
  });
}

/**
 * Brings a deleted meeting back, with everything.
 * @param id its id or a prefix of it
 * @throws ArchivistError `meeting.unknown` if it was not deleted, or is gone for good
 */
export function restoreMeeting({ station }: Pick<MeetingDeps, "station">, id: string, by: string): DeletedMeeting {
  const { catalog, clock } = station;
  return catalog.transaction(() => {
    const row = findDeleted(catalog, id);
    if (row === undefined) {
      throw new ArchivistError("meeting.unknown", { subject: id, cause: "no such meeting was deleted" });
    }
    markRestored(catalog, row.id);
    addChange(catalog, row.id, { kind: "restored", fields: [], madeBy: by, madeDate: clock.now().toISOString() });
    return row;
  });
}

/** When a meeting that was deleted then goes for good. */
export const goesForGood = (deletedDate: string): string =>
  new Date(Date.parse(deletedDate) + restoreDays * dayMs).toISOString();

/** The meetings that can be brought back, the last deleted first. */
export function listRestorable({ station: { catalog } }: Pick<MeetingDeps, "station">) {
  return listDeleted(catalog).map((row) => ({ ...row, goneDate: goesForGood(row.deletedDate) }));
}
