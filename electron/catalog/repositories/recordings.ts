/** Recordings: one row per file content, wherever the file is stored. */

import type { TimeSpan } from "../../captions/time/span.ts";
import { type DecodedFacts, decodedFactsSchema } from "../../contract/recording.ts";
import { listSpellings } from "../../platform/names.ts";
import { asc, desc, eq, inArray, like } from "../drizzle.ts";
import { newId } from "../ids.ts";
import { inBatches } from "../in-batches.ts";
import type { Catalog } from "../open.ts";
import { jobs, recordingSilences, recordings } from "../schema.ts";

/** The data of a recording when it is first seen. */
export interface SeenRecording {
  readonly fingerprint: string;
  readonly filename: string;
  readonly filePath: string;
  readonly fileSize: number;
  readonly modifiedMs: number;
  readonly container: string;
  readonly durationMs: number | undefined;
  /** The result of the probe, as JSON. */
  readonly media: unknown;
}

export interface RecordingRow {
  readonly id: string;
  readonly fingerprint: string;
  readonly filename: string;
  readonly filePath: string;
  readonly fileSize: number;
  /** When its file was last changed, in milliseconds since 1970. */
  readonly modifiedMs: number;
}

const rowColumns = {
  id: recordings.id,
  fingerprint: recordings.fingerprint,
  filename: recordings.filename,
  filePath: recordings.filePath,
  fileSize: recordings.fileSize,
  modifiedMs: recordings.modifiedMs,
};

/** The exact length of a recording, known once it has been decoded. */
export interface DecodedLength {
  /** Samples at 16 kHz. */
  readonly sampleCount: number;
  readonly durationMs: number;
}

/** Finds or inserts the row of a content; a file that was moved or renamed gets its new path. */
export function upsertRecording(catalog: Catalog, seen: SeenRecording): RecordingRow {
  const { durationMs, media, ...rest } = seen;
  const row = { ...rest, durationMs: durationMs ?? null, media: JSON.stringify(media) };
  const place = { filename: seen.filename, filePath: seen.filePath, modifiedMs: seen.modifiedMs, media: row.media };
  return catalog.database
    .insert(recordings)
    .values({ id: newId(), ...row })
    .onConflictDoUpdate({ target: recordings.fingerprint, set: place })
    .returning(rowColumns)
    .get();
}

export function findRecording(catalog: Catalog, id: string): RecordingRow | undefined {
  return catalog.database.select(rowColumns).from(recordings).where(eq(recordings.id, id)).get();
}

/** The probe's result for a recording; undefined: there is no such recording. */
export function findMediaInfo(catalog: Catalog, id: string): unknown {
  const row = catalog.database.select({ media: recordings.media }).from(recordings).where(eq(recordings.id, id)).get();
  return row && (JSON.parse(row.media) as unknown);
}

/** Finds the recording that was last seen at a path, however its accents are composed. */
export function findRecordingByPath(catalog: Catalog, filePath: string): RecordingRow | undefined {
  return catalog.database
    .select(rowColumns)
    .from(recordings)
    .where(inArray(recordings.filePath, [...listSpellings(filePath)]))
    .orderBy(desc(recordings.createdDate))
    .limit(1)
    .get();
}

/** The exact length of a recording; undefined before it was first decoded. */
export function decodedLength(catalog: Catalog, recordingId: string): DecodedLength | undefined {
  const row = catalog.database
    .select({ sampleCount: recordings.sampleCount, durationMs: recordings.durationMs })
    .from(recordings)
    .where(eq(recordings.id, recordingId))
    .get();
  if (row === undefined || row.sampleCount === null || row.durationMs === null) return undefined;
  return { sampleCount: row.sampleCount, durationMs: row.durationMs };
}

/** What decoding found out; undefined before the recording was first decoded. */
export function findDecodedFacts(catalog: Catalog, recordingId: string): DecodedFacts | undefined {
  const row = catalog.database
    .select({ clock: recordings.clock, sound: recordings.sound, missing: recordings.missing })
    .from(recordings)
    .where(eq(recordings.id, recordingId))
    .get();
  if (row === undefined || row.clock === null || row.sound === null || row.missing === null) return undefined;
  return decodedFactsSchema.parse({
    clock: JSON.parse(row.clock),
    sound: JSON.parse(row.sound),
    missing: JSON.parse(row.missing),
  });
}

/** Saves the results of decoding. */
export function saveDecoded(
  catalog: Catalog,
  recordingId: string,
  decoded: DecodedLength & DecodedFacts & { readonly silences: readonly TimeSpan[] },
): void {
  const { sampleCount, durationMs, silences } = decoded;
  const facts = {
    clock: JSON.stringify(decoded.clock),
    sound: JSON.stringify(decoded.sound),
    missing: JSON.stringify(decoded.missing),
  };
  catalog.transaction(() => {
    const { database } = catalog;
    database
      .update(recordings)
      .set({ sampleCount, durationMs, ...facts })
      .where(eq(recordings.id, recordingId))
      .run();
    database.delete(recordingSilences).where(eq(recordingSilences.recordingId, recordingId)).run();
    const rows = silences.map(({ startMs, endMs }) => ({ recordingId, startMs, endMs }));
    for (const batch of inBatches(rows)) database.insert(recordingSilences).values(batch).run();
  });
}

/** Lists the silences of a decoded recording in time order. */
export function listSilences(catalog: Catalog, recordingId: string): readonly TimeSpan[] {
  return catalog.database
    .select({ startMs: recordingSilences.startMs, endMs: recordingSilences.endMs })
    .from(recordingSilences)
    .where(eq(recordingSilences.recordingId, recordingId))
    .orderBy(asc(recordingSilences.startMs))
    .all();
}

/** True if a recording, or a job in any state, names a path with this text in it. @param part letters and digits only */
export function isNamedAnywhere(catalog: Catalog, part: string): boolean {
  const pattern = `%${part}%`;
  const { database } = catalog;
  return (
    database.select({ id: recordings.id }).from(recordings).where(like(recordings.filePath, pattern)).get() !==
      undefined || database.select({ id: jobs.id }).from(jobs).where(like(jobs.payload, pattern)).get() !== undefined
  );
}
