import { describe, expect, test } from "vitest";
import { isSameName, listSpellings, toComposed } from "../../electron/platform/names.ts";

const composed = "S\u00e9ance";
const decomposed = "Se\u0301ance";

describe("names", () => {
  test.each<[string | undefined | null, string | undefined | null, boolean]>([
    [composed, decomposed, true],
    ["S\u00c9ANCE", decomposed, true],
    ["Oakdale", "oakdale", true],
    ["Oakdale", "Oakdal", false],
    [composed, "Seance", false],
    [undefined, undefined, false],
    [null, "x", false],
  ])("%j and %j are the same: %s", (a, b, same) => expect(isSameName(a, b)).toBe(same));

  test("are listed as they may be stored, each once", () => {
    expect(listSpellings(composed)).toEqual([composed, decomposed]);
    expect(listSpellings(decomposed)).toEqual([decomposed, composed]);
    expect(listSpellings("plain")).toEqual(["plain"]);
    expect(toComposed(decomposed)).toBe(composed);
  });
});
