import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { datedName, newOutputFolder } from "../../electron/transcription/output-folder.ts";
import { freshCatalog } from "../support/station/catalog.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe("output folders", () => {
  test("carry the date, and a number where the place is taken", async () => {
    const root = temporaryFolder();
    const catalog = freshCatalog();
    const wanted = join(root, datedName("/share/council.mp4", "2026-11-20"));
    const first = await newOutputFolder(catalog, wanted);
    expect(first).toBe(join(root, "2026-11-20-council"));
    mkdirSync(first);
    expect(await newOutputFolder(catalog, wanted)).toBe(join(root, "2026-11-20-council-2"));
  });

  test("do not carry the date twice", () => {
    expect(datedName("/share/2026-03-02 council.mp4", "2026-03-02")).toBe("2026-03-02 council");
    expect(datedName("/share/council.mp4", null)).toBe("council");
    expect(datedName("/share/2026-03-02 council.mp4", "2026-03-03")).toBe("2026-03-03-2026-03-02 council");
  });

  test("lie in the folders that are there, however a Mac has composed their names", async () => {
    const root = temporaryFolder();
    const onDisk = "Montréal".normalize("NFD");
    mkdirSync(join(root, onDisk, "2026"), { recursive: true });
    const wanted = join(root, "Montréal".normalize("NFC"), "2026", "réunion".normalize("NFC"));
    const first = await newOutputFolder(freshCatalog(), wanted);
    expect(first).toBe(join(root, onDisk, "2026", "réunion".normalize("NFC")));
    mkdirSync(join(root, onDisk, "2026", "réunion".normalize("NFD")));
    expect(await newOutputFolder(freshCatalog(), wanted)).toBe(`${first}-2`);
    expect(readdirSync(root)).toEqual([onDisk]);
  });
});
