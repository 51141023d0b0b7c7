/** Identifies a recording by its content, independent of path and file name. */
import { parse } from "node:path";
import { type RecordingRow, upsertRecording } from "../catalog/repositories/recordings.ts";
import type { MediaInfo } from "../media/probe-report.ts";
import { fileError } from "../platform/file-errors.ts";
import { fingerprint } from "../platform/fingerprint.ts";
import { withTimeout } from "../platform/with-timeout.ts";
import type { StationServices } from "../station-services.ts";

/**
 * Fingerprints a probed file and stores what is known about it.
 * @param path absolute path
 * @throws ArchivistError `file.*` if it cannot be read, or does not respond within `media.stallSeconds`
 */
export async function identifyRecording(
  { catalog, settings }: Pick<StationServices, "catalog" | "settings">,
  path: string,
  info: MediaInfo,
): Promise<RecordingRow> {
  const reading = fingerprint(path).catch((thrown: unknown) => {
    throw fileError(thrown, "", "read");
  });
  const { hash, size, modifiedMs } = await withTimeout(settings.media.stallSeconds, "", reading);
  return upsertRecording(catalog, {
    fingerprint: hash,
    filename: parse(path).base,
    filePath: path,
    fileSize: size,
    modifiedMs,
    container: info.container,
    durationMs: info.durationMs,
    media: info,
  });
}
