/** Transcriptions: the work on one recording with one model and one set of options. */
import { and, desc, eq, inArray, ne } from "drizzle-orm";
import type { ArchivistError } from "../../contract/errors.ts";
import { newId } from "../ids.ts";
import type { Catalog } from "../open.ts";
import { type transcriptionStatuses, transcriptions } from "../schema.ts";

export type TranscriptionStatus = (typeof transcriptionStatuses)[number];

/** What makes two transcriptions the same work. */
export interface WorkKey {
  readonly recordingId: string;
  readonly modelFingerprint: string;
  /** Digest of the options that decide words and cues. */
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
  readonly createdDate: string;
}

export interface TranscriptionRow {
  readonly id: string;
  readonly recordingId: string;
  readonly status: TranscriptionStatus;
  readonly outputFolder: string;
  readonly createdDate: string;
  readonly completedDate: string | null;
}

const row = {
  id: transcriptions.id,
  recordingId: transcriptions.recordingId,
  status: transcriptions.status,
  outputFolder: transcriptions.outputFolder,
  createdDate: transcriptions.createdDate,
  completedDate: transcriptions.completedDate,
};

/** The newest transcription of the same work that was not cancelled. */
export function findWork(catalog: Catalog, key: WorkKey): TranscriptionRow | undefined {
  return catalog.database
    .select(row)
    .from(transcriptions)
    .where(
      and(
        eq(transcriptions.recordingId, key.recordingId),
        eq(transcriptions.modelFingerprint, key.modelFingerprint),
        eq(transcriptions.optionsKey, key.optionsKey),
        ne(transcriptions.status, "cancelled"),
      ),
    )
    .orderBy(desc(transcriptions.createdDate), desc(transcriptions.id))
    .limit(1)
    .get();
}

export function addTranscription(catalog: Catalog, work: NewTranscription): TranscriptionRow {
  return catalog.database
    .insert(transcriptions)
    .values({ id: newId(), ...work, options: JSON.stringify(work.options) })
    .returning(row)
    .get();
}

/** True when another transcription already has this folder as its own. */
export function isOutputFolderTaken(catalog: Catalog, folder: string): boolean {
  const taken = catalog.database
    .select({ id: transcriptions.id })
    .from(transcriptions)
    .where(eq(transcriptions.outputFolder, folder))
    .limit(1)
    .get();
  return taken !== undefined;
}

/** Marks the work as begun; an error of an earlier attempt is forgotten. */
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

export function failTranscription(catalog: Catalog, id: string, error: ArchivistError): void {
  catalog.database
    .update(transcriptions)
    .set({ status: "failed", errorCode: error.code, errorMessage: `${error.message}. ${error.remedy}` })
    .where(eq(transcriptions.id, id))
    .run();
}

/** Puts work that was interrupted back: it goes on when it is asked for again. */
export function releaseTranscription(catalog: Catalog, id: string): void {
  catalog.database
    .update(transcriptions)
    .set({ status: "pending" })
    .where(and(eq(transcriptions.id, id), eq(transcriptions.status, "processing")))
    .run();
}

/** Recordings of which some work is not finished: their decoded sound is still needed. */
export function recordingsInWork(catalog: Catalog): ReadonlySet<string> {
  const rows = catalog.database
    .selectDistinct({ id: transcriptions.recordingId })
    .from(transcriptions)
    .where(inArray(transcriptions.status, ["pending", "processing"]))
    .all();
  return new Set(rows.map(({ id }) => id));
}
