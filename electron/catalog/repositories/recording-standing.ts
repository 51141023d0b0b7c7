/** Facts that decide whether a recording may be moved, and the moves themselves. */

import { listSpellings } from "../../platform/names.ts";
import { and, asc, eq, inArray, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { cablecastReferences, recordingMoves, recordings, transcriptions, versions } from "../schema.ts";

export interface RecordingStanding {
  /** Its captions have been published. */
  readonly isPublished: boolean;
  /** Its captions are being corrected. */
  readonly isBeingEdited: boolean;
  readonly isBeingTranscribed: boolean;
}

export function getRecordingStanding(catalog: Catalog, fingerprint: string): RecordingStanding {
  const rows = catalog.database
    .select({ id: transcriptions.id, status: transcriptions.status, vodStatus: transcriptions.vodStatus })
    .from(transcriptions)
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .where(eq(recordings.fingerprint, fingerprint))
    .all();
  const ids = rows.map(({ id }) => id);
  const draft =
    ids.length === 0
      ? undefined
      : catalog.database
          .select({ id: versions.id })
          .from(versions)
          .where(and(inArray(versions.transcriptionId, ids), eq(versions.origin, "editor"), eq(versions.sealed, false)))
          .limit(1)
          .get();
  return {
    isPublished: rows.some(({ vodStatus }) => vodStatus === "published"),
    isBeingEdited: draft !== undefined,
    isBeingTranscribed: rows.some(({ status }) => status === "processing" || status === "pending"),
  };
}

/** Finds the Cablecast reel or asset that names a file; undefined: there is none. */
export function findReference(catalog: Catalog, filename: string) {
  return catalog.database
    .select({ kind: cablecastReferences.kind, cablecastId: cablecastReferences.cablecastId })
    .from(cablecastReferences)
    .where(inArray(cablecastReferences.filename, [...listSpellings(filename)]))
    .limit(1)
    .get();
}

export type MoveRow = typeof recordingMoves.$inferSelect;

export type NewMove = Pick<MoveRow, "fromPath" | "toPath" | "groupId" | "size" | "modifiedMs">;

/** Records all files of a move before anything is copied. */
export function addMoves(catalog: Catalog, moves: readonly NewMove[]): readonly MoveRow[] {
  return catalog.transaction(() =>
    moves.map((move) =>
      catalog.database
        .insert(recordingMoves)
        .values({ ...move, status: "copying" })
        .returning()
        .get(),
    ),
  );
}

export function changeMove(
  catalog: Catalog,
  id: number,
  change: Partial<Pick<MoveRow, "status" | "sha256" | "message">>,
): void {
  catalog.database.update(recordingMoves).set(change).where(eq(recordingMoves.id, id)).run();
}

/** Lists the files of one recording's move, whatever their status. */
export function listMoves(catalog: Catalog, groupId: string): readonly MoveRow[] {
  return catalog.database
    .select()
    .from(recordingMoves)
    .where(eq(recordingMoves.groupId, groupId))
    .orderBy(asc(recordingMoves.id))
    .all();
}

/** Lists groups of moves that were interrupted. */
export function unfinishedGroups(catalog: Catalog): readonly string[] {
  return catalog.database
    .selectDistinct({ groupId: recordingMoves.groupId })
    .from(recordingMoves)
    .where(inArray(recordingMoves.status, ["copying", "verified"]))
    .all()
    .map(({ groupId }) => groupId);
}

/** Records the new path of a recording. */
export function recordMove(catalog: Catalog, fromPath: string, toPath: string): void {
  catalog.database.update(recordings).set({ filePath: toPath }).where(eq(recordings.filePath, fromPath)).run();
  catalog.database
    .update(transcriptions)
    .set({ filePath: sql`${toPath}` })
    .where(eq(transcriptions.filePath, fromPath))
    .run();
}
