/** Migration 10 takes the checks of lists that grow out of the database: a catalog from before keeps all it holds. */
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { migrate, shippedMigrations } from "../../electron/catalog/migrate.ts";
import { openCatalog } from "../../electron/catalog/open.ts";
import { findJob, insertJob, listJobs } from "../../electron/catalog/repositories/jobs.ts";
import { jobTypes } from "../../electron/contract/jobs.ts";
import { freshCatalog } from "../support/station/catalog.ts";
import { temporaryFolder } from "../support/temporary.ts";

/** The newest schema that had the checks. */
const lastChecked = 9;
const longText = `“Élan”\n\t'; DROP TABLE jobs; -- 🎥 ${"x".repeat(10_000)}`;
const date = "2026-03-02T12:00:00.000Z";

type Row = Readonly<Record<string, string | number | null>>;

/** Rows of every table that is made anew, and of those that point to them or that they point to. */
const rowsBefore: readonly (readonly [table: string, rows: readonly Row[]])[] = [
  ["users", [{ id: 7, username: "ed", email: "ed@example.org", password_hash: "x" }]],
  [
    "recordings",
    ["r1", "r2"].map((id) => ({
      id,
      fingerprint: `f-${id}`,
      filename: `${id}.mp4`,
      file_path: `/share/${id}.mp4`,
      file_size: Number.MAX_SAFE_INTEGER,
      modified_ms: 0,
      container: "mp4",
      media: "{}",
    })),
  ],
  [
    "transcriptions",
    [
      {
        id: "t1",
        user_id: 7,
        recording_id: "r1",
        filename: longText,
        file_path: "/share/r1.mp4",
        file_size: Number.MAX_SAFE_INTEGER,
        duration: 0,
        status: "needs_review",
        progress: 100,
        model: "base",
        model_fingerprint: "m",
        options: '{"a":[1,2,{"b":null}]}',
        options_key: "",
        output_folder: "",
        include_summary: 0,
        priority: 5,
        quality_score: 0.1 + 0.2,
        voice_detection: "silero",
        spoken_language: "es",
        city: "Oakdale",
        meeting_date: "2026-03-02",
        meeting_type: "council",
        meeting_title: longText,
        vod_id: "9007199254740993",
        processing_time: -1,
      },
      {
        id: "t2",
        recording_id: "r2",
        filename: "",
        file_path: "",
        model: "",
        model_fingerprint: "",
        options: "null",
        options_key: "k",
        output_folder: "/out",
        voice_detection: "energy",
      },
      {
        id: "t3",
        recording_id: "r2",
        filename: "never detected",
        file_path: "/x",
        model: "m",
        model_fingerprint: "m",
        options: "{}",
        options_key: "k",
        output_folder: "/out",
        voice_detection: null,
      },
    ],
  ],
  [
    "versions",
    [
      { id: "v0", transcription_id: "t1", number: 0, origin: "machine", sealed: 0 },
      { id: "v1", transcription_id: "t1", number: 1, origin: "editor", sealed: 0, name: longText, seq: 12 },
      { id: "v2", transcription_id: "t2", number: 0, origin: "import", sealed: 0, name: "", seq: 0 },
    ],
  ],
  [
    "cues",
    [
      { version_id: "v0", position: 0, start_ms: 0, end_ms: 1, lines: '["one"]' },
      { version_id: "v1", position: 0, start_ms: 5, end_ms: 9, lines: "[]", edge: "top", align: "left", speaker: "A" },
    ],
  ],
  ["approvals", [{ version_id: "v1", approved_by: "ed" }]],
  [
    "transcription_files",
    ["scc", "vtt", "srt", "txt", "json", "summary", "report"].map((kind) => ({
      transcription_id: "t1",
      kind,
      path: `/out/${kind} ${longText}`,
      sha256: "",
    })),
  ],
  [
    "glossary_terms",
    ["person", "place", "title", "organisation", "other"].map((kind, at) => ({
      id: at * 1_000 + 1,
      city: "Oakdale",
      term: `${kind} ${longText}`,
      kind,
      times_heard: at,
      last_heard_date: at === 0 ? null : date,
    })),
  ],
  ["drafts", [{ transcription_id: "t1", base_number: 0, next_id: 9, created_date: date }]],
  [
    "draft_marks",
    ["bookmark", "note", "chapter", "tick"].map((kind, at) => ({
      transcription_id: "t1",
      id: at + 1,
      kind,
      at_ms: at,
      text: at === 0 ? "" : longText,
      rule: at === 1 ? "reading-speed" : null,
      cue: at === 2 ? 4 : null,
    })),
  ],
  ["cablecast_shows", [{ id: 3, cablecast_id: 33, title: "Show" }]],
  [
    "vod_content",
    [
      { id: 41, transcription_id: "t1", cablecast_show_id: 3, vod_id: "5", title: "", status: "removed", show_id: 33 },
      {
        id: 4_000_000_000,
        transcription_id: null,
        vod_id: "package:Oakdale/2026",
        title: longText,
        target: "generic",
        status: "failed",
        captions_verified: "yes",
        missing: '["a"]',
        wish: '{"generateTitle":false}',
      },
    ],
  ],
  ["batches", [{ id: "b1", name: "March", request: "{}" }]],
  [
    "jobs",
    [
      ...["process", "render_clips", "publish", "sync", "backup", "maintenance", "proxy"].map((type, at) => ({
        id: `j${at}`,
        type,
        position: at + 1 / 3,
        title: longText,
        payload: "{}",
        state: (["queued", "running", "completed", "failed", "cancelled"] as const)[at % 5] ?? "queued",
        dedupe_key: at % 5 < 2 ? `key ${at}` : "the same for those that are over",
        priority: (at % 5) + 1,
        pinned: at % 2,
        paused: at % 2,
        affinity: at === 0 ? "base|en" : null,
        batch_id: at === 1 ? "b1" : null,
        transcription_id: at === 2 ? "t1" : null,
        overrides: '{"tried":["fewer threads"]}',
        result: at === 2 ? "null" : null,
        eta_ms: 0,
        progress: 1,
        run: 3,
      })),
      ...["dependency", "share", "window", "disk"].map((reason, at) => ({
        id: `w${at}`,
        type: "process",
        position: -at,
        title: "",
        payload: "[]",
        state: "waiting",
        waits_for: reason,
      })),
    ],
  ],
  ["job_dependencies", [{ job_id: "w0", needs_id: "j0" }]],
  ["job_steps", [{ job_id: "j0", position: 0, name: "transcribe", status: "completed", result: "{}" }]],
  [
    "job_history",
    [
      "submitted",
      "started",
      "waiting",
      "retry",
      "recovery",
      "paused",
      "resumed",
      "moved",
      "crashed",
      "released",
      "completed",
      "failed",
      "cancelled",
    ].map((kind, at) => ({
      id: at * 7 + 1,
      job_id: "j0",
      kind,
      message: longText,
      details: at === 0 ? '{"code":"tool.failed"}' : null,
    })),
  ],
  ["system_logs", [{ id: 1, level: "info", message: "m", transcription_id: "t1" }]],
  ["meeting_text", [{ text: "budget hearing", transcription_id: "t1", start_ms: 5 }]],
  ["meeting_text_ranges", [{ transcription_id: "t1", first_row: 1, last_row: 1 }]],
];

