/** Output folders of transcriptions: the default name, and the check that a folder is writable. */
import { mkdir, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join, parse } from "node:path";
import type { Catalog } from "../catalog/open.ts";
import { isOutputFolderTaken } from "../catalog/repositories/transcriptions.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { Settings } from "../contract/settings.ts";
import { temporaryName } from "../platform/atomic-write.ts";
import { toDay } from "../platform/calendar.ts";
import { fileError } from "../platform/file-errors.ts";
import { safeName } from "../platform/file-name.ts";
import { toComposed } from "../platform/names.ts";
import { findSpelling, nearestExisting, pathExists } from "../platform/path-exists.ts";
import { createPlainFile } from "../platform/plain-files.ts";
import { outputPath } from "./output-names.ts";
import type { TranscriptionRequest } from "./transcription-run.ts";

export interface FolderDayFacts {
  /** Date of the meeting, `2026-03-02`; null: not known. */
  readonly date: string | null;
  /** Date in the name of the recording; undefined: none. A person may have cleared it as wrong. */
  readonly namedDate: string | undefined;
  /** Of the file's last change; undefined: not known. */
  readonly modifiedMs: number | undefined;
}

/**
 * The day that the folder of a meeting bears: its date; where neither a person nor a name tells it the day on which the file
 * was last changed, by the station's clock. Null: none.
 */
export function getFolderDay(
  { schedules }: Pick<Settings, "schedules">,
  { date, namedDate, modifiedMs }: FolderDayFacts,
): string | null {
  if (date !== null || namedDate !== undefined || modifiedMs === undefined) return date;
  return toDay(modifiedMs, schedules.timeZone);
}

/**
 * `<day>-<name>`: name of a recording's folder in the output folder.
 * @param day that the folder bears, `2026-03-02`; null: not known, and it bears the name alone
 */
export function datedName(recordingPath: string, day: string | null): string {
  const name = safeName(toComposed(parse(recordingPath).name));
  return day === null || name.startsWith(day) ? name : `${day}-${name}`;
}

/**
 * Returns the wanted folder, with a number appended if it exists or belongs to another transcription. Folders above it
 * that a Mac has named are used as they are there: there must be no second one whose name reads the same.
 * @param isAway its share is away: the disk is not asked, and only what the catalog knows counts
 */
export async function newOutputFolder(catalog: Catalog, wanted: string, isAway = false): Promise<string> {
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? wanted : `${wanted}-${number}`;
    const folder = isAway ? numbered : await findSpelling(numbered);
    if (!isOutputFolderTaken(catalog, folder) && (isAway || !(await pathExists(folder)))) return folder;
  }
}

/**
 * Checks, before hours of work, that the output files can be written. Leaves nothing behind.
 * @throws ArchivistError `folder.not-writable`, `disk.full`
 */
export async function checkOutputFolder(
  folder: string,
  request: Pick<TranscriptionRequest, "path" | "formats">,
): Promise<void> {
  const existing = await nearestExisting(folder);
  if ((await stat(existing).catch(() => undefined))?.isDirectory() === false) {
    throw new ArchivistError("folder.not-writable", {
      subject: existing,
      cause: "this is a file, and a folder is needed",
      remedy: "Name another folder.",
    });
  }
  await tryWriting(folder);
  if (existing !== folder) return;
  for (const kind of [...request.formats, "summary", "report"] as const) {
    const path = outputPath(folder, parse(request.path).name, kind);
    const there = await stat(path).catch(() => undefined);
    if (there?.isDirectory()) throw folderInTheWay(path);
  }
}

/** Writes a test file: permissions are not reliable on shares and unusual file systems. */
async function tryWriting(folder: string): Promise<void> {
  const probe = temporaryName(join(folder, "archivist"));
  try {
    const topmost = await mkdir(folder, { recursive: true });
    try {
      await (await createPlainFile(probe)).close();
    } finally {
      await rm(probe, { force: true });
      if (topmost !== undefined) await removeEmpty(folder, topmost);
    }
  } catch (thrown) {
    throw fileError(thrown, folder, "write");
  }
}

/** Removes the folders from `folder` up to `topmost`, as long as they are empty. */
async function removeEmpty(folder: string, topmost: string): Promise<void> {
  try {
    await rmdir(folder);
    if (folder !== topmost) await removeEmpty(dirname(folder), topmost);
  } catch {
    // Not empty: a file was put there in the meantime.
  }
}

function folderInTheWay(path: string): ArchivistError {
  return new ArchivistError("folder.not-writable", {
    subject: path,
    cause: "a folder stands where this file has to be written",
    remedy: "Rename that folder, or choose another one for the files.",
  });
}
