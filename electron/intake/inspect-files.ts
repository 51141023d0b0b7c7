/** Inspects files before they are submitted: what each one is, the proposed options, and any problem. */
import type { Dir } from "node:fs";
import { opendir, stat } from "node:fs/promises";
import { basename, isAbsolute, join } from "node:path";
import { findRecordingByPath } from "../catalog/repositories/recordings.ts";
import { finishedWorkOn } from "../catalog/repositories/transcriptions.ts";
import { ArchivistError, toArchivistError } from "../contract/errors.ts";
import { findDataFaults } from "../media/decoding/data-faults.ts";
import { estimateCut } from "../media/decoding/missing-parts.ts";
import { probe } from "../media/probe.ts";
import { fileError } from "../platform/file-errors.ts";
import { withTimeout } from "../platform/with-timeout.ts";
import { readFileName } from "../shares/discovery/file-name.ts";
import { globs } from "../shares/discovery/globs.ts";
import { isSystemFile, isSystemFolder } from "../shares/discovery/system-files.ts";
import type { OnShare } from "../shares/share-access.ts";
import { findCityOfFile } from "../shares/which-share.ts";
import type { StationServices } from "../station-services.ts";
import { isInQueue } from "./transcription-job.ts";

export interface InspectedFile {
  readonly path: string;
  readonly filename: string;
  readonly bytes: number;
  readonly error: ArchivistError | undefined;
  readonly durationMs: number | undefined;
  /** About where the copy of the file stopped, in milliseconds from its beginning; undefined: no sign of that. */
  readonly cutAtMs: number | undefined;
  readonly picture: string | undefined;
  readonly sound: string | undefined;
  /** Its sounds, in order. */
  readonly sounds: readonly { readonly label: string; readonly channels: number }[];
  /** The sound that its city's setting names. */
  readonly soundChoice: string | undefined;
  readonly city: string | undefined;
  readonly date: string | undefined;
  readonly type: string | undefined;
  readonly title: string;
  readonly isQueued: boolean;
  readonly isDone: boolean;
}

/** Maximum number of files: a folder with more was probably dropped by mistake. */
const maxFiles = 500;
/** Maximum number of files of any kind that are looked through for them. */
const maxSeen = 100_000;

/**
 * Inspects files; a folder stands for the recordings in it and in its subfolders.
 * @param onFile called before each file is looked into
 * @throws ArchivistError `usage.invalid` for a path that is not absolute, `interrupted`
 */
export async function inspectFiles(
  services: StationServices,
  paths: readonly string[],
  signal?: AbortSignal,
  onFile?: (path: string) => void,
): Promise<readonly InspectedFile[]> {
  const files: string[] = [];
  for (const path of paths) files.push(...(await recordingsIn(services, path, signal)));
  const inspected: InspectedFile[] = [];
  for (const path of new Set(files)) {
    if (signal?.aborted) throw new ArchivistError("interrupted");
    onFile?.(path);
    inspected.push(await inspectFile(services, path, signal));
  }
  return inspected;
}

async function recordingsIn(
  { settings, onShare }: StationServices,
  path: string,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  if (!isAbsolute(path)) {
    throw new ArchivistError("usage.invalid", { subject: path, cause: "this is not a whole path" });
  }
  const found = await onShare(path, () => stat(path)).catch(() => undefined);
  if (!found?.isDirectory()) return [path];
  const isWanted = globs(settings.intake.include);
  const isLeftOut = globs(settings.intake.exclude);
  const tooMany = (cause: string): ArchivistError =>
    new ArchivistError("usage.invalid", { subject: path, cause, remedy: "Choose some of the folders in it." });
  const wanted: string[] = [];
  let seen = 0;
  for await (const name of filesBelow(path, onShare)) {
    if (signal?.aborted) throw new ArchivistError("interrupted");
    if (++seen > maxSeen) throw tooMany(`there are more than ${maxSeen} files in it`);
    if (!isWanted(name) || isLeftOut(name)) continue;
    wanted.push(name);
    if (wanted.length > maxFiles) throw tooMany(`there are more than ${maxFiles} recordings in it`);
  }
  return wanted.sort().map((name) => join(path, name));
}

const closeQuietly = (opened: Dir): void => void opened.close().catch(() => undefined);

/** The files below a folder, with slashes. Links are not followed, and recycle bins and the like are not entered. */
async function* filesBelow(folder: string, onShare: OnShare): AsyncGenerator<string> {
  const folders = [""];
  for (let above = folders.pop(); above !== undefined; above = folders.pop()) {
    const place = join(folder, above);
    const opened = await onShare(place, () => opendir(place), closeQuietly);
    try {
      for (;;) {
        const entry = await onShare(place, () => opened.read());
        if (entry === null) break;
        const path = above === "" ? entry.name : `${above}/${entry.name}`;
        if (entry.isDirectory()) {
          if (!isSystemFolder(entry.name)) folders.push(path);
        } else if (entry.isFile() && !isSystemFile(entry.name)) yield path;
      }
    } finally {
      // Not waited for: it waits for a read that hangs.
      closeQuietly(opened);
    }
  }
}

async function inspectFile(
  services: StationServices,
  path: string,
  signal: AbortSignal | undefined,
): Promise<InspectedFile> {
  const { catalog, settings } = services;
  const city = findCityOfFile(settings.cities.members, settings.shares.servers, path);
  const filename = basename(path);
  const { date, type, title } = readFileName(filename, city?.namePatterns);
  const known = findRecordingByPath(catalog, path);
  const facts = {
    path,
    filename,
    city: city?.name,
    date,
    type,
    title,
    soundChoice: city?.sound ?? undefined,
    isQueued: isInQueue(catalog, path),
    isDone: known !== undefined && finishedWorkOn(catalog, known.fingerprint),
  };
  const nothing = { durationMs: undefined, cutAtMs: undefined, picture: undefined, sound: undefined, sounds: [] };
  // A file that is no recording still has its size.
  let bytes = 0;
  try {
    const { size } = await services
      .onShare(path, () => stat(path))
      .catch((thrown: unknown) => {
        throw fileError(thrown, filename, "read");
      });
    bytes = size;
    const { ffprobe } = await services.mediaTools();
    const probeFile = async () => {
      const info = await probe(ffprobe, path, settings.media, signal);
      const faults = await withTimeout(settings.media.stallSeconds, filename, findDataFaults(path, info));
      return { ...info, cutAtMs: estimateCut(info, faults) };
    };
    const found = await services.lanes.run("disk", signal, probeFile);
    const { durationMs, cutAtMs, audio, video, sounds: streams = [] } = found;
    const picture = video === undefined ? undefined : `${video.codec} ${video.width}×${video.height}`;
    const sound = audio === undefined ? undefined : `${audio.codec}, ${audio.layout}`;
    const sounds = streams.map(({ codec, layout, language, channels }) => ({
      label: [codec, layout, language].filter((part) => part !== undefined).join(", "),
      channels,
    }));
    return { ...facts, bytes, error: undefined, durationMs, cutAtMs, picture, sound, sounds };
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    return { ...facts, ...nothing, bytes, error: toArchivistError(thrown) };
  }
}
