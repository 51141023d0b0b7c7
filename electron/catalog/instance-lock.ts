/**
 * Ensures that only one Archivist works in a data folder. The lock is SQLite's lock on a separate file: the operating
 * system releases it when the process dies for any reason, so there is no stale lock to clean up.
 */
import { closeSync, openSync, readSync, writeFileSync } from "node:fs";
import type BetterSqlite from "better-sqlite3";
import { ArchivistError } from "../contract/errors.ts";
import { catalogError } from "./open.ts";
import { openSqlite } from "./sqlite.ts";

/** A lock that is held. */
export interface InstanceLock {
  release(): void;
}

/** File beside the lock that names its holder; used in the error message only. */
function holderFile(lockFile: string): string {
  return `${lockFile}.txt`;
}

function readHolder(lockFile: string): string | undefined {
  try {
    const descriptor = openSync(holderFile(lockFile), "r");
    try {
      const buffer = Buffer.alloc(300);
      return buffer.toString("utf8", 0, readSync(descriptor, buffer, 0, buffer.length, 0)).trim() || undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

/**
 * Takes the lock of a data folder.
 * @param purpose what this process does, for the error message in another process: "archivist transcribe"
 * @throws ArchivistError `folder.in-use` when another process holds it.
 */
export function lockInstance(lockFile: string, purpose: string): InstanceLock {
  let database: BetterSqlite.Database | undefined;
  try {
    database = openSqlite(lockFile, { timeout: 0 });
    database.pragma("journal_mode = DELETE");
    database.exec("BEGIN EXCLUSIVE");
  } catch (thrown) {
    database?.close();
    const error = catalogError(thrown, lockFile);
    if (!(error instanceof ArchivistError) || error.code !== "catalog.busy") throw error;
    const holder = readHolder(lockFile);
    throw new ArchivistError("folder.in-use", {
      ...(holder ? { cause: `another Archivist is working in this data folder (${holder})` } : {}),
    });
  }
  const held = database;
  const since = new Date().toTimeString().slice(0, 5);
  writeFileSync(holderFile(lockFile), `${purpose}, process ${process.pid}, since ${since}\n`);
  return {
    release: () => {
      held.exec("ROLLBACK");
      held.close();
    },
  };
}
