import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { migrate, shippedMigrations } from "../../electron/catalog/migrate.ts";

/** A catalog of before captions had places, with a version and a draft. */
function catalogOfBefore() {
  const folder = mkdtempSync(join(tmpdir(), "archivist-test-"));
  const database = new BetterSqlite(join(folder, "catalog.db"));
  migrate(database, join(folder, "backups"), shippedMigrations().slice(0, 10));
  database.exec(`
    INSERT INTO recordings(id, fingerprint, filename, file_path, file_size, modified_ms, container, media)
      VALUES ('r', 'f', 'a.mp4', '/a.mp4', 1, 1, 'mp4', '{}');
    INSERT INTO transcriptions(id, recording_id, filename, file_path, model, model_fingerprint, options, options_key, output_folder)
      VALUES ('t', 'r', 'a.mp4', '/a.mp4', 'm', 'mf', '{}', 'k', '/out');
    INSERT INTO versions(id, transcription_id, number, origin) VALUES ('v', 't', 0, 'machine');
    INSERT INTO cues VALUES ('v', 0, 0, 900, '["Aye."]', '[{"italic":true}]', 'top', 'left', 'Chair');
    INSERT INTO cues VALUES ('v', 1, 1000, 1900, '["Nay."]', NULL, NULL, NULL, NULL);
    UPDATE versions SET sealed = 1 WHERE id = 'v';
    INSERT INTO drafts(transcription_id, base_number, next_id, created_date) VALUES ('t', 0, 2, '2026-01-01');
    INSERT INTO draft_cues VALUES ('t', 1, 0, 900, '["Aye."]', NULL, 'bottom', 'center', 'Chair', 1);
  `);
  return { folder, database };
}

describe("a catalog whose captions have no places", () => {
  test("keeps every caption, and takes places and the middle from then on", () => {
    const { folder, database } = catalogOfBefore();
    const read = (table: string) => database.prepare(`SELECT * FROM ${table} ORDER BY start_ms`).all();
    const [cues, drafts] = [read("cues"), read("draft_cues")];
    migrate(database, join(folder, "backups"), shippedMigrations());
    const withPlaces = (rows: readonly unknown[]) => rows.map((row) => ({ ...(row as object), places: null }));
    expect(read("cues")).toEqual(withPlaces(cues));
    expect(read("draft_cues")).toEqual(withPlaces(drafts));
    expect(() => database.exec("UPDATE cues SET end_ms = 99 WHERE version_id = 'v'")).toThrow(/sealed/);
    expect(() => database.exec("DELETE FROM cues WHERE version_id = 'v'")).toThrow(/sealed/);
    expect(() =>
      database.exec("INSERT INTO cues(version_id, position, start_ms, end_ms, lines) VALUES ('v', 2, 0, 1, '[]')"),
    ).toThrow(/sealed/);
    database.exec(`UPDATE draft_cues SET edge = 'middle', align = 'right', places = '[{"row":8,"column":5}]'`);
    expect(database.pragma("foreign_key_check")).toEqual([]);
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
  });
});
