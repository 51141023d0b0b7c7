/**
 * Episodes, as the legacy product calls recordings: those that are known, each once with its newest transcription, and
 * files on shares whose content is not known yet.
 */

import { listSpellings } from "../../platform/names.ts";
import { and, asc, desc, eq, inArray, like, or, type SQL, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { recordings, shareFiles, transcriptions } from "../schema.ts";
import type { ShareFileRow } from "./share-files.ts";

/** A recording with its newest transcription. */
export interface RecordedEpisode {
  readonly recordingId: string;
  readonly transcriptionId: string | null;
  readonly filename: string;
  readonly filePath: string;
  readonly durationMs: number | null;
  readonly city: string | null;
  readonly meetingDate: string | null;
  /** Of the transcription. */
  readonly status: string | null;
  readonly vodStatus: string | null;
  readonly summaryFilePath: string | null;
}

const isWaiting = inArray(shareFiles.state, ["new", "ready", "queued"]);
const isKnown = sql`EXISTS (SELECT 1 FROM recordings r WHERE r.fingerprint = ${shareFiles.fingerprint})`;
const isUnknown = and(isWaiting, sql`NOT ${isKnown}`);

const newestTranscription = sql`${transcriptions.id} = (SELECT t.id FROM transcriptions t
  WHERE t.recording_id = ${recordings.id} ORDER BY t.created_date DESC, t.id DESC LIMIT 1)`;

const columns = {
  recordingId: recordings.id,
  transcriptionId: transcriptions.id,
  filename: recordings.filename,
  filePath: recordings.filePath,
  durationMs: recordings.durationMs,
  city: transcriptions.city,
  meetingDate: transcriptions.meetingDate,
  status: transcriptions.status,
  vodStatus: transcriptions.vodStatus,
  summaryFilePath: transcriptions.summaryFilePath,
};

const selectRecorded = (catalog: Catalog) =>
  catalog.database
    .select(columns)
    .from(recordings)
    .leftJoin(transcriptions, and(eq(transcriptions.recordingId, recordings.id), newestTranscription));

export interface EpisodePage {
  readonly total: number;
  /** They come first, by the date of the meeting. */
  readonly files: readonly ShareFileRow[];
  /** Newest first. */
  readonly recorded: readonly RecordedEpisode[];
}

/** Lists one page of all episodes. */
export function listEpisodes(catalog: Catalog, page: { readonly limit: number; readonly offset: number }): EpisodePage {
  const { limit, offset } = page;
  const { database } = catalog;
  const count = sql<number>`count(*)`;
  const fileCount = database.select({ count }).from(shareFiles).where(isUnknown).get()?.count ?? 0;
  const recordedCount = database.select({ count }).from(recordings).get()?.count ?? 0;
  const files = database
    .select()
    .from(shareFiles)
    .where(isUnknown)
    .orderBy(asc(shareFiles.meetingDate), asc(shareFiles.id))
    .limit(limit)
    .offset(offset)
    .all();
  const left = limit - files.length;
  const recorded =
    left === 0
      ? []
      : selectRecorded(catalog)
          .orderBy(desc(recordings.createdDate), asc(recordings.id))
          .limit(left)
          .offset(Math.max(0, offset - fileCount))
          .all();
  return { total: fileCount + recordedCount, files, recorded };
}

/** Finds an episode by the id of its recording, or of one of its transcriptions. */
export function findRecordedEpisode(catalog: Catalog, id: string): RecordedEpisode | undefined {
  const ofTranscription = catalog.database
    .select({ id: transcriptions.recordingId })
    .from(transcriptions)
    .where(eq(transcriptions.id, id));
  return selectRecorded(catalog)
    .where(or(eq(recordings.id, id), inArray(recordings.id, ofTranscription)))
    .get();
}

/** Characters with a meaning in LIKE. */
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

/** True for files that are called so, with or without the ending of the name. */
function isNamed(column: typeof recordings.filename | typeof shareFiles.path, name: string, folder: "" | "%/"): SQL {
  const patterns = listSpellings(name).flatMap((each) => [escapeLike(each), `${escapeLike(each)}.%`]);
  return sql`(${sql.join(
    patterns.map((pattern) => sql`${like(column, folder + pattern)} ESCAPE '\\'`),
    sql` OR `,
  )})`;
}

/** More than one is too many already. */
const maxNamed = 20;

/** Finds the episodes whose file has a name, with or without its ending; upper case of A to Z does not count. */
export function listEpisodesByName(catalog: Catalog, name: string): Pick<EpisodePage, "files" | "recorded"> {
  const files = catalog.database
    .select()
    .from(shareFiles)
    .where(and(isUnknown, or(isNamed(shareFiles.path, name, ""), isNamed(shareFiles.path, name, "%/"))))
    .limit(maxNamed)
    .all();
  const recorded = selectRecorded(catalog)
    .where(isNamed(recordings.filename, name, ""))
    .limit(maxNamed)
    .all();
  return { files, recorded };
}

/** The ids of the recordings of transcriptions. */
export function recordingsOfTranscriptions(catalog: Catalog, ids: readonly string[]): ReadonlyMap<string, string> {
  const rows = catalog.database
    .select({ id: transcriptions.id, recordingId: transcriptions.recordingId })
    .from(transcriptions)
    .where(inArray(transcriptions.id, [...new Set(ids)]))
    .all();
  return new Map(rows.map(({ id, recordingId }) => [id, recordingId]));
}
