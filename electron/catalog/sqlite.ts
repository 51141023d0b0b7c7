/** Every file of SQLite's is opened here, by the library that came with Archivist. */
import BetterSqlite from "better-sqlite3";
import { shippedFiles } from "../platform/shipped-files.ts";

/** @throws SqliteError, and ArchivistError `tool.changed` for a library that is not the one that was shipped */
export function openSqlite(file: string, options: BetterSqlite.Options): BetterSqlite.Database {
  // It is loaded with the first database.
  shippedFiles.requireLibraries();
  return new BetterSqlite(file, options);
}
