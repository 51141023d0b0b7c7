/**
 * Runs numbered migrations in handwritten SQL: a backup first, then each in one transaction, with foreign keys turned
 * off outside it and checked afterwards (SQLite's own procedure for changing tables, sqlite.org/lang_altertable.html
 * §7).
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { ArchivistError } from "../contract/errors.ts";

/** One migration of the schema. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

/** The migrations that ship with this version, in order. */
export function shippedMigrations(folder: string = join(import.meta.dirname, "migrations")): readonly Migration[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .sort()
    .map((file, index) => {
      const match = /^(\d{4})-(.+)\.sql$/.exec(file);
      if (Number(match?.[1]) !== index + 1) throw new Error(`migrations are not numbered in sequence: ${file}`);
      return { number: index + 1, name: match?.[2] ?? "", sql: readFileSync(join(folder, file), "utf8") };
    });
}

function digest(sql: string): string {
  return createHash("sha256").update(sql.replaceAll("\r\n", "\n")).digest("hex");
}

interface AppliedRow {
  readonly number: number;
  readonly sha256: string;
}

function appliedMigrations(database: Database.Database): readonly AppliedRow[] {
  database.exec(
    `CREATE TABLE IF NOT EXISTS migrations (
       number INTEGER PRIMARY KEY,
       name TEXT NOT NULL,
       sha256 TEXT NOT NULL,
       applied_date TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
     ) STRICT`,
  );
  return database.prepare<[], AppliedRow>("SELECT number, sha256 FROM migrations ORDER BY number").all();
}

/** Backs up the database through SQLite: a file copy of a live database can be corrupt. */
function backUp(database: Database.Database, folder: string, before: Migration): void {
  mkdirSync(folder, { recursive: true });
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const file = join(folder, `catalog-before-${String(before.number).padStart(4, "0")}-${stamp}.db`);
  database.prepare("VACUUM INTO ?").run(file);
}

function apply(database: Database.Database, migration: Migration): void {
  database.pragma("foreign_keys = OFF");
  try {
    database.transaction(() => {
      database.exec(migration.sql);
      const orphans = database.pragma("foreign_key_check") as readonly unknown[];
      if (orphans.length > 0) throw new Error(`migration ${migration.name} leaves rows without their parent`);
      database
        .prepare("INSERT INTO migrations (number, name, sha256) VALUES (?, ?, ?)")
        .run(migration.number, migration.name, digest(migration.sql));
    })();
  } finally {
    database.pragma("foreign_keys = ON");
  }
}

/** @throws ArchivistError `catalog.newer`; `folder.in-use` when the process that has it open is an older version */
export function requireCurrent(database: Database.Database): void {
  const applied = appliedMigrations(database);
  const shipped = shippedMigrations();
  if (applied.length > shipped.length) throw new ArchivistError("catalog.newer");
  if (applied.length < shipped.length || applied.some((row, at) => digest(shipped[at]?.sql ?? "") !== row.sha256)) {
    throw new ArchivistError("folder.in-use", {
      cause: "another version of Archivist is working in this data folder",
      remedy: "Close it first.",
    });
  }
}

/** @throws ArchivistError `catalog.newer` for a database that this version cannot open; the database is not changed */
export function requireKnown(
  database: Database.Database,
  migrations: readonly Migration[] = shippedMigrations(),
): readonly AppliedRow[] {
  const applied = appliedMigrations(database);
  for (const row of applied) {
    const known = migrations[row.number - 1];
    if (known === undefined || digest(known.sql) !== row.sha256) throw new ArchivistError("catalog.newer");
  }
  return applied;
}

/**
 * Migrates a database to the newest schema.
 * @throws ArchivistError `catalog.newer` when it has migrations that this version does not know, or different ones
 *   under the same number; nothing is changed then.
 */
export function migrate(
  database: Database.Database,
  backupFolder: string,
  migrations: readonly Migration[] = shippedMigrations(),
): void {
  const applied = requireKnown(database, migrations);
  const pending = migrations.slice(applied.length);
  const first = pending[0];
  if (first === undefined) return;
  if (applied.length > 0) backUp(database, backupFolder, first);
  for (const migration of pending) apply(database, migration);
}
