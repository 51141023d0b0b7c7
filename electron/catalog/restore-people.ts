/**
 * Who may do what is not taken back with a backup: an account that was closed, a role that was lowered or a password that was
 * changed since then stays so, and nobody is signed in.
 */
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import BetterSqlite from "better-sqlite3";
import { openSqlite } from "./sqlite.ts";

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function listColumns(database: BetterSqlite.Database, schema: string, table: string): readonly string[] {
  return database
    .prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${table}', '${schema}')`)
    .all()
    .map(({ name }) => name);
}

/**
 * Changes a copy of a backup, before it is put in place.
 * @param restored path of the copy; nobody has it open
 * @param current path of the catalog that it replaces; where that is missing or cannot be read, the backup's people stay
 */
export function keepPeople(restored: string, current: string): void {
  const database = openSqlite(restored, {});
  try {
    database.pragma("foreign_keys = OFF");
    if (listColumns(database, "main", "client_tokens").length > 0) database.exec("DELETE FROM client_tokens");
    if (isDatabase(current)) copyPeople(database, current);
  } finally {
    database.close();
  }
}

/** What begins otherwise is not opened: SQLite would tidy up beside it, and it is to be kept as it is. */
function isDatabase(path: string): boolean {
  if (!existsSync(path)) return false;
  const handle = openSync(path, "r");
  try {
    const magic = Buffer.alloc(16);
    readSync(handle, magic, 0, magic.length, 0);
    return magic.toString("latin1") === "SQLite format 3\0";
  } finally {
    closeSync(handle);
  }
}

function copyPeople(database: BetterSqlite.Database, current: string): void {
  try {
    database.prepare("ATTACH ? AS current").run(current);
    const own = new Set(listColumns(database, "main", "users"));
    const shared = listColumns(database, "current", "users").filter((name) => own.has(name));
    if (shared.length === 0) return;
    const columns = shared.map(quote).join(", ");
    database.transaction(() => {
      database.exec("DELETE FROM main.users");
      database.exec(`INSERT INTO main.users (${columns}) SELECT ${columns} FROM current.users`);
    })();
  } catch (thrown) {
    // A damaged catalog is why a backup is restored.
    if (!(thrown instanceof BetterSqlite.SqliteError)) throw thrown;
  }
}
