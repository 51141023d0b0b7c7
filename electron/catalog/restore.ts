/** Puts a backup in the place of the catalog. Nothing is lost by it: what was there stays beside the backups. */
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

export interface Backup {
  /** Its file's name in the folder of backups. */
  readonly name: string;
  readonly bytes: number;
  /** When it was made, ISO 8601, UTC. */
  readonly date: string;
}

/** The backups of a folder, the newest first. Each was read back when it was made. */
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

/** A database, and what SQLite keeps beside it while it is in use: they belong together. */
const deps = ["", "-wal", "-shm"] as const;

/**
 * Restores a backup. Nobody may have the catalog open.
 * @param requested name of the backup; `newest`: the newest one that is whole
 * @returns where the catalog lies that was there; undefined: there was none
 * @throws ArchivistError `backup.missing`, `backup.invalid`, `disk.full`, `folder.not-writable`; the catalog is as it was then
 */
export function restoreBackup(catalogFile: string, folder: string, requested: string, now: Date): string | undefined {
  const source = chooseBackup(folder, requested);
  const temporary = `${catalogFile}.archivist-part`;
  try {
    // A copy: the backup stays one, whatever becomes of the station. It is looked at once more, as it is now.
    copyFileSync(source, temporary);
    verifyBackup(temporary);
    sync(temporary);
    const aside = join(folder, `before-restore-${now.toISOString().replaceAll(/[:.]/g, "-")}.db`);
    mkdirSync(folder, { recursive: true });
    const hasOld = existsSync(catalogFile);
    for (const part of deps) if (existsSync(catalogFile + part)) renameSync(catalogFile + part, aside + part);
    renameSync(temporary, catalogFile);
    if (process.platform !== "win32") sync(dirname(catalogFile));
    return hasOld ? aside : undefined;
  } catch (thrown) {
    for (const part of deps) rmSync(temporary + part, { force: true });
    throw fileError(thrown, source, "write");
  }
}

/** @returns its path. @throws ArchivistError `backup.missing`: the folder has none of that name */
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
      // The one before it may be whole, and one that this version can open.
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
