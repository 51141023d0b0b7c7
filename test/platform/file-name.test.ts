import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { safeFileName, safeName } from "../../electron/platform/file-name.ts";

const decomposed = "é".normalize("NFD");

describe("names of files with an ending", () => {
  test.each([
    ["2026-03-02 council.mp4", "2026-03-02 council.mp4"],
    ["Séance.mp4".normalize("NFD"), "Séance.mp4".normalize("NFC")],
    ["a: b?.MXF", "a- b-.MXF"],
    [".mp4", "mp4"],
    ["council. .mp4", "council.mp4"],
    ["no ending", "no ending"],
    ["Mr. Smith and the long sentence", "Mr. Smith and the long sentence"],
  ])("%j is safe as %j", (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  test.each([
    ["letters", "x"],
    ["emoji", "📼"],
    ["a family", "👨‍👩‍👧‍👦"],
    ["flags", "🇺🇸"],
    ["decomposed accents", decomposed],
    ["spaces between", " y"],
    ["dots", ".z"],
  ])("keep ending, beginning and end, however long: %s", (_, piece) => {
    const safe = safeFileName(`2026-03-02 Oakdale ${piece.repeat(400)} part 2.m2ts`);
    expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255);
    expect(Buffer.byteLength(safe)).toBeGreaterThan(200);
    expect(safe).toMatch(/^2026-03-02 Oakdale .* part 2\.m2ts$/su);
    expect(safe.isWellFormed()).toBe(true);
  });

  test("no character is split", () => {
    const family = "👨‍👩‍👧‍👦";
    const kept = safeFileName(`${family.repeat(60)}.mp4`)
      .replace("…", "")
      .replace(".mp4", "");
    expect(kept.replaceAll(family, "")).toBe("");
  });

  test("any name becomes one that a file system takes, and becomes no other one when it is made safe again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 600 }), (name) => {
        const safe = safeFileName(`${name}.mp4`);
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255);
        expect(safe).toMatch(/\.mp4$|^mp4$/);
        expect(safe).not.toMatch(/[\\/:*?"<>|\p{Cc}]|^[.\s]|[.\s]$/u);
        expect(safeFileName(safe)).toBe(safe);
      }),
    );
  });
});

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
