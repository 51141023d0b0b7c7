/** Backs up the catalog while it is in use, and verifies each backup. */
import { rmSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { ArchivistError } from "../contract/errors.ts";
import { fileError } from "../platform/file-errors.ts";
import { requireKnown } from "./migrate.ts";
import type { Catalog } from "./open.ts";
import { openSqlite } from "./sqlite.ts";

/** File names of backups. */
export const backupPattern = /^catalog-\d{4}-\d{2}-\d{2}T[\d-]+Z\.db$/;
/** Pages that are copied before other work may run: about 4 MB. */
const pagesAtOnce = 1_000;

/**
 * Copies the catalog into the folder, verifies the copy, and deletes all but the newest `keep` backups.
 * @param keep number of backups to keep
 * @returns path of the new backup
 * @throws ArchivistError `backup.invalid`, `disk.full`, `folder.not-writable`; no partial backup is left
 */
export async function backUpCatalog(catalog: Catalog, folder: string, now: Date, keep: number): Promise<string> {
  const file = join(folder, `catalog-${now.toISOString().replaceAll(/[:.]/g, "-")}.db`);
  const temporary = `${file}.archivist-part`;
  try {
    await mkdir(folder, { recursive: true });
    await catalog.database.$client.backup(temporary, { progress: () => pagesAtOnce });
    verifyBackup(temporary);
    await rename(temporary, file);
    const all = (await readdir(folder)).filter((name) => backupPattern.test(name)).sort();
    for (const old of all.slice(0, Math.max(0, all.length - keep))) await rm(join(folder, old), { force: true });
    return file;
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw fileError(thrown, folder, "write");
  }
}

/** @throws ArchivistError `backup.invalid` for a damaged file, `catalog.newer` for one that this version cannot open */
export function verifyBackup(file: string): void {
  let copy: BetterSqlite.Database | undefined;
  try {
    copy = openSqlite(file, { readonly: true, fileMustExist: true });
    const problems: unknown = copy.pragma("integrity_check", { simple: true });
    const orphans = copy.pragma("foreign_key_check") as readonly unknown[];
    if (problems !== "ok" || orphans.length > 0) {
      throw new ArchivistError("backup.invalid", { subject: file, underlying: problems });
    }
    requireKnown(copy);
  } catch (thrown) {
    if (!(thrown instanceof BetterSqlite.SqliteError)) throw thrown;
    throw new ArchivistError("backup.invalid", { subject: file, underlying: thrown });
  } finally {
    copy?.close();
    // SQLite creates these even for reading; a backup has none of its own.
    for (const part of ["-wal", "-shm"]) rmSync(file + part, { force: true });
  }
}
