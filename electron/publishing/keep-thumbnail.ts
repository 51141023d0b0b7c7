/** A meeting's thumbnail as a JPEG beside its files, for servers that offer none. */
import { mkdir, rename, rm } from "node:fs/promises";
import { join, parse } from "node:path";
import { findTranscription } from "../catalog/repositories/transcriptions.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { Publication } from "../contract/publishing.ts";
import { makeThumbnail } from "../media/thumbnail.ts";
import { temporaryName } from "../platform/atomic-write.ts";
import { fileError } from "../platform/file-errors.ts";
import { shortenedName } from "../platform/file-name.ts";
import { pathExists } from "../platform/path-exists.ts";
import type { StationServices } from "../station-services.ts";

/**
 * Makes a thumbnail beside the files of a meeting, once. @returns Its path; undefined: the recording has no picture
 * @throws ArchivistError `tool.*`, `folder.*`, `disk.full`, `interrupted`
 */
export async function keepThumbnail(
  { catalog, folder, mediaTools }: StationServices,
  { transcriptionId, path, seconds }: Publication,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const place = findTranscription(catalog, transcriptionId)?.outputFolder ?? folder.output;
  const target = join(place, shortenedName(parse(path).name, ".jpg"));
  if (await pathExists(target)) return target;
  const temporary = temporaryName(target);
  try {
    await mkdir(place, { recursive: true });
    if (!(await makeThumbnail((await mediaTools()).ffmpeg, path, temporary, seconds, signal))) return undefined;
    await rename(temporary, target);
    return target;
  } catch (thrown) {
    throw thrown instanceof ArchivistError ? thrown : fileError(thrown, target, "write");
  } finally {
    await rm(temporary, { force: true });
  }
}
