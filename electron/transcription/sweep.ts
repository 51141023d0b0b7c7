/**
 * Cleans up what a killed process left in the recordings folder. Call it only while this process holds the lock on the
 * data folder.
 */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Catalog } from "../catalog/open.ts";
import { recordingsInWork } from "../catalog/repositories/transcriptions.ts";
import { decodedFiles } from "../media/decoding/files.ts";

/** Removes partly decoded files, and decoded audio that no unfinished transcription needs. */
export function sweepRecordings(catalog: Catalog, folder: string): void {
  const needed = recordingsInWork(catalog);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const place = join(folder, entry.name);
    const { pcm } = decodedFiles(place);
    for (const file of readdirSync(place)) {
      if (file.endsWith(".part") || file.endsWith(".archivist-part")) rmSync(join(place, file), { force: true });
    }
    if (!needed.has(entry.name)) rmSync(pcm, { force: true });
    if (readdirSync(place).length === 0) rmSync(place, { recursive: true, force: true });
  }
}
