/** Transcriptions: the work on one recording with one model and one set of options. */

import type { SpeechDetector } from "../../captions/quality/document-facts.ts";
import type { ArchivistError } from "../../contract/errors.ts";
import type { TranscriptionState } from "../../contract/terms.ts";
import { listSpellings } from "../../platform/names.ts";
import { and, desc, eq, inArray, isNull, ne, type SQL, sql } from "../drizzle.ts";
import { newId } from "../ids.ts";
import type { Catalog } from "../open.ts";
import { recordings, transcriptions } from "../schema.ts";

/** Two transcriptions with the same key are the same work. */
export interface WorkKey {
  readonly recordingId: string;
  readonly modelFingerprint: string;
  /** Digest of the options that affect words and cues. */
  readonly optionsKey: string;
}

export interface NewTranscription extends WorkKey {
  readonly filename: string;
  readonly filePath: string;
  readonly fileSize: number;
  readonly language: string;
  readonly model: string;
  readonly options: unknown;
  readonly outputFolder: string;
  /** Absent: true. */
  readonly includeSummary?: boolean;
  readonly createdDate: string;
  /** The city whose glossary is used. */
  readonly city?: string | null;
  /** What the user or the file name says about the meeting. */
  readonly meetingDate?: string | null;
  readonly meetingType?: string | null;
  readonly meetingTitle?: string | null;
}

export interface TranscriptionRow {
  readonly id: string;
  readonly recordingId: string;
  readonly modelFingerprint: string;
  readonly optionsKey: string;
  readonly status: TranscriptionState;
  readonly outputFolder: string;
  /** Whether a summary belongs to it. */
  readonly includeSummary: boolean;
  readonly createdDate: string;
  readonly completedDate: string | null;
  /** The spoken language, once it is known. */
  readonly spokenLanguage: string | null;
  /** How speech was separated from silence, once that is done. */
  readonly voiceDetection: SpeechDetector | null;
}

const row = {
  id: transcriptions.id,
  recordingId: transcriptions.recordingId,
  modelFingerprint: transcriptions.modelFingerprint,
  optionsKey: transcriptions.optionsKey,
  status: transcriptions.status,
  outputFolder: transcriptions.outputFolder,
  includeSummary: transcriptions.includeSummary,
  createdDate: transcriptions.createdDate,
  completedDate: transcriptions.completedDate,
  spokenLanguage: transcriptions.spokenLanguage,
  voiceDetection: transcriptions.voiceDetection,
};

const isSameWork = (key: WorkKey): SQL | undefined =>
  and(
    eq(transcriptions.recordingId, key.recordingId),
    eq(transcriptions.modelFingerprint, key.modelFingerprint),
    eq(transcriptions.optionsKey, key.optionsKey),
    isKept,
  );

/** Condition: the meeting has not been deleted. The same recording taken in again is another meeting. */
const isKept = isNull(transcriptions.deletedDate);

const isFinished = inArray(transcriptions.status, ["completed", "needs_review"]);

/** Finds the transcription to use for a work key: a finished one before an unfinished one, then the newest. */
export function findWork(catalog: Catalog, key: WorkKey): TranscriptionRow | undefined {
  return catalog.database
    .select(row)
    .from(transcriptions)
    .where(and(isSameWork(key), ne(transcriptions.status, "cancelled")))
    .orderBy(desc(isFinished), desc(transcriptions.createdDate), desc(transcriptions.id))
    .limit(1)
    .get();
}

/**
 * Finds the newest finished work, with the same model and options, on an earlier copy of a recording at the same place of
 * which parts could not be read.
 */
export function findIncompleteWork(catalog: Catalog, key: WorkKey, filePath: string): TranscriptionRow | undefined {
  return catalog.database
    .select(row)
    .from(transcriptions)
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .where(
      and(
        inArray(recordings.filePath, [...listSpellings(filePath)]),
        ne(recordings.id, key.recordingId),
        ne(sql`coalesce(${recordings.missing}, '[]')`, "[]"),
        eq(transcriptions.modelFingerprint, key.modelFingerprint),
        eq(transcriptions.optionsKey, key.optionsKey),
        isKept,
        isFinished,
      ),
    )
    .orderBy(desc(transcriptions.createdDate), desc(transcriptions.id))
    .limit(1)
    .get();
}

