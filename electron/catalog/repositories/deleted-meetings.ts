/** Meetings that were deleted and can still be brought back, and their removal for good. */

import { type JobState, openStates } from "../../contract/jobs.ts";
import { and, desc, eq, isNotNull, isNull, lt, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import {
  edits,
  jobs,
  meetingDetailRows,
  recordings,
  systemLogs,
  transcriptionFiles,
  transcriptions,
  versions,
  vodContent,
} from "../schema.ts";
import { indexMeeting } from "./meeting-text.ts";
import { findNewestCues } from "./versions.ts";

/** Condition: the meeting has not been deleted. */
const isKept = isNull(transcriptions.deletedDate);

/** What goes with a meeting. */
export interface MeetingContents {
  readonly id: string;
  readonly recordingId: string;
  readonly filename: string;
  readonly title: string | null;
  /** Where its recording is. */
  readonly filePath: string;
  readonly versions: number;
  readonly captions: number;
  readonly edits: number;
  readonly files: number;
  /** True if viewers can watch it. */
  readonly isPublished: boolean;
}

const count = (of: ReturnType<typeof sql>) => sql<number>`(SELECT count(*) ${of})`;

const contents = {
  id: transcriptions.id,
  recordingId: transcriptions.recordingId,
  filename: transcriptions.filename,
  title: transcriptions.meetingTitle,
  filePath: transcriptions.filePath,
  versions: count(sql`FROM ${versions} v WHERE v.transcription_id = ${transcriptions.id} AND v.sealed = 1`),
  captions: count(
    sql`FROM cues c WHERE c.version_id = (SELECT v.id FROM ${versions} v WHERE v.transcription_id = ${transcriptions.id}
      AND v.sealed = 1 ORDER BY v.number DESC LIMIT 1)`,
  ),
  edits: count(sql`FROM ${edits} e WHERE e.transcription_id = ${transcriptions.id}`),
  files: count(sql`FROM ${transcriptionFiles} f WHERE f.transcription_id = ${transcriptions.id}`),
  isPublished: sql<number>`EXISTS (SELECT 1 FROM ${vodContent} p WHERE p.transcription_id = ${transcriptions.id}
    AND p.status = 'published')`,
};

/** What would go with a meeting that is not deleted; undefined: there is none. */
export function findContents(catalog: Catalog, id: string): MeetingContents | undefined {
  const row = catalog.database
    .select(contents)
    .from(transcriptions)
    .where(and(eq(transcriptions.id, id), isKept))
    .get();
  return row && { ...row, isPublished: row.isPublished === 1 };
}

export interface DeletedMeeting extends MeetingContents {
  readonly city: string | null;
  readonly date: string | null;
  readonly deletedDate: string;
  readonly deletedBy: string;
}

/** The meetings that can be brought back, the last deleted first. @param before only those that were deleted before then */
export function listDeleted(catalog: Catalog, before?: string): readonly DeletedMeeting[] {
  return catalog.database
    .select({
      ...contents,
      city: transcriptions.city,
      date: transcriptions.meetingDate,
      deletedDate: transcriptions.deletedDate,
      deletedBy: transcriptions.deletedBy,
    })
    .from(transcriptions)
    .where(
      and(
        isNotNull(transcriptions.deletedDate),
        before === undefined ? undefined : lt(transcriptions.deletedDate, before),
      ),
    )
    .orderBy(desc(transcriptions.deletedDate), desc(transcriptions.id))
    .all()
    .map((row) => ({
      ...row,
      isPublished: row.isPublished === 1,
      deletedDate: row.deletedDate ?? "",
      deletedBy: row.deletedBy ?? "",
    }));
}

/** The meeting with this id, or that begins with it, if it was deleted. */
export function findDeleted(catalog: Catalog, prefix: string): DeletedMeeting | undefined {
  const found = listDeleted(catalog).filter(({ id }) => id.startsWith(prefix));
  return found.length === 1 ? found[0] : undefined;
}

/** Puts a meeting away. Runs within the caller's transaction, with the entry in its log. */
export function markDeleted(catalog: Catalog, id: string, by: string, date: string): void {
  catalog.database
    .update(transcriptions)
    .set({ deletedDate: date, deletedBy: by })
    .where(and(eq(transcriptions.id, id), isKept))
    .run();
  indexMeeting(catalog, id, []);
}

/** Brings a meeting back. Runs within the caller's transaction, with the entry in its log. */
export function markRestored(catalog: Catalog, id: string): void {
  catalog.database
    .update(transcriptions)
    .set({ deletedDate: null, deletedBy: null })
    .where(eq(transcriptions.id, id))
    .run();
  indexMeeting(catalog, id, findNewestCues(catalog, id));
}

/** Jobs on a meeting that have not ended. */
export function listOpenJobsOfMeeting(
  catalog: Catalog,
  id: string,
): readonly { readonly id: string; readonly state: JobState }[] {
  const open = sql.join(
    openStates.map((state) => sql`${state}`),
    sql`, `,
  );
  return catalog.database
    .select({ id: jobs.id, state: jobs.state })
    .from(jobs)
    .where(
      and(
        sql`${jobs.state} IN (${open})`,
        sql`(${jobs.transcriptionId} = ${id} OR ${jobs.payload} ->> 'transcriptionId' = ${id})`,
      ),
    )
    .all();
}

/**
 * Removes a deleted meeting for good, with every version, edit and mark; what it was done with keeps its row. Its
 * recording is not taken in again by itself.
 */
export function purgeMeeting(catalog: Catalog, id: string, date: string): void {
  catalog.transaction(() => {
    const { database } = catalog;
    const row = database
      .select({ recordingId: transcriptions.recordingId })
      .from(transcriptions)
      .where(and(eq(transcriptions.id, id), isNotNull(transcriptions.deletedDate)))
      .get();
    if (row === undefined) return;
    indexMeeting(catalog, id, []);
    database.run(sql`DELETE FROM meeting_details WHERE rowid =
      (SELECT r.row FROM ${meetingDetailRows} r WHERE r.transcription_id = ${id})`);
    database.update(jobs).set({ transcriptionId: null }).where(eq(jobs.transcriptionId, id)).run();
    database.update(systemLogs).set({ transcriptionId: null }).where(eq(systemLogs.transcriptionId, id)).run();
    database.update(vodContent).set({ transcriptionId: null }).where(eq(vodContent.transcriptionId, id)).run();
    database.delete(transcriptions).where(eq(transcriptions.id, id)).run();
    database.update(recordings).set({ dismissedDate: date }).where(eq(recordings.id, row.recordingId)).run();
  });
}

/** True if a person has deleted the meeting of a recording: it is not taken in again by itself. */
export function isDismissed(catalog: Catalog, fingerprint: string): boolean {
  const row = catalog.database
    .select({ id: recordings.id })
    .from(recordings)
    .leftJoin(transcriptions, eq(transcriptions.recordingId, recordings.id))
    .where(
      and(
        eq(recordings.fingerprint, fingerprint),
        sql`(${recordings.dismissedDate} IS NOT NULL OR ${transcriptions.deletedDate} IS NOT NULL)`,
      ),
    )
    .limit(1)
    .get();
  return row !== undefined;
}

/** True if there is a transcription of the recording, deleted or not. */
export function hasTranscription(catalog: Catalog, recordingId: string): boolean {
  const row = catalog.database
    .select({ id: transcriptions.id })
    .from(transcriptions)
    .where(eq(transcriptions.recordingId, recordingId))
    .limit(1)
    .get();
  return row !== undefined;
}
