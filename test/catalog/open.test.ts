import { copyFileSync, existsSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { getTableColumns, getTableName, is, SQLiteTable } from "../../electron/catalog/drizzle.ts";
import { inspectCatalog } from "../../electron/catalog/inspect.ts";
import { lockInstance } from "../../electron/catalog/instance-lock.ts";
import { type Migration, migrate, shippedMigrations } from "../../electron/catalog/migrate.ts";
import { openCatalog } from "../../electron/catalog/open.ts";
import * as schema from "../../electron/catalog/schema.ts";
import { runNode } from "../support/process/run-node.ts";
import { freshCatalog, someTranscription } from "../support/station/catalog.ts";
import { temporaryFolder } from "../support/temporary.ts";

/** A plain connection, to look at the database without our code. */
function plain(file: string): BetterSqlite.Database {
  return new BetterSqlite(file);
}

describe("opening a catalog", () => {
  test("sets what keeps it safe, and the file says so to others", () => {
    const { file } = freshCatalog();
    const database = plain(file);
    expect(database.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
    database.close();
  });

  test("keeps synchronous=FULL after the first write, which better-sqlite3's own default does not", () => {
    const catalog = freshCatalog();
    someTranscription(catalog);
    const [row] = catalog.database.$client.pragma("synchronous") as readonly { synchronous: number }[];
    expect(row?.synchronous).toBe(2);
    expect(catalog.database.$client.pragma("foreign_keys", { simple: true })).toBe(1);
  });

  test("twice gives the same catalog", () => {
    const folder = temporaryFolder();
    const first = freshCatalog(folder);
    someTranscription(first);
    first.close();
    freshCatalog(folder);
    expect(inspectCatalog(first.file)).toEqual({
      recordings: 1,
      transcriptions: 1,
      schema: shippedMigrations().length,
    });
  });

  test.each<[string, (file: string) => void]>([
    ["that is no database", (file) => writeFileSync(file, "these are not the rows you are looking for".repeat(200))],
    [
      "that is cut short",
      (file) => {
        openCatalog(file, join(file, "..", "backups")).close();
        truncateSync(file, 5_000);
      },
    ],
  ])("a file %s is an error with a remedy, and is not touched", (_name, spoil) => {
    const folder = temporaryFolder();
    const file = join(folder, "catalog.db");
    spoil(file);
    copyFileSync(file, `${file}.before`);
    expect(() => openCatalog(file, join(folder, "backups"))).toThrow(
      expect.objectContaining({ code: "catalog.unreadable" }),
    );
    expect(existsSync(file)).toBe(true);
  });

  test("a folder in its place is an error with a remedy", () => {
    expect(() => openCatalog(temporaryFolder(), "/nonexistent")).toThrow(
      expect.objectContaining({ code: "folder.not-writable" }),
    );
  });
});

describe("migrations", () => {
  const first: Migration = {
    number: 1,
    name: "one",
    sql: "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT; INSERT INTO a VALUES (1);",
  };
  const second: Migration = { number: 2, name: "two", sql: "ALTER TABLE a ADD COLUMN b TEXT; UPDATE a SET b = 'x';" };

  test("run once, in order, with a backup before each later one", () => {
    const folder = temporaryFolder();
    const database = plain(join(folder, "a.db"));
    const backups = join(folder, "backups");
    migrate(database, backups, [first]);
    expect(existsSync(backups)).toBe(false);
    migrate(database, backups, [first, second]);
    migrate(database, backups, [first, second]);
    expect(database.prepare("SELECT * FROM a").all()).toEqual([{ id: 1, b: "x" }]);
    const [backup] = readdirSync(backups);
    expect(readdirSync(backups)).toHaveLength(1);
    const before = plain(join(backups, backup ?? ""));
    expect(before.prepare("SELECT * FROM a").all()).toEqual([{ id: 1 }]);
  });

  test("that fail change nothing", () => {
    const database = plain(join(temporaryFolder(), "a.db"));
    const backups = temporaryFolder();
    migrate(database, backups, [first]);
    const broken = { ...second, sql: "ALTER TABLE a ADD COLUMN c TEXT; INSERT INTO nowhere VALUES (1);" };
    expect(() => migrate(database, backups, [first, broken])).toThrow(/nowhere/);
    expect(database.prepare("SELECT * FROM a").all()).toEqual([{ id: 1 }]);
    migrate(database, backups, [first, second]);
    expect(database.pragma("foreign_keys", { simple: true })).toBe(1);
  });

  test("that orphan rows are undone", () => {
    const database = plain(join(temporaryFolder(), "a.db"));
    const child = {
      ...first,
      sql: "CREATE TABLE p (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE c (p INTEGER REFERENCES p(id)) STRICT; INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);",
    };
    migrate(database, temporaryFolder(), [child]);
    const orphaning = { ...second, sql: "DELETE FROM p;" };
    expect(() => migrate(database, temporaryFolder(), [child, orphaning])).toThrow(/without their parent/);
    expect(database.prepare("SELECT count(*) AS n FROM p").get()).toEqual({ n: 1 });
  });

  test("of a newer Archivist are refused without a change", () => {
    const database = plain(join(temporaryFolder(), "a.db"));
    migrate(database, temporaryFolder(), [first, second]);
    expect(() => migrate(database, temporaryFolder(), [first])).toThrow(
      expect.objectContaining({ code: "catalog.newer" }),
    );
    const other = { ...first, sql: "CREATE TABLE other (id INTEGER) STRICT;" };
    expect(() => migrate(database, temporaryFolder(), [other, second])).toThrow(
      expect.objectContaining({ code: "catalog.newer" }),
    );
  });

  test("a backup that cannot be made stops the migration", () => {
    const folder = temporaryFolder();
    const database = plain(join(folder, "a.db"));
    migrate(database, folder, [first]);
    const file = join(folder, "a file, not a folder");
    writeFileSync(file, "");
    expect(() => migrate(database, file, [first, second])).toThrow();
    expect(database.prepare("SELECT count(*) AS n FROM migrations").get()).toEqual({ n: 1 });
  });
});

describe("the schema", () => {
  const tables = Object.values(schema).filter((value) => is(value, SQLiteTable));

  interface ColumnInfo {
    readonly name: string;
    readonly type: string;
    readonly notnull: number;
    readonly pk: number;
  }

  test("that queries are typed by is the one that migrations make", () => {
    const { file } = freshCatalog();
    const database = plain(file);
    const made = database
      .prepare<[], { name: string }>(
        // Of the full-text search only what is not SQLite's own.
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT IN ('migrations', 'sqlite_schema')",
      )
      .all()
      .map(({ name }) => name)
      .sort();
    expect(tables.map(getTableName).sort()).toEqual(made);
    for (const table of tables) {
      const name = getTableName(table);
      const actual = (database.pragma(`table_info(${name})`) as readonly ColumnInfo[]).map(
        ({ name: column, type, notnull, pk }) => ({
          column,
          type,
          // A primary key of one INTEGER column is never null, whatever the table says.
          required: notnull === 1 || pk > 0,
        }),
      );
      const typed = Object.values(getTableColumns(table)).map((column) => ({
        column: column.name,
        type: column.getSQLType().toUpperCase(),
        required: column.notNull || column.primary,
      }));
      expect(typed, name).toEqual(actual);
    }
  });

  test("is strict in every table", () => {
    const database = plain(freshCatalog().file);
    const loose = database
      .prepare("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'")
      .all();
    expect(loose).toEqual([]);
  });

  /** Tables and columns of the system's technical documentation. */
  const system: Readonly<Record<string, string>> = {
    users: "id username email password_hash role active created_date last_login",
    transcriptions:
      "id user_id filename file_path file_size duration status progress language model output_format include_summary priority created_date started_date completed_date scc_file_path summary_file_path metadata_file_path error_message processing_time vod_id vod_url vod_status",
    cablecast_shows: "id cablecast_id title description category producer runtime created_date updated_date",
    vod_content:
      "id transcription_id cablecast_show_id vod_id title description url thumbnail_url duration quality status published_date created_date",
    api_keys: "id user_id key_hash name description permissions active expires_at last_used created_date",
    system_logs: "id level message component user_id transcription_id metadata created_date",
  };

  test.each(Object.entries(system))("%s has the system's columns", (table, columns) => {
    const database = plain(freshCatalog().file);
    const names = (database.pragma(`table_info(${table})`) as readonly ColumnInfo[]).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(columns.split(" ")));
  });

  test("has the system's indexes", () => {
    const database = plain(freshCatalog().file);
    const names = database.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'index'").all();
    expect(names.map(({ name }) => name)).toEqual(
      expect.arrayContaining(
        (
          "idx_transcriptions_status idx_transcriptions_user_id idx_transcriptions_created_date idx_transcriptions_vod_status " +
          "idx_cablecast_shows_cablecast_id idx_cablecast_shows_title idx_vod_content_transcription_id idx_vod_content_status " +
          "idx_api_keys_user_id idx_api_keys_active idx_system_logs_level idx_system_logs_component idx_system_logs_created_date"
        ).split(" "),
      ),
    );
  });

  test.each([
    ["a status that does not exist", "UPDATE transcriptions SET status = 'done'"],
    ["priority 0", "UPDATE transcriptions SET priority = 0"],
    ["priority 6", "UPDATE transcriptions SET priority = 6"],
    ["progress over 100", "UPDATE transcriptions SET progress = 101"],
    ["options that are not JSON", "UPDATE transcriptions SET options = '{'"],
    [
      "a role that does not exist",
      "INSERT INTO users (username, email, password_hash, role) VALUES ('a', 'a@b', 'x', 'boss')",
    ],
    ["a VOD status that does not exist", "INSERT INTO vod_content (vod_id, title, status) VALUES ('1', 't', 'gone')"],
    ["text in a number", "UPDATE transcriptions SET duration = 'long'"],
    ["a recording that does not exist", "UPDATE transcriptions SET recording_id = 'nobody'"],
  ])("refuses %s", (_name, statement) => {
    const catalog = freshCatalog();
    someTranscription(catalog);
    expect(() => catalog.database.$client.exec(statement)).toThrow(/constraint|cannot store/i);
  });

  test.each(["pending", "processing", "completed", "failed", "cancelled", "needs_review"])(
    "knows the status %s",
    (status) => {
      const catalog = freshCatalog();
      someTranscription(catalog);
      catalog.database.$client.prepare("UPDATE transcriptions SET status = ?").run(status);
    },
  );
});

describe("the lock of a data folder", () => {
  const lockModule = JSON.stringify(new URL("../../electron/catalog/instance-lock.ts", import.meta.url).href);

  test("is held against another process, which is told by whom, and is free when its holder is killed", async () => {
    const file = join(temporaryFolder(), "in-use.lock");
    const script = `
      const { lockInstance } = await import(${lockModule});
      lockInstance(${JSON.stringify(file)}, "archivist transcribe");
      console.log("locked");
      setInterval(() => {}, 1000);`;
    const holder = runNode(["--input-type=module", "--eval", script]);
    await holder.line((line) => line === "locked");
    expect(() => lockInstance(file, "archivist demo")).toThrow(
      expect.objectContaining({
        code: "folder.in-use",
        message: expect.stringContaining(`archivist transcribe, process ${holder.pid}`),
      }),
    );
    await holder.kill("SIGKILL");
    const lock = lockInstance(file, "archivist demo");
    lock.release();
    lockInstance(file, "again").release();
  });
});
