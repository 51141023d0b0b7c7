import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cueText } from "../../electron/captions/cue.ts";
import { type Catalog, openCatalog } from "../../electron/catalog/open.ts";
import { listChunks } from "../../electron/catalog/repositories/chunks.ts";
import { addVersion, findNewestCues, findNewestVersionNumber } from "../../electron/catalog/repositories/versions.ts";
import { sampleVideo } from "../support/paths.ts";
import { archivist } from "../support/process/archivist.ts";
import { temporaryFolder } from "../support/temporary.ts";

interface Result {
  readonly status: string;
  readonly transcription_id: string;
}

function withCatalog<T>(dataFolder: string, work: (catalog: Catalog) => T): T {
  const catalog = openCatalog(join(dataFolder, "catalog.db"), join(dataFolder, "backups"));
  try {
    return work(catalog);
  } finally {
    catalog.close();
  }
}

async function transcribe(path: string, dataFolder: string): Promise<Result> {
  const { stdout } = await archivist(["transcribe", path, "--model", "archivist-demo-en", "--json"], { dataFolder });
  return (JSON.parse(stdout) as { results: [Result] }).results[0];
}

describe("a copy that stopped, and later is whole", () => {
  test("is told, then what was missing is transcribed, and corrections stay", async () => {
    const folder = temporaryFolder();
    const dataFolder = temporaryFolder();
    const whole = join(folder, "whole.mkv");
    const path = join(folder, "meeting.mkv");
    execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-i", sampleVideo, "-c", "copy", whole]);
    const bytes = readFileSync(whole);
    bytes.fill(0, Math.floor(bytes.length * 0.6));
    writeFileSync(path, bytes);
    const partial = await transcribe(path, dataFolder);
    expect(partial.status).toBe("needs_review");
    const corrected = "Corrected by a person.";
    const before = withCatalog(dataFolder, (catalog) => {
      const cues = findNewestCues(catalog, partial.transcription_id);
      const edited = cues.map((each, index) => (index === 1 ? { ...each, lines: [corrected] } : each));
      addVersion(catalog, partial.transcription_id, { cues: edited, name: "corrected", date: "2026-01-01T00:00:00Z" });
      return { cues, chunks: listChunks(catalog, partial.transcription_id) };
    });
    copyFileSync(whole, path);
    const complete = await transcribe(path, dataFolder);
    expect(complete.status).not.toBe("failed");
    expect(complete.transcription_id).not.toBe(partial.transcription_id);
    withCatalog(dataFolder, (catalog) => {
      const cues = findNewestCues(catalog, complete.transcription_id);
      expect(findNewestVersionNumber(catalog, complete.transcription_id)).toBe(1);
      expect(cues.map(cueText)).toContain(corrected);
      const lastBefore = before.cues.at(-1)?.endMs ?? 0;
      const machine = listChunks(catalog, complete.transcription_id);
      expect(machine.length).toBeGreaterThan(before.chunks.length);
      expect(cues.filter(({ startMs }) => startMs > lastBefore).length).toBeGreaterThan(5);
      // Shown one after the other.
      for (const [index, each] of cues.entries()) {
        expect(each.startMs).toBeGreaterThanOrEqual(cues[index - 1]?.startMs ?? 0);
      }
    });
  });
});
