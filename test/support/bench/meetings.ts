/** Adds meetings to a benchmark's catalog; their files do not exist. */
import type { Catalog } from "../../../electron/catalog/open.ts";
import { upsertRecording } from "../../../electron/catalog/repositories/recordings.ts";
import { addTranscription, type TranscriptionRow } from "../../../electron/catalog/repositories/transcriptions.ts";

interface BenchMeeting {
  /** Unique within a catalog. */
  readonly number: number;
  readonly filename: string;
  readonly durationMs: number;
  readonly city?: string | null;
}

export function addMeeting(catalog: Catalog, { number, filename, durationMs, city }: BenchMeeting): TranscriptionRow {
  const facts = { filename, filePath: `/share/${filename}`, fileSize: 1 };
  const recording = upsertRecording(catalog, {
    ...facts,
    fingerprint: `f${number}`,
    modifiedMs: 1,
    container: "mp4",
    durationMs,
    media: {},
  });
  return addTranscription(catalog, {
    ...facts,
    recordingId: recording.id,
    modelFingerprint: "m",
    optionsKey: "o",
    language: "en",
    model: "m",
    options: {},
    outputFolder: `/out/${number}`,
    createdDate: new Date().toISOString(),
    city: city ?? null,
  });
}
