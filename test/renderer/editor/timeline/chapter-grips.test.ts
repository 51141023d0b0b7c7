import { describe, expect, test } from "vitest";
import type { EditCue, Mark } from "../../../../electron/captions/editing/document.ts";
import { dragChapter, findChapter } from "../../../../renderer/editor/timeline/chapter-grips.ts";

const chapter = (id: number, atMs: number): Mark => ({ id, kind: "chapter", atMs, text: `Item ${id}` });
const marks: readonly Mark[] = [
  chapter(1, 1_000),
  { id: 2, kind: "note", atMs: 3_000, text: "A note" },
  chapter(3, 5_000),
  chapter(4, 5_100),
];
/** Captions of two seconds, one after the other. */
const cues: readonly EditCue[] = Array.from({ length: 10 }, (_, index) => ({
  id: index + 1,
  startMs: index * 2_000,
  endMs: index * 2_000 + 1_900,
  lines: ["Words."],
}));

describe("the flag of an agenda item", () => {
  test.each([
    ["is taken at its line", 1_000, 1],
    ["a little left of it", 970, 1],
    ["and where it begins", 1_120, 1],
    ["not where it goes on: there the playhead is moved", 1_130, undefined],
    ["not left of it", 960, undefined],
    ["of several, the last one", 5_105, 4],
    ["not of a note", 3_000, undefined],
  ])("%s", (_, ms, id) => expect(findChapter(marks, ms, 10)?.id).toBe(id));

  test.each([
    ["goes along with the pointer", 500, 1_500],
    ["is drawn to the start of a caption from the left", 2_900, 4_000],
    ["and from the right", 3_140, 4_000],
    ["goes no further than the start", -9_000, 0],
    ["nor than the end", 90_000, 20_000],
  ])("%s", (_, byMs, atMs) =>
    expect(dragChapter(chapter(1, 1_000), byMs, { cues, msPerPixel: 10, durationMs: 20_000 })).toEqual({
      mark: 1,
      atMs,
    }),
  );
});