/** Takes work out of the library that newer work has taken over, unless somebody has its captions open. */
export function retireWork(catalog: Catalog, id: string): void {
  catalog.database
    .update(transcriptions)
    .set({ status: "cancelled" })
    .where(
      and(
        eq(transcriptions.id, id),
        sql`NOT EXISTS (SELECT 1 FROM drafts d WHERE d.transcription_id = ${id} AND d.opened_by IS NOT NULL)`,
      ),
    )
    .run();
}

/** Finds the newest transcription of the same work that has not ended in any way. */
export function findUnfinishedWork(catalog: Catalog, key: WorkKey): TranscriptionRow | undefined {
  return catalog.database
    .select(row)
    .from(transcriptions)
    .where(and(isSameWork(key), inArray(transcriptions.status, ["pending", "processing"])))
    .orderBy(desc(transcriptions.createdDate), desc(transcriptions.id))
    .limit(1)
    .get();
}

/** Cancels failed transcriptions of work that starts again, so that they are not resumed. */
export function cancelFailedWork(catalog: Catalog, key: WorkKey): void {
  catalog.database
    .update(transcriptions)
    .set({ status: "cancelled" })
    .where(and(isSameWork(key), eq(transcriptions.status, "failed")))
    .run();
}

export function addTranscription(catalog: Catalog, work: NewTranscription): TranscriptionRow {
  return catalog.database
    .insert(transcriptions)
    .values({ id: newId(), ...work, options: JSON.stringify(work.options) })
    .returning(row)
    .get();
}

/** True when another transcription already uses this output folder, however the accents of its path are composed. */
export function isOutputFolderTaken(catalog: Catalog, folder: string): boolean {
  const taken = catalog.database
    .select({ id: transcriptions.id })
    .from(transcriptions)
    .where(inArray(transcriptions.outputFolder, [...listSpellings(folder)]))
    .limit(1)
    .get();
  return taken !== undefined;
}

/** Saves what was asked for beyond words and captions: a later request may ask for something else. */
export function setRequestFacts(
  catalog: Catalog,
  id: string,
  facts: {
    readonly includeSummary?: boolean | undefined;
    readonly formats: readonly string[];
    readonly priority?: number | undefined;
  },
): void {
  const { includeSummary, formats, priority } = facts;
  catalog.database
    .update(transcriptions)
    .set({
      outputFormat: formats.join(","),
      ...(includeSummary === undefined ? {} : { includeSummary }),
      ...(priority === undefined ? {} : { priority }),
    })
    .where(eq(transcriptions.id, id))
    .run();
}

/** Marks the work as started, and clears the error of an earlier attempt. */
export function beginTranscription(catalog: Catalog, id: string, startedDate: string): void {
  catalog.database
    .update(transcriptions)
    .set({ status: "processing", startedDate, errorCode: null, errorMessage: null })
    .where(eq(transcriptions.id, id))
    .run();
}

/** @param percent 0 to 100 */
export function reportProgress(catalog: Catalog, id: string, percent: number): void {
  catalog.database
    .update(transcriptions)
    .set({ progress: Math.max(0, Math.min(100, Math.floor(percent))) })
    .where(eq(transcriptions.id, id))
    .run();
}

export interface FinishedTranscription {
  readonly status: "completed" | "needs_review";
  readonly completedDate: string;
  readonly durationMs: number;
  readonly elapsedMs: number;
}

export function finishTranscription(catalog: Catalog, id: string, finished: FinishedTranscription): void {
  catalog.database
    .update(transcriptions)
    .set({
      status: finished.status,
      progress: 100,
      completedDate: finished.completedDate,
      duration: Math.round(finished.durationMs / 1000),
      processingTime: Math.round(finished.elapsedMs / 1000),
    })
    .where(eq(transcriptions.id, id))
    .run();
}

