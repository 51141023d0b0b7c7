import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { archivist } from "../support/process/archivist.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe("doctor", () => {
  const report = z.object({
    healthy: z.boolean(),
    findings: z.array(
      z.object({
        name: z.string(),
        status: z.enum(["ok", "warning", "error"]),
        detail: z.string(),
        remedy: z.string().optional(),
      }),
    ),
  });

  test("finds everything on this machine, except a model for real recordings", async () => {
    const dataFolder = temporaryFolder();
    const { code, stdout } = await archivist(["doctor", "--json"], { dataFolder });
    const { healthy, findings } = report.parse(JSON.parse(stdout));
    expect([code, healthy]).toEqual([1, false]);
    expect(findings.filter(({ status }) => status === "error").map(({ name }) => name)).toEqual(["Speech model"]);
    const names = findings.map(({ name }) => name);
    expect(names).toEqual([
      "Node.js",
      "Data folder",
      "Settings",
      "Catalog",
      "ffmpeg",
      "ffprobe",
      "Speech engine",
      "Processor",
      "Graphics",
      "Speech speed",
      "Second engine",
      "Demo model",
      "Speech model",
      "Voice detector",
      "Shares",
    ]);
    expect(findings.find(({ name }) => name === "Speech engine")?.detail).toMatch(
      /^whisper-host is used, because it has been built on this machine; \d+ of \d+ threads; .*whisper\.cpp 1\.9/,
    );
    expect(findings.find(({ name }) => name === "Speech model")).toMatchObject({
      status: "error",
      remedy: expect.stringMatching(/archivist models pull base\.en/),
    });
    // Looking makes nothing.
    expect(existsSync(join(dataFolder, "catalog.db"))).toBe(false);
  });

  test("a wrong setting is a finding, and the others are made all the same", async () => {
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, "settings.json"), '{ "speech": { "windowSecnds": 5 } }');
    const { code, stdout } = await archivist(["doctor", "--json"], { dataFolder });
    const { findings } = report.parse(JSON.parse(stdout));
    expect(code).toBe(1);
    expect(findings.find(({ name }) => name === "Settings")).toMatchObject({
      status: "error",
      detail: expect.stringMatching(/speech\.windowSecnds .*the nearest is speech\.windowSeconds/),
    });
    expect(findings.find(({ name }) => name === "Speech engine")).toMatchObject({ status: "ok" });
  });

  test("names what is broken, goes on with the rest, and fails", async () => {
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, "catalog.db"), "no database at all, however long it is".repeat(100));
    const { code, stdout } = await archivist(["doctor"], {
      dataFolder,
      env: { ARCHIVIST_MEDIA_FFMPEG_PATH: "/nonexistent/ffmpeg" },
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^WRONG +Catalog +.*cannot be opened/m);
    expect(stdout).toMatch(/^WRONG +ffmpeg +\/nonexistent\/ffmpeg: the setting media\.ffmpegPath names this file/m);
    expect(stdout).toMatch(/^ok +Speech engine/m);
  });
});
