/** Opens the catalog with its durability settings, and verifies each of them. */
import BetterSqlite from "better-sqlite3";
import { ArchivistError } from "../contract/errors.ts";
import { fileError } from "../platform/file-errors.ts";
import { TypedEvents } from "../platform/typed-events.ts";
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
  /** Why nothing may be changed any more: a part of the file is damaged; undefined: no damage is known. */
  readonly damage: ArchivistError | undefined;
  /** Makes the catalog read-only from now on, because it is damaged. @param underlying what was found */
  noteDamage(underlying: unknown): void;
  /** Subscribes to the first sign of damage. @returns a function that ends the subscription */
  onDamage(listener: (damage: ArchivistError) => void): () => void;
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
  const events = new TypedEvents<{ readonly damage: ArchivistError }>();
  let damage: ArchivistError | undefined;
  const noteDamage = (underlying: unknown): ArchivistError => {
    if (damage !== undefined) return damage;
    damage = new ArchivistError("catalog.damaged", { subject: file, underlying });
    // A write to a damaged file may damage more of it.
    opened.pragma("query_only = ON");
    events.emit("damage", damage);
    return damage;
  };
  const toError = (thrown: unknown): unknown => {
    const error = catalogError(thrown, file);
    if (!(error instanceof ArchivistError)) return error;
    if (error.code === "catalog.unreadable") return noteDamage(thrown);
    return error.code === "folder.not-writable" && damage !== undefined ? damage : error;
  };
  guardStatements(opened, toError);
  return {
    get damage() {
      return damage;
    },
    noteDamage: (underlying) => void noteDamage(underlying),
    onDamage: (listener) => events.on("damage", listener),
    database: drizzle(opened, { schema }),
    // Immediate: a transaction that reads first and then writes fails at once when another process has written in
    // between.
    transaction: (work) => {
      try {
        return opened.transaction(work).immediate();
      } catch (thrown) {
        throw toError(thrown);
      }
    },
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
