import { describe, expect, test } from "vitest";
import type { Cue } from "../../../../electron/captions/cue.ts";
import { compareCues } from "../../../../electron/captions/editing/compare.ts";
import { countKinds, knowKinds, listRows } from "../../../../renderer/editor/compare/rows.ts";

const cue = (second: number, text: string, more: Partial<Cue> = {}): Cue => ({
  startMs: second * 1_000,
  endMs: second * 1_000 + 900,
  lines: [text],
  ...more,
});

const before = [cue(1, "one"), cue(2, "two"), cue(3, "three"), cue(4, "four"), cue(5, "five")];
const after = [
  cue(1, "one"),
  cue(2, "too"),
  cue(3, "three", { endMs: 3_500 }),
  cue(4, "four", { speaker: "Clerk" }),
  cue(5, "five"),
];
const known = knowKinds(compareCues(before, after));

/** Rows as they are read: `~` before what is the same. */
const read = (kinds: readonly ("text" | "time" | "speaker" | "style")[], showsSame: boolean): readonly string[] =>
  listRows(known, after, { kinds: new Set(kinds), showsSame }).map((row) =>
    row.kind === "same" ? `~${row.cue.lines.join()}` : row.difference.kinds.join("+"),
  );

describe("the rows of a comparison", () => {
  test("are the differences, in the order of their times", () => {
    expect(read([], false)).toEqual(["text", "time", "speaker"]);
    expect([...countKinds(known)]).toEqual([
      ["text", 1],
      ["time", 1],
      ["speaker", 1],
    ]);
  });

  test("are only those of the chosen kinds", () => {
    expect(read(["time", "speaker"], false)).toEqual(["time", "speaker"]);
    expect(read(["style"], false)).toEqual([]);
  });

  test("have what is the same between them, where it is wanted", () => {
    expect(read([], true)).toEqual(["~one", "text", "time", "speaker", "~five"]);
    // What differs in another way is neither shown nor called the same.
    expect(read(["text"], true)).toEqual(["~one", "text", "~five"]);
  });
});
