/** Shot changes and small pictures of the timeline. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { findPicture } from "../../../../renderer/editor/timeline/pictures.ts";
import { listShots } from "../../../../renderer/editor/timeline/snap.ts";

test("the shots of a span are those that begin in it", () => {
  const times = fc.uniqueArray(fc.integer({ min: 0, max: 1_000 })).map((all) => all.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(times, fc.integer({ min: -50, max: 1_050 }), fc.nat(400), (shots, startMs, length) => {
      const span = { startMs, endMs: startMs + length };
      expect(listShots(shots, span)).toEqual(shots.filter((ms) => ms >= span.startMs && ms <= span.endMs));
    }),
  );
});

test("the small picture of a place is the last one at or before it, of those there are", () => {
  const sheet = { everyMs: 2_000, columns: 3, count: 5 };
  expect([-1, 0, 1_999, 2_000, 6_500, 11_000, 99_000].map((ms) => findPicture(sheet, ms))).toEqual([
    { column: 0, row: 0 },
    { column: 0, row: 0 },
    { column: 0, row: 0 },
    { column: 1, row: 0 },
    { column: 0, row: 1 },
    { column: 1, row: 1 },
    { column: 1, row: 1 },
  ]);
});
