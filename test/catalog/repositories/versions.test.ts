import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findCues, findVersion, storeMachineVersion } from "../../../electron/catalog/repositories/versions.ts";
import { styledCueList } from "../../captions/arbitraries.ts";
import { freshCatalog, someTranscription } from "../../support/station/catalog.ts";

describe("version 0", () => {
  test("any cues come back as they were stored", () => {
    fc.assert(
      fc.property(styledCueList(40), (cues) => {
        const catalog = freshCatalog();
        const { id } = someTranscription(catalog);
        storeMachineVersion(catalog, id, cues);
        storeMachineVersion(catalog, id, []);
        expect(findCues(catalog, id, 0)).toEqual(cues);
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    "UPDATE cues SET lines = '[]'",
    "DELETE FROM cues",
    "INSERT INTO cues (version_id, position, start_ms, end_ms, lines) SELECT version_id, 99, 1, 2, '[]' FROM cues LIMIT 1",
    "UPDATE versions SET sealed = 0",
    "UPDATE versions SET number = 5",
  ])("is immutable: %s", (statement) => {
    const catalog = freshCatalog();
    const { id } = someTranscription(catalog);
    const cues = [{ startMs: 0, endMs: 1_000, lines: ["Aye."] }];
    storeMachineVersion(catalog, id, cues);
    expect(() => catalog.database.$client.exec(statement)).toThrow(/sealed version never changes/);
    expect(findCues(catalog, id, 0)).toEqual(cues);
  });

  test("goes with its transcription", () => {
    const catalog = freshCatalog();
    const { id } = someTranscription(catalog);
    storeMachineVersion(catalog, id, [{ startMs: 0, endMs: 1_000, lines: ["Aye."] }]);
    catalog.database.$client.exec("DELETE FROM transcriptions");
    expect(findVersion(catalog, id, 0)).toBeUndefined();
    expect(catalog.database.$client.prepare("SELECT count(*) AS n FROM cues").get()).toEqual({ n: 0 });
  });
});
