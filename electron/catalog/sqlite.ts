/** Opens every SQLite file, with the library that ships with Archivist. */
import BetterSqlite from "better-sqlite3";
import { shippedFiles } from "../platform/shipped-files.ts";

/** @throws SqliteError, and ArchivistError `tool.changed` when the library is not the one that was shipped */
export function openSqlite(file: string, options: BetterSqlite.Options): BetterSqlite.Database {
  // The library is loaded with the first database.
  shippedFiles.requireLibraries();
  return new BetterSqlite(file, options);
}