const rebuilt = [
  "transcriptions",
  "versions",
  "transcription_files",
  "glossary_terms",
  "draft_marks",
  "vod_content",
  "jobs",
  "job_history",
];

function insert(database: BetterSqlite.Database, table: string, row: Row): void {
  const names = Object.keys(row);
  const places = names.map(() => "?").join(", ");
  database.prepare(`INSERT INTO ${table} (${names.join(", ")}) VALUES (${places})`).run(...Object.values(row));
}

/** A catalog as the version before left it. */
function catalogOfBefore() {
  const folder = temporaryFolder();
  const file = join(folder, "catalog.db");
  const database = new BetterSqlite(file);
  onTestFinished(() => {
    database.close();
  });
  database.pragma("foreign_keys = ON");
  migrate(database, join(folder, "backups"), shippedMigrations().slice(0, lastChecked));
  for (const [table, rows] of rowsBefore) for (const row of rows) insert(database, table, row);
  database.exec("UPDATE versions SET sealed = 1 WHERE id IN ('v0', 'v1')");
  return { folder, file, database };
}

const listTables = (database: BetterSqlite.Database): readonly string[] =>
  database
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'migrations' ORDER BY name",
    )
    .all()
    .map(({ name }) => name);

/** Everything that a catalog holds, table by table; numbers whole, however large. */
const readAll = (database: BetterSqlite.Database) =>
  Object.fromEntries(
    listTables(database).map((table) => {
      const rows = database.prepare(`SELECT * FROM "${table}"`).safeIntegers().all();
      return [table, rows.map((row) => JSON.stringify(row, (_, value) => `${typeof value} ${value}`)).toSorted()];
    }),
  );