/** Stores why it failed: the cause, and in a second line the remedy. */
export function failTranscription(catalog: Catalog, id: string, error: ArchivistError): void {
  catalog.database
    .update(transcriptions)
    .set({ status: "failed", errorCode: error.code, errorMessage: `${error.message}\n${error.remedy}` })
    .where(eq(transcriptions.id, id))
    .run();
}

/** Puts interrupted work back; it resumes when it is requested again. */
export function releaseTranscription(catalog: Catalog, id: string): void {
  catalog.database
    .update(transcriptions)
    .set({ status: "pending" })
    .where(and(eq(transcriptions.id, id), eq(transcriptions.status, "processing")))
    .run();
}

/** Recordings with work that has started and may resume: their decoded audio is worth keeping. */
export function recordingsInWork(catalog: Catalog): ReadonlySet<string> {
  const rows = catalog.database
    .selectDistinct({ id: transcriptions.recordingId })
    .from(transcriptions)
    .where(inArray(transcriptions.status, ["pending", "processing"]))
    .all();
  return new Set(rows.map(({ id }) => id));
}

/** True when a recording of this content has been transcribed completely. */
export function finishedWorkOn(catalog: Catalog, fingerprint: string): boolean {
  const found = catalog.database
    .select({ id: transcriptions.id })
    .from(transcriptions)
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .where(and(eq(recordings.fingerprint, fingerprint), isKept, isFinished))
    .limit(1)
    .get();
  return found !== undefined;
}

/** This machine's recent speed: time of work per millisecond of recording. */
export function measuredSpeed(catalog: Catalog): {
  readonly byModel: ReadonlyMap<string, number>;
  readonly overall: number | undefined;
} {
  const rows = catalog.database
    .select({ model: transcriptions.model, seconds: transcriptions.processingTime, length: transcriptions.duration })
    .from(transcriptions)
    .where(isFinished)
    .orderBy(desc(transcriptions.completedDate))
    .limit(maxMeasured)
    .all()
    .filter(({ length }) => (length ?? 0) > 0);
  const speed = (own: typeof rows): number | undefined => {
    const length = own.reduce((sum, row) => sum + (row.length ?? 0), 0);
    return length === 0 ? undefined : own.reduce((sum, row) => sum + (row.seconds ?? 0), 0) / length;
  };
  const byModel = new Map([...Map.groupBy(rows, ({ model }) => model)].map(([model, own]) => [model, speed(own) ?? 0]));
  return { byModel, overall: speed(rows) };
}

/** Machines change, so only the newest work counts. */
const maxMeasured = 50;

/** Recordings that are being processed now. */
export function runningRecordings(catalog: Catalog): ReadonlySet<string> {
  const rows = catalog.database
    .selectDistinct({ id: transcriptions.recordingId })
    .from(transcriptions)
    .where(eq(transcriptions.status, "processing"))
    .all();
  return new Set(rows.map(({ id }) => id));
}

/** Saves what is only known after the audio was analyzed. */
export function setSpeechFacts(
  catalog: Catalog,
  id: string,
  known: { readonly spokenLanguage?: string; readonly voiceDetection?: SpeechDetector },
): void {
  catalog.database.update(transcriptions).set(known).where(eq(transcriptions.id, id)).run();
}

/** What a transcription was made with: the name of its model, and its options as they were stored. */
export function findTranscriptionRequest(
  catalog: Catalog,
  id: string,
): { readonly model: string; readonly options: unknown } | undefined {
  const found = catalog.database
    .select({ model: transcriptions.model, options: transcriptions.options })
    .from(transcriptions)
    .where(eq(transcriptions.id, id))
    .get();
  return found && { model: found.model, options: JSON.parse(found.options) as unknown };
}

/** Finds a transcription in its present state. */
export function findTranscription(catalog: Catalog, id: string): TranscriptionRow | undefined {
  return catalog.database.select(row).from(transcriptions).where(eq(transcriptions.id, id)).get();
}
