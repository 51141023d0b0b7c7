/** Publishing: links between recordings and shows, uploads in progress, and what may be published. */
import type { TargetName } from "../../contract/publishing.ts";
import { and, desc, eq, inArray, isNull, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import {
  approvals,
  cablecastLinks,
  cablecastUploads,
  recordings,
  transcriptionIssues,
  transcriptions,
  versions,
} from "../schema.ts";
import { forgetFields } from "./cablecast-metadata.ts";
import { unknownMeeting } from "./unknown-meeting.ts";

/** Finds the show that a recording is linked to on a server. */
export function findLink(
  catalog: Catalog,
  server: string,
  recordingId: string,
): { readonly showId: number; readonly reason: string; readonly score: number } | undefined {
  return catalog.database
    .select({ showId: cablecastLinks.showId, reason: cablecastLinks.reason, score: cablecastLinks.score })
    .from(cablecastLinks)
    .where(and(eq(cablecastLinks.recordingId, recordingId), eq(cablecastLinks.server, server)))
    .get();
}

/** Lists the recordings that a show is linked to. */
export function recordingsOfShow(catalog: Catalog, server: string, showId: number): readonly string[] {
  return catalog.database
    .select({ id: cablecastLinks.recordingId })
    .from(cablecastLinks)
    .where(and(eq(cablecastLinks.server, server), eq(cablecastLinks.showId, showId)))
    .all()
    .map(({ id }) => id);
}

export interface NewLink {
  readonly server: string;
  readonly recordingId: string;
  readonly showId: number;
  readonly reason: string;
  /** Confidence, 0 to 1. */
  readonly score: number;
}

/** Links a recording to a show. Metadata stored for another show it was linked to before is discarded. */
export function linkRecording(catalog: Catalog, link: NewLink): void {
  const { server, recordingId, showId, reason, score } = link;
  catalog.transaction(() => {
    const { database } = catalog;
    const before = findLink(catalog, server, recordingId);
    if (before !== undefined && before.showId !== showId) forgetFields(catalog, server, recordingId);
    database
      .insert(cablecastLinks)
      .values(link)
      .onConflictDoUpdate({
        target: [cablecastLinks.recordingId, cablecastLinks.server],
        set: { showId, reason, score },
      })
      .run();
  });
}

export type UploadRow = typeof cablecastUploads.$inferSelect;

export function findUpload(catalog: Catalog, path: string, store: number): UploadRow | undefined {
  return catalog.database
    .select()
    .from(cablecastUploads)
    .where(and(eq(cablecastUploads.path, path), eq(cablecastUploads.store, store)))
    .get();
}

export function saveUpload(catalog: Catalog, upload: UploadRow): void {
  catalog.database
    .insert(cablecastUploads)
    .values(upload)
    .onConflictDoUpdate({ target: [cablecastUploads.path, cablecastUploads.store], set: upload })
    .run();
}

export function forgetUpload(catalog: Catalog, path: string, store: number): void {
  catalog.database
    .delete(cablecastUploads)
    .where(and(eq(cablecastUploads.path, path), eq(cablecastUploads.store, store)))
    .run();
}

/** The data of a transcription that publishing needs. */
export interface PublishableRow {
  readonly id: string;
  readonly recordingId: string;
  readonly filename: string;
  readonly filePath: string;
  readonly status: string;
  readonly city: string | null;
  /** ISO 639-1: what is spoken, as far as that is known; otherwise what was asked for. */
  readonly language: string;
  readonly durationMs: number | null;
  /** Of the file's last change. */
  readonly modifiedMs: number;
  readonly completedDate: string | null;
  readonly meetingDate: string | null;
  readonly meetingType: string | null;
  readonly meetingTitle: string | null;
  readonly meetingDescription: string | null;
  /** Names of the facts that a person has set, as JSON. */
  readonly factsSet: string;
}

const publishable = {
  id: transcriptions.id,
  recordingId: transcriptions.recordingId,
  filename: transcriptions.filename,
  filePath: transcriptions.filePath,
  status: transcriptions.status,
  city: transcriptions.city,
  language: sql<string>`coalesce(${transcriptions.spokenLanguage}, ${transcriptions.language})`,
  durationMs: recordings.durationMs,
  modifiedMs: recordings.modifiedMs,
  completedDate: transcriptions.completedDate,
  meetingDate: transcriptions.meetingDate,
  meetingType: transcriptions.meetingType,
  meetingTitle: transcriptions.meetingTitle,
  meetingDescription: transcriptions.meetingDescription,
  factsSet: transcriptions.factsSet,
};

/** Condition: the meeting has not been deleted. */
const isKept = isNull(transcriptions.deletedDate);

/** Lists transcriptions whose id begins with a text; at most two. */
export function listPublishableByPrefix(catalog: Catalog, prefix: string): readonly PublishableRow[] {
  return catalog.database
    .select(publishable)
    .from(transcriptions)
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .where(and(isKept, sql`${transcriptions.id} >= ${prefix}`, sql`${transcriptions.id} < ${`${prefix}\uFFFF`}`))
    .limit(2)
    .all();
}

/** @param id id of a transcription, or its beginning. @throws ArchivistError `meeting.unknown`, `meeting.deleted` */
export function requirePublishable(catalog: Catalog, id: string): PublishableRow {
  const [row, second] = listPublishableByPrefix(catalog, id);
  if (row === undefined || second !== undefined) throw unknownMeeting(catalog, id);
  return row;
}

const isFinished = and(isKept, inArray(transcriptions.status, ["completed", "needs_review"]));

/** A recording that was transcribed again is one meeting: only its newest captions count. */
const isNewest = sql`NOT EXISTS (SELECT 1 FROM transcriptions n WHERE n.recording_id = ${transcriptions.recordingId}
  AND n.status IN ('completed', 'needs_review') AND n.deleted_date IS NULL
  AND (coalesce(n.completed_date, ''), n.id) > (coalesce(${transcriptions.completedDate}, ''), ${transcriptions.id}))`;

/** Lists finished transcriptions of recordings that were never published on a target, oldest first. */
export function listUnpublished(catalog: Catalog, target: TargetName): readonly PublishableRow[] {
  // What a user has removed is never published again automatically.
  const isKnown = sql`EXISTS (SELECT 1 FROM vod_content v JOIN transcriptions o ON o.id = v.transcription_id
    WHERE o.recording_id = ${transcriptions.recordingId} AND v.target = ${target} AND v.status IN ('published', 'removed'))`;
  return catalog.database
    .select(publishable)
    .from(transcriptions)
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .where(and(isFinished, isNewest, sql`NOT ${isKnown}`))
    .orderBy(transcriptions.completedDate)
    .all();
}

/** Lists the newest finished transcription of each recording that is linked to a show of a server. */
export function linkedTranscriptions(
  catalog: Catalog,
  server: string,
): readonly (PublishableRow & { readonly showId: number; readonly isPublished: boolean })[] {
  return catalog.database
    .select({
      ...publishable,
      showId: cablecastLinks.showId,
      isPublished: sql<number>`EXISTS (SELECT 1 FROM vod_content v JOIN transcriptions o ON o.id = v.transcription_id
        WHERE o.recording_id = ${transcriptions.recordingId} AND v.target = 'cablecast' AND v.server = ${server}
        AND v.status = 'published')`,
    })
    .from(transcriptions)
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .innerJoin(
      cablecastLinks,
      and(eq(cablecastLinks.recordingId, transcriptions.recordingId), eq(cablecastLinks.server, server)),
    )
    .where(and(isFinished, isNewest))
    .orderBy(desc(transcriptions.completedDate))
    .all()
    .map((row) => ({ ...row, isPublished: row.isPublished === 1 }));
}

/** Lists the newest finished transcription of each recording that is not linked to a show of a server. */
export function unlinkedTranscriptions(catalog: Catalog, server: string): readonly PublishableRow[] {
  return catalog.database
    .select(publishable)
    .from(transcriptions)
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .leftJoin(
      cablecastLinks,
      and(eq(cablecastLinks.recordingId, transcriptions.recordingId), eq(cablecastLinks.server, server)),
    )
    .where(and(isFinished, isNewest, isNull(cablecastLinks.recordingId)))
    .orderBy(desc(transcriptions.completedDate))
    .all();
}

export interface ApprovalFacts {
  readonly openErrors: number;
  readonly isApproved: boolean;
}

/** Finds what blocks the publication of a transcription. */
export function getApprovalFacts(catalog: Catalog, transcriptionId: string): ApprovalFacts {
  const { database } = catalog;
  const errors = database
    .select({ rule: transcriptionIssues.rule })
    .from(transcriptionIssues)
    .where(and(eq(transcriptionIssues.transcriptionId, transcriptionId), eq(transcriptionIssues.severity, "error")))
    .all();
  // Captions that were edited after their approval are not approved.
  const newest = database
    .select({ approvedBy: approvals.approvedBy })
    .from(versions)
    .leftJoin(approvals, eq(approvals.versionId, versions.id))
    .where(and(eq(versions.transcriptionId, transcriptionId), eq(versions.sealed, true)))
    .orderBy(desc(versions.number))
    .limit(1)
    .get();
  return { openErrors: errors.length, isApproved: newest?.approvedBy != null };
}
