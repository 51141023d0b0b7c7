import { describe, expect, test } from "vitest";
import { readCaptions } from "../../../electron/captions/formats/read.ts";
import { encodeScc } from "../../../electron/captions/scc/encode.ts";

describe("reading SCC", () => {
  test("times are moved by an hour only where a file begins at the first hour, and that is told", () => {
    const at = (startMs: number): ReturnType<typeof readCaptions> =>
      readCaptions(encodeScc([{ startMs, endMs: startMs + 3000, lines: ["Good evening."] }]).text);
    expect(at(3_605_000).cues[0]?.startMs).toBeLessThan(10_000);
    expect(at(3_605_000).issues).toMatchObject([{ rule: "start", severity: "warning" }]);
    for (const startMs of [5_000, 3_900_000, 7_205_000, 36_001_000]) {
      expect(Math.abs((at(startMs).cues[0]?.startMs ?? 0) - startMs)).toBeLessThan(17);
      expect(at(startMs).issues).toEqual([]);
    }
  });
});
