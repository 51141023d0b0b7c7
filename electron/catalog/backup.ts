/** Backups of the catalog while it is in use, each one read back before it counts. */
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { ArchivistError } from "../contract/errors.ts";
import { fileError } from "../lib/file-errors.ts";
import type { Catalog } from "./open.ts";

const pattern = /^catalog-\d{4}-\d{2}-\d{2}T[\d-]+Z\.db$/;
/** Pages that are copied before others get their turn: about 4 MB. */
const pagesAtOnce = 1_000;

/**
 * Copies the catalog into a file of the folder and checks it; only as many as are to be kept stay.
 * @param keep how many backups stay
 * @returns Path of the new backup
 * @throws ArchivistError `backup.invalid`, `disk.full`, `folder.not-writable`; no half of a backup stays
 */
export async function backUpCatalog(catalog: Catalog, folder: string, now: Date, keep: number): Promise<string> {
  const file = join(folder, `catalog-${now.toISOString().replaceAll(/[:.]/g, "-")}.db`);
  const temporary = `${file}.archivist-part`;
  try {
    await mkdir(folder, { recursive: true });
    await catalog.database.$client.backup(temporary, { progress: () => pagesAtOnce });
    verify(temporary);
    await rename(temporary, file);
    const all = (await readdir(folder)).filter((name) => pattern.test(name)).sort();
    for (const old of all.slice(0, Math.max(0, all.length - keep))) await rm(join(folder, old), { force: true });
    return file;
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw fileError(thrown, folder, "write");
  }
}

function verify(file: string): void {
  const copy = new BetterSqlite(file, { readonly: true });
  try {
    const problems: unknown = copy.pragma("integrity_check", { simple: true });
    const orphans = copy.pragma("foreign_key_check") as readonly unknown[];
    if (problems !== "ok" || orphans.length > 0) {
      throw new ArchivistError("backup.invalid", { subject: file, underlying: problems });
    }
  } finally {
    copy.close();
  }
}
