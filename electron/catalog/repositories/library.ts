/** The library: transcriptions as users search, filter and sort them. */

import type { TranscriptionState, VerificationState } from "../../contract/terms.ts";
import type { TimeZone } from "../../platform/calendar.ts";
import { calendarDay, isSinceDay } from "../calendar-day.ts";
import { and, asc, desc, eq, inArray, isNull, or, type SQL, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import {
  approvals,
  meetingTags,
  recordings,
  transcriptionFiles,
  transcriptionIssues,
  transcriptions,
  versions,
  vodContent,
} from "../schema.ts";
import { hasWords, refreshDetails } from "./meeting-details.ts";
import { unknownMeeting } from "./unknown-meeting.ts";

export interface LibraryRow {
  readonly id: string;
  readonly recordingId: string;
  readonly filename: string;
  readonly filePath: string;
  readonly city: string | null;
  readonly meetingDate: string | null;
  readonly meetingType: string | null;
  readonly meetingTitle: string | null;
  readonly tags: readonly string[];
  /** When its file was last changed, in milliseconds since 1970. */
  readonly modifiedMs: number;
  readonly durationMs: number | null;
  readonly status: TranscriptionState;
  /** When it is tried again after it has failed; null: it is not, or it has not failed. */
  readonly retryDate: string | null;
  readonly score: number | null;
  readonly openErrors: number;
  readonly openWarnings: number;
  /** Of the newest version: one that was made after the approval is not approved. */
  readonly isApproved: boolean;
  readonly vodStatus: string | null;
  readonly captionsVerified: VerificationState | null;
  readonly model: string;
  readonly language: string;
  readonly processingMs: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly createdDate: string;
  readonly completedDate: string | null;
}

const countIssues = (severity: "error" | "warning") =>
  sql<number>`(SELECT count(*) FROM ${transcriptionIssues} i WHERE i.transcription_id = ${transcriptions.id} AND i.severity = ${severity})`;

const columns = {
  id: transcriptions.id,
  recordingId: transcriptions.recordingId,
  filename: transcriptions.filename,
  filePath: transcriptions.filePath,
  city: transcriptions.city,
  meetingDate: transcriptions.meetingDate,
  meetingType: transcriptions.meetingType,
  meetingTitle: transcriptions.meetingTitle,
  tags: sql<string>`(SELECT json_group_array(tag) FROM (SELECT g.tag FROM meeting_tags g
    WHERE g.transcription_id = ${transcriptions.id} ORDER BY g.position))`,
  modifiedMs: recordings.modifiedMs,
  durationMs: recordings.durationMs,
  status: transcriptions.status,
  // A job that waits for its next try, as the queue shows it.
  retryDate: sql<string | null>`CASE ${transcriptions.status} WHEN 'failed' THEN (SELECT j.not_before FROM jobs j
    WHERE j.transcription_id = ${transcriptions.id} AND j.type = 'process' AND j.state = 'queued' AND j.paused = 0
    ORDER BY j.created_date DESC LIMIT 1) END`,
  score: transcriptions.qualityScore,
  openErrors: countIssues("error"),
  openWarnings: countIssues("warning"),
  isApproved: sql<number>`EXISTS (SELECT 1 FROM ${approvals} a JOIN ${versions} v ON v.id = a.version_id WHERE v.transcription_id = ${transcriptions.id}
    AND v.number = (SELECT max(n.number) FROM ${versions} n WHERE n.transcription_id = ${transcriptions.id} AND n.sealed = 1))`,
  vodStatus: transcriptions.vodStatus,
  captionsVerified: sql<
    LibraryRow["captionsVerified"]
  >`(SELECT captions_verified FROM ${vodContent} c WHERE c.transcription_id = ${transcriptions.id} ORDER BY c.id DESC LIMIT 1)`,
  model: transcriptions.model,
  language: transcriptions.language,
  processingMs: sql<number | null>`${transcriptions.processingTime} * 1000`,
  errorCode: transcriptions.errorCode,
  errorMessage: transcriptions.errorMessage,
  createdDate: transcriptions.createdDate,
  completedDate: transcriptions.completedDate,
};

export const librarySortColumns = {
  completed: sql`coalesce(${transcriptions.completedDate}, ${transcriptions.createdDate})`,
  date: transcriptions.meetingDate,
  city: transcriptions.city,
  filename: transcriptions.filename,
  score: transcriptions.qualityScore,
  duration: recordings.durationMs,
  status: transcriptions.status,
} as const;

export interface LibraryQuery {
  readonly status?: readonly TranscriptionState[] | undefined;
  readonly city?: string | undefined;
  readonly published?: boolean | undefined;
  /** Words of its title, file name, city, date, type, tags or people. */
  readonly text?: string | undefined;
  readonly tag?: string | undefined;
  readonly sort: keyof typeof librarySortColumns;
  readonly descending: boolean;
  readonly limit: number;
  readonly offset: number;
}

/** Condition: the meeting has not been deleted. */
const isKept = isNull(transcriptions.deletedDate);

const hasTag = (tag: string): SQL =>
  sql`${transcriptions.id} IN (SELECT g.transcription_id FROM meeting_tags g WHERE g.tag = ${tag})`;

type SelectedRow = Omit<LibraryRow, "isApproved" | "tags"> & { readonly isApproved: number; readonly tags: string };

const toLibraryRow = (row: SelectedRow): LibraryRow => ({
  ...row,
  isApproved: row.isApproved === 1,
  tags: JSON.parse(row.tags) as readonly string[],
});

export function listLibrary(
  catalog: Catalog,
  { status, city, published, text, tag, sort, descending, limit, offset }: LibraryQuery,
): { readonly total: number; readonly rows: readonly LibraryRow[] } {
  const { database } = catalog;
  const isPublished = eq(transcriptions.vodStatus, "published");
  if (text !== undefined) refreshDetails(catalog);
  const conditions: (SQL | undefined)[] = [
    isKept,
    status && status.length > 0 ? inArray(transcriptions.status, [...status]) : undefined,
    city === undefined ? undefined : eq(transcriptions.city, city),
    published === undefined
      ? undefined
      : published
        ? isPublished
        : or(isNull(transcriptions.vodStatus), sql`NOT ${isPublished}`),
    text === undefined ? undefined : hasWords(transcriptions.id, text),
    tag === undefined ? undefined : hasTag(tag),
  ];
  const fits = and(...conditions);
  const total = database.select({ count: sql<number>`count(*)` }).from(transcriptions).where(fits).get()?.count ?? 0;
  const column = librarySortColumns[sort];
  const rows = database
    .select(columns)
    .from(transcriptions)
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .where(fits)
    // Meetings without a value come last, whichever way the others are sorted.
    .orderBy(sql`${column} IS NULL`, descending ? desc(column) : asc(column), asc(transcriptions.id))
    .limit(limit)
    .offset(offset)
    .all();
  return { total, rows: rows.map(toLibraryRow) };
}

export function findLibraryRow(catalog: Catalog, id: string): LibraryRow | undefined {
  const row = catalog.database
    .select(columns)
    .from(transcriptions)
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .where(and(eq(transcriptions.id, id), isKept))
    .get();
  return row && toLibraryRow(row);
}

/** @throws ArchivistError `meeting.unknown`, `meeting.deleted` */
export function requireLibraryRow(catalog: Catalog, id: string): LibraryRow {
  const row = findLibraryRow(catalog, id);
  if (row === undefined) throw unknownMeeting(catalog, id);
  return row;
}

/** Cities that have transcriptions. */
export function libraryCities(catalog: Catalog): readonly string[] {
  return catalog.database
    .selectDistinct({ city: transcriptions.city })
    .from(transcriptions)
    .where(isKept)
    .orderBy(asc(transcriptions.city))
    .all()
    .flatMap(({ city }) => city ?? []);
}

/** Tags of meetings, those of the most meetings first. */
export function libraryTags(catalog: Catalog): readonly string[] {
  return catalog.database
    .select({ tag: meetingTags.tag })
    .from(meetingTags)
    .innerJoin(transcriptions, eq(transcriptions.id, meetingTags.transcriptionId))
    .where(isKept)
    .groupBy(meetingTags.tag)
    .orderBy(desc(sql`count(*)`), asc(meetingTags.tag))
    .limit(maxTags)
    .all()
    .map(({ tag }) => tag);
}

/** Users choose from a list; the others are found by typing. */
const maxTags = 500;

export interface WrittenRow {
  readonly kind: string;
  readonly path: string;
  readonly sha256: string;
  readonly writtenDate: string;
  /** The version of the captions that it holds; null: that is not known. */
  readonly version: number | null;
}

export function listFiles(catalog: Catalog, transcriptionId: string): readonly WrittenRow[] {
  return catalog.database
    .select({
      kind: transcriptionFiles.kind,
      path: transcriptionFiles.path,
      sha256: transcriptionFiles.sha256,
      writtenDate: transcriptionFiles.writtenDate,
      version: transcriptionFiles.version,
    })
    .from(transcriptionFiles)
    .where(eq(transcriptionFiles.transcriptionId, transcriptionId))
    .orderBy(asc(transcriptionFiles.kind))
    .all();
}

export function listVersions(catalog: Catalog, transcriptionId: string) {
  return (
    catalog.database
      .select({
        id: versions.id,
        number: versions.number,
        origin: versions.origin,
        createdDate: versions.createdDate,
        name: versions.name,
        cues: sql<number>`(SELECT count(*) FROM cues c WHERE c.version_id = ${versions.id})`,
        approvedBy: approvals.approvedBy,
      })
      .from(versions)
      .leftJoin(approvals, eq(approvals.versionId, versions.id))
      // Unsealed versions are still being edited.
      .where(and(eq(versions.transcriptionId, transcriptionId), eq(versions.sealed, true)))
      .orderBy(desc(versions.number))
      .all()
  );
}

export interface DayFigures {
  readonly date: string;
  readonly recordings: number;
  readonly durationMs: number;
  readonly processingMs: number;
  readonly score: number | null;
}

/** Figures of finished work per day, oldest first, from a day on. */
export function figuresByDay(catalog: Catalog, since: string, timeZone: TimeZone): readonly DayFigures[] {
  const day = calendarDay(transcriptions.completedDate, timeZone);
  return catalog.database
    .select({
      date: day,
      recordings: sql<number>`count(*)`,
      durationMs: sql<number>`coalesce(sum(${recordings.durationMs}), 0)`,
      processingMs: sql<number>`coalesce(sum(${transcriptions.processingTime}), 0) * 1000`,
      score: sql<number | null>`avg(${transcriptions.qualityScore})`,
    })
    .from(transcriptions)
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .where(
      and(
        isSinceDay(transcriptions.completedDate, since, timeZone),
        inArray(transcriptions.status, ["completed", "needs_review"]),
      ),
    )
    .groupBy(day)
    .orderBy(asc(day))
    .all();
}

export function publishedByDay(catalog: Catalog, since: string, timeZone: TimeZone): ReadonlyMap<string, number> {
  const day = calendarDay(vodContent.publishedDate, timeZone);
  const rows = catalog.database
    .select({ date: day, count: sql<number>`count(*)` })
    .from(vodContent)
    .where(isSinceDay(vodContent.publishedDate, since, timeZone))
    .groupBy(day)
    .all();
  return new Map(rows.map(({ date, count }) => [date, count]));
}

/** Counts the transcriptions in each state, and those that are not published. */
export function countLibrary(catalog: Catalog): {
  readonly byStatus: ReadonlyMap<string, number>;
  readonly unpublished: number;
} {
  const rows = catalog.database
    .select({
      status: transcriptions.status,
      count: sql<number>`count(*)`,
      unpublished: sql<number>`sum(CASE WHEN ${transcriptions.vodStatus} IS NULL THEN 1 ELSE 0 END)`,
    })
    .from(transcriptions)
    .where(isKept)
    .groupBy(transcriptions.status)
    .all();
  const finished = rows.filter(({ status }) => status === "completed" || status === "needs_review");
  return {
    byStatus: new Map(rows.map(({ status, count }) => [status, count])),
    unpublished: finished.reduce((sum, { unpublished }) => sum + unpublished, 0),
  };
}
