import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { safeName } from "../../electron/platform/file-name.ts";

describe("names of files", () => {
  test.each([
    ["council", "council"],
    ['2026/11: "special" <meeting>?', "2026-11- -special- -meeting--"],
    ["...", "recording"],
    ["name. ", "name"],
    ["Réunion 📼", "Réunion 📼"],
    ["a\nb\0c", "a-b-c"],
  ])("%j is safe as %j", (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });

  test("any name becomes one that a file system takes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (name) => {
        const safe = safeName(name);
        expect(safe).not.toBe("");
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(180);
        expect(safe).not.toMatch(/[\\/:*?"<>|\p{Cc}]|^[.\s]|[.\s]$/u);
      }),
    );
  });
});
