/** The library: transcriptions as users search, filter and sort them. */
import { and, asc, desc, eq, inArray, isNull, like, or, type SQL, sql } from "drizzle-orm";
import { ArchivistError } from "../../contract/errors.ts";
import type { TranscriptionState, VerificationState } from "../../contract/terms.ts";
import type { TimeZone } from "../../platform/calendar.ts";
import { listSpellings } from "../../platform/names.ts";
import { calendarDay, isSinceDay } from "../calendar-day.ts";
import type { Catalog } from "../open.ts";
import {
  approvals,
  recordings,
  transcriptionFiles,
  transcriptionIssues,
  transcriptions,
  versions,
  vodContent,
} from "../schema.ts";

export interface LibraryRow {
  readonly id: string;
  readonly recordingId: string;
  readonly filename: string;
  readonly filePath: string;
  readonly city: string | null;
  readonly meetingDate: string | null;
  readonly meetingType: string | null;
  readonly meetingTitle: string | null;
  /** When its file was last changed, in milliseconds since 1970. */
  readonly modifiedMs: number;
  readonly durationMs: number | null;
  readonly status: TranscriptionState;
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
  modifiedMs: recordings.modifiedMs,
  durationMs: recordings.durationMs,
  status: transcriptions.status,
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
  /** Text in the file name. */
  readonly text?: string | undefined;
  readonly sort: keyof typeof librarySortColumns;
  readonly descending: boolean;
  readonly limit: number;
  readonly offset: number;
}

const isInFilename = (text: string): SQL =>
  sql`${like(transcriptions.filename, `%${text.replace(/[\\%_]/g, "\\$&")}%`)} ESCAPE '\\'`;

export function listLibrary(
  catalog: Catalog,
  { status, city, published, text, sort, descending, limit, offset }: LibraryQuery,
): { readonly total: number; readonly rows: readonly LibraryRow[] } {
  const { database } = catalog;
  const isPublished = eq(transcriptions.vodStatus, "published");
  const conditions: (SQL | undefined)[] = [
    status && status.length > 0 ? inArray(transcriptions.status, [...status]) : undefined,
    city === undefined ? undefined : eq(transcriptions.city, city),
    published === undefined
      ? undefined
      : published
        ? isPublished
        : or(isNull(transcriptions.vodStatus), sql`NOT ${isPublished}`),
    text === undefined || text.trim() === "" ? undefined : or(...listSpellings(text.trim()).map(isInFilename)),
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
  return { total, rows: rows.map((row) => ({ ...row, isApproved: row.isApproved === 1 })) };
}

export function findLibraryRow(catalog: Catalog, id: string): LibraryRow | undefined {
  const row = catalog.database
    .select(columns)
    .from(transcriptions)
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .where(eq(transcriptions.id, id))
    .get();
  return row && { ...row, isApproved: row.isApproved === 1 };
}

/** @throws ArchivistError `meeting.unknown` */
export function requireLibraryRow(catalog: Catalog, id: string): LibraryRow {
  const row = findLibraryRow(catalog, id);
  if (row === undefined) throw new ArchivistError("meeting.unknown", { subject: id });
  return row;
}

/** Cities that have transcriptions. */
export function libraryCities(catalog: Catalog): readonly string[] {
  return catalog.database
    .selectDistinct({ city: transcriptions.city })
    .from(transcriptions)
    .orderBy(asc(transcriptions.city))
    .all()
    .flatMap(({ city }) => city ?? []);
}

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
    .groupBy(transcriptions.status)
    .all();
  const finished = rows.filter(({ status }) => status === "completed" || status === "needs_review");
  return {
    byStatus: new Map(rows.map(({ status, count }) => [status, count])),
    unpublished: finished.reduce((sum, { unpublished }) => sum + unpublished, 0),
  };
}
