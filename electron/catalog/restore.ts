/** Replaces the catalog with a backup. The replaced catalog is kept beside the backups. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { ArchivistError } from "../contract/errors.ts";
import { fileError } from "../platform/file-errors.ts";
import { backupPattern, verifyBackup } from "./backup.ts";
import { keepPeople } from "./restore-people.ts";

export interface Backup {
  /** File name in the backup folder. */
  readonly name: string;
  readonly bytes: number;
  /** When it was made, ISO 8601, UTC. */
  readonly date: string;
}

/** Lists the backups in a folder, newest first. Each was verified when it was made. */
export function listBackups(folder: string): readonly Backup[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => backupPattern.test(name))
    .toSorted()
    .toReversed()
    .map((name) => {
      const { size, mtime } = statSync(join(folder, name));
      return { name, bytes: size, date: mtime.toISOString() };
    });
}

/** Suffixes of a database and of the files that SQLite keeps beside it while it is in use; they belong together. */
const parts = ["", "-wal", "-shm"] as const;

/**
 * Restores a backup. No process may have the catalog open.
 * @param requested name of the backup; `newest`: the newest valid one
 * @returns path of the replaced catalog; undefined: there was none
 * @throws ArchivistError `backup.missing`, `backup.invalid`, `disk.full`, `folder.not-writable`; the catalog is
 *   unchanged then
 */
export function restoreBackup(catalogFile: string, folder: string, requested: string, now: Date): string | undefined {
  const source = chooseBackup(folder, requested);
  const temporary = `${catalogFile}.archivist-part`;
  try {
    // Work on a copy, so that the backup itself stays untouched; the copy is verified again, in its present state.
    copyFileSync(source, temporary);
    verifyBackup(temporary);
    keepPeople(temporary, catalogFile);
    for (const part of parts.slice(1)) rmSync(temporary + part, { force: true });
    sync(temporary);
    const aside = join(folder, `before-restore-${now.toISOString().replaceAll(/[:.]/g, "-")}.db`);
    mkdirSync(folder, { recursive: true });
    const hasOld = existsSync(catalogFile);
    for (const part of parts) if (existsSync(catalogFile + part)) renameSync(catalogFile + part, aside + part);
    renameSync(temporary, catalogFile);
    if (process.platform !== "win32") sync(dirname(catalogFile));
    return hasOld ? aside : undefined;
  } catch (thrown) {
    for (const part of parts) rmSync(temporary + part, { force: true });
    throw fileError(thrown, source, "write");
  }
}

/** @returns the backup's path. @throws ArchivistError `backup.missing` when the folder has none of that name */
export function requireBackup(folder: string, name: string): string {
  if (!listBackups(folder).some((each) => each.name === name))
    throw new ArchivistError("backup.missing", { subject: name });
  return join(folder, name);
}

function chooseBackup(folder: string, requested: string): string {
  if (requested !== "newest") return requireBackup(folder, requested);
  for (const { name } of listBackups(folder)) {
    try {
      const path = join(folder, name);
      verifyBackup(path);
      return path;
    } catch {
      // An older one may be valid, and of a schema that this version can open.
    }
  }
  throw new ArchivistError("backup.missing", { subject: folder });
}

function sync(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