/** Indexes and triggers as they were declared, columns, and what they refer to. */
const readShape = (database: BetterSqlite.Database) => ({
  declared: database
    .prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type <> 'table' ORDER BY type, name")
    .all(),
  columns: listTables(database).map((table) => [table, database.pragma(`table_xinfo("${table}")`)]),
  references: listTables(database).map((table) => [table, database.pragma(`foreign_key_list("${table}")`)]),
  indexes: listTables(database).map((table) => [table, database.pragma(`index_list("${table}")`)]),
  options: database
    .prepare(
      "SELECT name, strict, wr FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all(),
});

/** Conditions of all tables, without those on lists that grow. */
const readChecks = (database: BetterSqlite.Database, isWithout: boolean) =>
  database
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name",
    )
    .all()
    .map(({ name, sql }) => {
      const checks = sql.replaceAll(/\s+/g, " ").match(/CHECK \((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g) ?? [];
      const isOpenList = (check: string): boolean =>
        rebuilt.includes(name) && /^CHECK \((type|waits_for|kind|target|origin|voice_detection) IN/.test(check);
      return [name, checks.filter((check) => !isWithout || !isOpenList(check))];
    });

describe("a catalog whose database checks every list", () => {
  test("keeps every row, index, trigger, reference and other check when they are dropped", () => {
    const { folder, database } = catalogOfBefore();
    const rows = readAll(database);
    const shape = readShape(database);
    const checks = readChecks(database, true);
    for (const table of rebuilt) expect(rows[table]?.length, table).toBeGreaterThan(1);
    expect(readChecks(database, false)).not.toEqual(checks);
    migrate(database, join(folder, "backups"), shippedMigrations().slice(0, lastChecked + 1));
    expect(database.prepare("SELECT max(number) FROM migrations").pluck().get()).toBe(lastChecked + 1);
    expect(readAll(database)).toEqual(rows);
    expect(readShape(database)).toEqual(shape);
    expect(readChecks(database, false)).toEqual(checks);
    expect(database.pragma("foreign_key_check")).toEqual([]);
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(database.pragma("foreign_keys", { simple: true })).toBe(1);
  });

  test("goes on as before: references, triggers and the search work", () => {
    const { folder, file, database } = catalogOfBefore();
    migrate(database, join(folder, "backups"), shippedMigrations());
    expect(() => database.exec("UPDATE versions SET number = 9 WHERE id = 'v1'")).toThrow(/sealed/);
    expect(() => database.exec("UPDATE cues SET end_ms = 99 WHERE version_id = 'v1'")).toThrow(/sealed/);
    expect(() => database.exec("DELETE FROM cues WHERE version_id = 'v1'")).toThrow(/sealed/);
    expect(() => database.exec("UPDATE jobs SET state = 'dreaming' WHERE id = 'j0'")).toThrow(/constraint/i);
    expect(() => database.exec("UPDATE jobs SET dedupe_key = 'key 1' WHERE id = 'j0'")).toThrow(/UNIQUE/);
    expect(() => database.exec("UPDATE jobs SET batch_id = 'none' WHERE id = 'j0'")).toThrow(/FOREIGN KEY/);
    database.exec("DELETE FROM jobs WHERE id = 'j0'");
    expect(database.prepare("SELECT count(*) FROM job_history").pluck().get()).toBe(0);
    expect(database.prepare("SELECT count(*) FROM job_steps").pluck().get()).toBe(0);
    database.exec("DELETE FROM versions WHERE id = 'v1'");
    expect(database.prepare("SELECT count(*) FROM cues WHERE version_id = 'v1'").pluck().get()).toBe(0);
    expect(
      database.prepare("SELECT transcription_id FROM meeting_text WHERE meeting_text MATCH 'hearing'").pluck().get(),
    ).toBe("t1");
    const catalog = openCatalog(file, join(folder, "backups"));
    expect(listJobs(catalog, { types: ["proxy"] })).toMatchObject([{ id: "j6", title: longText }]);
    catalog.close();
  });

  test.each<[string, string, Row]>([
    ["a type of job", "jobs", { id: "n", type: "live", position: 1, title: "t", payload: "{}" }],
    [
      "a reason to wait",
      "jobs",
      { id: "n", type: "live", position: 1, title: "t", payload: "{}", state: "waiting", waits_for: "worker" },
    ],
    ["an entry of a job's history", "job_history", { job_id: "j0", kind: "leased", message: "m" }],
    ["a place to publish in", "vod_content", { vod_id: "1", title: "t", target: "channel" }],
    ["a kind of file", "transcription_files", { transcription_id: "t1", kind: "minutes", path: "/m", sha256: "x" }],
    ["a kind of glossary term", "glossary_terms", { city: "Oakdale", term: "Ordinance 7", kind: "law" }],
    ["a kind of mark", "draft_marks", { transcription_id: "t1", id: 99, kind: "clip", at_ms: 0, text: "" }],
    ["an origin of a version", "versions", { id: "n", transcription_id: "t1", number: 9, origin: "live" }],
  ])("takes %s that is new, which it refused before", (_name, table, row) => {
    const { folder, database } = catalogOfBefore();
    expect(() => insert(database, table, row)).toThrow(/CHECK constraint/);
    migrate(database, join(folder, "backups"), shippedMigrations());
    insert(database, table, row);
  });
});

describe("a value of a list that grows", () => {
  const job = { title: "t", payload: {}, priority: 3, createdDate: date };

  test("is written and read when the list has it", () => {
    const catalog = freshCatalog();
    for (const type of jobTypes) {
      const { id } = insertJob(catalog, { ...job, type });
      expect(findJob(catalog, id)?.type).toBe(type);
    }
  });

  test("is refused when it is written and the list does not have it", () => {
    const catalog = freshCatalog();
    expect(() => insertJob(catalog, { ...job, type: "unheard-of" as "process" })).toThrow(/Invalid option/);
    expect(listJobs(catalog)).toEqual([]);
  });

  test("is of a newer version when it is read and the list does not have it", () => {
    const catalog = freshCatalog();
    const { id } = insertJob(catalog, { ...job, type: "process" });
    catalog.database.$client.prepare("UPDATE jobs SET type = 'unheard-of'").run();
    expect(() => findJob(catalog, id)).toThrow(expect.objectContaining({ code: "catalog.newer" }));
  });
});
