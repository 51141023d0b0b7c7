import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { datedName, newOutputFolder } from "../../electron/transcription/output-folder.ts";
import { freshCatalog } from "../support/station/catalog.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe("output folders", () => {
  test("carry the local date, and a number where the place is taken", async () => {
    const root = temporaryFolder();
    const catalog = freshCatalog();
    const date = new Date(2026, 10, 20, 23, 30);
    const wanted = join(root, datedName("/share/council.mp4", date));
    const first = await newOutputFolder(catalog, wanted);
    expect(first).toBe(join(root, "2026-11-20-council"));
    mkdirSync(first);
    expect(await newOutputFolder(catalog, wanted)).toBe(join(root, "2026-11-20-council-2"));
  });
});
