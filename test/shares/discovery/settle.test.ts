import { describe, expect, test } from "vitest";
import { settle } from "../../../electron/shares/discovery/settle.ts";

describe("a file on its way", () => {
  const rules = { stablePolls: 2, minAgeSeconds: 120 };
  const now = Date.parse("2026-03-02T12:00:00Z");
  const old = { size: 10, modifiedMs: now - 3_600_000 };

  test.each<[string, Parameters<typeof settle>, boolean, number]>([
    ["that is new", [undefined, 0, old, now, rules], false, 0],
    ["that was the same once", [old, 0, old, now, rules], false, 1],
    ["that was the same twice", [old, 1, old, now, rules], true, 2],
    ["that has grown", [{ ...old, size: 9 }, 5, old, now, rules], false, 0],
    ["whose time has changed", [{ ...old, modifiedMs: 0 }, 5, old, now, rules], false, 0],
    [
      "that is stable but young",
      [{ size: 10, modifiedMs: now - 60_000 }, 5, { size: 10, modifiedMs: now - 60_000 }, now, rules],
      false,
      6,
    ],
    [
      "from a server whose clock is ahead",
      [{ size: 10, modifiedMs: now + 600_000 }, 5, { size: 10, modifiedMs: now + 600_000 }, now, rules],
      true,
      6,
    ],
    ["that is empty", [{ ...old, size: 0 }, 5, { ...old, size: 0 }, now, rules], false, 6],
  ])("%s", (_, given, isSettled, stablePolls) => {
    expect(settle(...given)).toEqual({ isSettled, stablePolls });
  });
});
