/** Rows of the caption list: captions, and what stands between them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDocument } from "../../../../electron/captions/editing/document.ts";
import type { TimeSpan } from "../../../../electron/captions/time/span.ts";
import { ListLayout } from "../../../../renderer/editor/list/layout.ts";
import { countLine } from "../../../../renderer/editor/list/line-counts.ts";
import { estimateCuePixels, isNamed } from "../../../../renderer/editor/list/row-height.ts";

const toCues = (starts: readonly number[]) =>
  createDocument(starts.map((startMs) => ({ startMs, endMs: startMs + 500, lines: ["x"] }))).cues;
const chapter = (id: number, atMs: number) => ({ id, kind: "chapter" as const, atMs, text: `item ${id}` });

describe("rows of the list", () => {
  test("a gap and an agenda item stand before the caption that begins at or after them", () => {
    const layout = new ListLayout(
      toCues([1_000, 2_000, 9_000]),
      [{ startMs: 3_000, endMs: 9_000 }],
      [chapter(7, 2_000), chapter(8, 20_000)],
    );
    const rows = Array.from({ length: layout.count }, (_, row) => layout.at(row));
    expect(rows.map((row) => (row.kind === "cue" ? row.index : row.key))).toEqual([
      0,
      "mark 7",
      1,
      "gap 3000",
      2,
      "mark 8",
    ]);
    expect([0, 1, 2].map((index) => layout.rowOfCue(index))).toEqual([0, 2, 4]);
    expect(layout.rowOfGap({ startMs: 4_000, endMs: 5_000 })).toBe(3);
    expect(layout.rowOfGap({ startMs: 10_000, endMs: 11_000 })).toBeUndefined();
    expect(layout.cueAfter(3)).toBe(2);
  });

  test("each caption has one row, and each row is one caption or one thing between, in the order of time", () => {
    const time = fc.integer({ min: 0, max: 60_000 });
    fc.assert(
      fc.property(
        fc.uniqueArray(time, { maxLength: 40 }),
        fc.array(time, { maxLength: 8 }),
        fc.array(time, { maxLength: 8 }),
        (starts, gapStarts, chapters) => {
          const cues = toCues(starts.toSorted((a, b) => a - b));
          const gaps: readonly TimeSpan[] = gapStarts
            .toSorted((a, b) => a - b)
            .map((startMs) => ({ startMs, endMs: startMs + 1 }));
          const layout = new ListLayout(
            cues,
            gaps,
            chapters.map((ms, index) => chapter(index, ms)),
          );
          expect(layout.count).toBe(cues.length + gaps.length + chapters.length);
          const rows = Array.from({ length: layout.count }, (_, row) => layout.at(row));
          expect(rows.filter(({ kind }) => kind === "cue").map((row) => row.kind === "cue" && row.index)).toEqual(
            cues.map((_, index) => index),
          );
          cues.forEach((_, index) => {
            expect(layout.at(layout.rowOfCue(index))).toEqual({ kind: "cue", index });
          });
          const times = rows.map((row) =>
            row.kind === "cue" ? (cues[row.index]?.startMs ?? 0) : row.kind === "gap" ? row.gap.startMs : row.mark.atMs,
          );
          expect(times).toEqual(times.toSorted((a, b) => a - b));
        },
      ),
    );
  });
});

describe("heights and lengths", () => {
  const [one, two, three] = createDocument([
    { startMs: 0, endMs: 1, lines: ["a", "b"], speaker: "Mayor" },
    { startMs: 1, endMs: 2, lines: ["a", "b", "c"], speaker: "Mayor" },
    { startMs: 2, endMs: 3, lines: ["a"] },
  ]).cues;

  test("a row is as high as its text, with the name where another person begins", () => {
    if (one === undefined || two === undefined || three === undefined) throw new Error("three captions");
    expect([isNamed(one, undefined), isNamed(two, one), isNamed(three, two)]).toEqual([true, false, false]);
    expect(estimateCuePixels(two, true)).toBeGreaterThan(estimateCuePixels(two, false));
    expect(estimateCuePixels(two, false)).toBeGreaterThan(estimateCuePixels(three, false));
  });

  test.each([
    ["Good evening.", "13/32", "fits"],
    ["x".repeat(31), "31/32", "full"],
    ["x".repeat(32), "32/32", "full"],
    ["x".repeat(33), "33/32", "over"],
    // An extended character in the last column takes one more.
    [`${"x".repeat(31)}é`, "32/32", "full"],
    [`${"x".repeat(31)}Á`, "33/32", "over"],
  ])("%j is %s", (line, text, state) => {
    expect(countLine(line, 32)).toEqual({ text, state });
  });
});
