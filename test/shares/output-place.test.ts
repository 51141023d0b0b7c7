import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { outputPlace, toSlug } from "../../electron/shares/output-place.ts";

describe("the place of the files", () => {
  const facts = {
    share: "/mnt/flex-1",
    city: "Lake Elmo",
    date: "2026-03-02",
    type: "City Council",
    title: "Regular: Council/Board, São",
  };

  test.each<[string, string]>([
    [
      "{share}/transcriptions/{year}/{date}-{slug}",
      "/mnt/flex-1/transcriptions/2026/2026-03-02-regular-council-board-sao",
    ],
    [
      "{share}/{city}/{year}/{month}/{type}/{title}",
      "/mnt/flex-1/Lake Elmo/2026/03/City Council/Regular- Council-Board, São",
    ],
    ["/captions/{city}", "/captions/Lake Elmo"],
    ["{share}/{unknown}", "/mnt/flex-1/{unknown}"],
  ])("%s", (pattern, place) => expect(outputPlace(pattern, facts)).toBe(join(place)));

  test("never leaves the share, whatever a recording is called", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (title, type, city) => {
        const place = outputPlace("{share}/{city}/{type}/{title}/{slug}", {
          share: "/mnt/flex",
          date: "2026-03-02",
          title,
          type,
          city,
        });
        expect(place.startsWith("/mnt/flex/")).toBe(true);
        expect(place.split("/").length).toBe(7);
      }),
    );
    expect(toSlug("../../etc")).toBe("etc");
  });
});
