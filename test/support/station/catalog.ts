import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Catalog, openCatalog } from "../../../electron/catalog/open.ts";
import type { TokenRow } from "../../../electron/catalog/repositories/people.ts";
import { type RecordingRow, upsertRecording } from "../../../electron/catalog/repositories/recordings.ts";
import { addTranscription, type TranscriptionRow } from "../../../electron/catalog/repositories/transcriptions.ts";
import { temporaryFolder } from "../temporary.ts";

/** A new catalog in its own folder. */
export function freshCatalog(folder: string = temporaryFolder()): Catalog & { readonly file: string } {
  const file = join(folder, "catalog.db");
  const catalog = openCatalog(file, join(folder, "backups"));
  onTestFinished(() => {
    try {
      catalog.close();
    } catch {
      // The test has already closed it.
    }
  });
  return { ...catalog, file };
}

export function someRecording(catalog: Catalog, fingerprint = "f1"): RecordingRow {
  return upsertRecording(catalog, {
    fingerprint,
    filename: "council.mp4",
    filePath: "/share/council.mp4",
    fileSize: 1_000,
    modifiedMs: 1_700_000_000_000,
    container: "mov,mp4,m4a,3gp,3g2,mj2",
    durationMs: 60_000,
    media: { audio: "aac" },
  });
}

export function someTranscription(catalog: Catalog, recording = someRecording(catalog)): TranscriptionRow {
  return addTranscription(catalog, {
    recordingId: recording.id,
    modelFingerprint: "m1",
    optionsKey: "o1",
    filename: "council.mp4",
    filePath: "/share/council.mp4",
    fileSize: 1_000,
    language: "en",
    model: "base.en",
    options: {},
    outputFolder: "/out",
    createdDate: new Date().toISOString(),
  });
}

/** A token that is valid for long. @param date when it was made, ISO 8601 */
export const someToken = (tokenHash: string, userId: number, date: string): TokenRow => ({
  tokenHash,
  userId,
  createdDate: date,
  lastUsedDate: date,
  expiresDate: "2099-01-01",
  kind: "program",
  agent: "",
});
