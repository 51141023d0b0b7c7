/** Opens the catalog with its durability settings, and verifies each of them. */
import BetterSqlite from "better-sqlite3";
import { ArchivistError } from "../contract/errors.ts";
import { fileError } from "../platform/file-errors.ts";
import { addCalendarDay } from "./calendar-day.ts";
import { type BetterSQLite3Database, drizzle } from "./drizzle.ts";
import { guardStatements } from "./guarded-statements.ts";
import { migrate, requireCurrent } from "./migrate.ts";
import * as schema from "./schema.ts";
import { openSqlite } from "./sqlite.ts";

export type CatalogDatabase = BetterSQLite3Database<typeof schema> & { readonly $client: BetterSqlite.Database };

/** The open catalog of a station. */
export interface Catalog {
  readonly database: CatalogDatabase;
  /** Runs the work in one transaction. */
  transaction<T>(work: () => T): T;
  /** A number that changes whenever another process has changed the database. */
  dataVersion(): number;
  close(): void;
}

export interface OpenOptions {
  /** Another process has it open: the schema is not migrated and has to be the one that this version knows. */
  readonly asItIs?: boolean;
}

const busyMs = 5_000;

/**
 * better-sqlite3 compiles WAL with synchronous=NORMAL, which may lose the last commits in a power cut
 * (README.md, "Durability"). Each value is what SQLite must report after it was set.
 */
const pragmas: readonly (readonly [name: string, value: string, reported: string | number])[] = [
  ["journal_mode", "WAL", "wal"],
  ["synchronous", "FULL", 2],
  ["foreign_keys", "ON", 1],
  ["trusted_schema", "OFF", 0],
  ["busy_timeout", String(busyMs), busyMs],
  ...(process.platform === "darwin" ? [["checkpoint_fullfsync", "ON", 1] as const] : []),
];

function applySettings(database: BetterSqlite.Database): void {
  for (const [name, value, reported] of pragmas) {
    database.pragma(`${name} = ${value}`);
    const actual: unknown = database.pragma(name, { simple: true });
    if (actual !== reported) {
      throw new ArchivistError("catalog.settings", {
        cause: `the database does not keep the setting ${name} = ${value} (it reports ${String(actual)})`,
      });
    }
  }
}

/**
 * Opens (or creates) a catalog and migrates its schema.
 * @throws ArchivistError `catalog.unreadable`, `catalog.newer`, `catalog.settings`, `catalog.busy`, `disk.full`, and
 *   `folder.in-use` where it must not be changed and has another schema.
 */
export function openCatalog(file: string, backupFolder: string, options: OpenOptions = {}): Catalog {
  let database: BetterSqlite.Database | undefined;
  try {
    database = openSqlite(file, { timeout: busyMs });
    applySettings(database);
    addCalendarDay(database);
    if (options.asItIs === true) requireCurrent(database);
    else migrate(database, backupFolder);
  } catch (thrown) {
    database?.close();
    throw catalogError(thrown, file);
  }
  const opened = database;
  guardStatements(opened, (thrown) => catalogError(thrown, file));
  return {
    database: drizzle(opened, { schema }),
    // Immediate: a transaction that reads first and then writes fails at once when another process has written in
    // between.
    transaction: (work) => guard(() => opened.transaction(work).immediate(), file),
    dataVersion: () => Number(opened.pragma("data_version", { simple: true })),
    close: () => {
      try {
        opened.pragma("optimize");
      } catch {
        // A full disk: statistics can wait, closing cannot.
      }
      opened.close();
    },
  };
}

function guard<T>(work: () => T, file: string): T {
  try {
    return work();
  } catch (thrown) {
    throw catalogError(thrown, file);
  }
}

/** Converts SQLite errors to errors with a remedy; others pass through. */
export function catalogError(thrown: unknown, file: string): unknown {
  if (!(thrown instanceof BetterSqlite.SqliteError)) return fileError(thrown, file, "write");
  const code = thrown.code;
  if (code.startsWith("SQLITE_FULL")) return new ArchivistError("disk.full", { subject: file, underlying: thrown });
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) {
    return new ArchivistError("catalog.busy", { subject: file, underlying: thrown });
  }
  if (code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_CANTOPEN")) {
    return new ArchivistError("folder.not-writable", { subject: file, underlying: thrown });
  }
  if (code.startsWith("SQLITE_CORRUPT") || code.startsWith("SQLITE_NOTADB")) {
    return new ArchivistError("catalog.unreadable", { subject: file, underlying: thrown });
  }
  return thrown;
}
