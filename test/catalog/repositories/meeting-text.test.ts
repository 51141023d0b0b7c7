/** Searching through everything that was said. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findText, indexMeeting, toFtsQuery } from "../../../electron/catalog/repositories/meeting-text.ts";
import { storeMachineVersion } from "../../../electron/catalog/repositories/versions.ts";
import { hitEnd, hitStart } from "../../../electron/contract/terms.ts";
import { freshCatalog, someRecording, someTranscription } from "../../support/station/catalog.ts";

const cue = (second: number, ...lines: string[]) => ({ startMs: second * 1000, endMs: second * 1000 + 900, lines });

function place() {
  const catalog = freshCatalog();
  const { id } = someTranscription(catalog);
  storeMachineVersion(catalog, id, [
    cue(1, "The meeting is called", "to order."),
    cue(5, "Item seven: the street project", "on Café Avenue."),
    cue(9, "We don't close Main Street."),
  ]);
  const seconds = (text: string): number[] => findText(catalog, text, 10, 0).hits.map(({ startMs }) => startMs / 1000);
  return { catalog, id, seconds };
}

describe("a search", () => {
  test.each<[string, number[]]>([
    ["order", [1]],
    ["ORDER", [1]],
    ["street", [9, 5]],
    ["stre", [9, 5]],
    ["main street", [9]],
    ['"street project"', [5]],
    ['"project street"', []],
    ["called to", [1]],
    ["cafe", [5]],
    ["don't", [9]],
    ["seven:", [5]],
    ["nothing", []],
    ["", []],
    ["***", []],
  ])("%s", (text, expected) => {
    expect(place().seconds(text)).toEqual(expected);
  });

  test("shows the words around, with the hit marked", () => {
    const { catalog } = place();
    expect(findText(catalog, "order", 1, 0).hits[0]?.context).toBe(
      `The meeting is called to ${hitStart}order${hitEnd}.`,
    );
  });

  test("takes whatever people type", () => {
    const { catalog } = place();
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const { hits, total } = findText(catalog, text, 5, 0);
        expect(hits.length).toBeLessThanOrEqual(total);
      }),
    );
    for (const text of [
      '"',
      'a" OR "b',
      "NEAR(a b)",
      "text:order",
      "a AND",
      "-order",
      "order*",
      "^order",
      "{a}",
      "a\u0000b",
    ]) {
      expect(() => findText(catalog, text, 5, 0)).not.toThrow();
    }
    expect(toFtsQuery('a" OR "b')).toBe('"a" "OR" "b"');
  });

  test("finds what the captions are now, and not what they were", () => {
    const { catalog, id, seconds } = place();
    catalog.transaction(() => indexMeeting(catalog, id, [cue(3, "Everything is different now.")]));
    expect([seconds("order"), seconds("different")]).toEqual([[], [3]]);
    catalog.transaction(() => indexMeeting(catalog, id, []));
    expect(seconds("different")).toEqual([]);
  });

  test("of several meetings gives the newest first, a page at a time", () => {
    const { catalog } = place();
    const other = someTranscription(catalog, someRecording(catalog, "f2"));
    storeMachineVersion(catalog, other.id, [cue(2, "Another street.")]);
    const page = (offset: number) => findText(catalog, "street", 2, offset);
    expect(page(0)).toMatchObject({ total: 3, hits: [{ transcriptionId: other.id }, { startMs: 9_000 }] });
    expect(page(2)).toMatchObject({ total: 3, hits: [{ startMs: 5_000 }] });
  });
});
