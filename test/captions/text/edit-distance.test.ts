import { describe, expect, test } from "vitest";
import { editDistance, nearest } from "../../../electron/captions/text/edit-distance.ts";

describe("edit distance", () => {
  test.each([
    ["", "", 0],
    ["abc", "", 3],
    ["kitten", "sitting", 3],
    ["flaw", "lawn", 2],
  ])("%j to %j is %i", (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
    expect(editDistance(to, from)).toBe(distance);
  });

  test("finds what was meant, and nothing where nothing is near", () => {
    expect(nearest("bse.en", ["base.en", "tiny.en"])).toBe("base.en");
    expect(nearest("something-else-entirely", ["base.en", "tiny.en"])).toBeUndefined();
  });
});
