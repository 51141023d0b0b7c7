/** `archivist captions approve`, `take-back` and `export`, as a user runs them. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { archivist } from "../support/process/archivist.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

test("captions are approved with a reason, taken back, and their files written without a model or the recording", async () => {
  const dataFolder = temporaryFolder();
  const settings = {
    speech: { model: "archivist-demo-en", beamSize: 1, windowSeconds: 5 },
    queue: { freeMegabytes: 1 },
  };
  writeFileSync(join(dataFolder, "settings.json"), JSON.stringify(settings));
  const recording = meetingAt(join(temporaryFolder(), "council.mp4"), 10);
  const run = (...args: string[]) => archivist(args, { dataFolder });
  const { stdout } = await run("transcribe", recording, "--json");
  const [first] = (JSON.parse(stdout) as { results: { transcription_id: string; folder: string }[] }).results;
  const { transcription_id: id = "", folder = "" } = first ?? {};
  const report = join(folder, "council.report.md");
  expect(readFileSync(report, "utf8")).toMatch(/Version: 0, as recognized, not approved/);
  // From here on nothing is there to hear, or to hear with.
  rmSync(recording);
  writeFileSync(join(dataFolder, "settings.json"), JSON.stringify({ ...settings, speech: { model: "no-such-model" } }));
  const approved = await run("captions", "approve", id.slice(0, 8), "--reason", "checked with the clerk", "--json");
  expect([approved.code, approved.stderr]).toEqual([0, expect.any(String)]);
  expect(JSON.parse(approved.stdout)).toMatchObject([{ transcription_id: id, files: "completed" }]);
  expect(readFileSync(report, "utf8")).toMatch(/Approved: version \d by \S+/);
  const back = await run("captions", "take-back", id, "nobody", "--json");
  expect(back.code).toBe(1);
  expect(JSON.parse(back.stdout)).toMatchObject([{ error: { code: "publish.unknown" } }, { files: "completed" }]);
  expect(readFileSync(report, "utf8")).toMatch(/not approved/);
  rmSync(join(folder, "council.srt"));
  expect((await run("captions", "export", id)).stdout).toMatch(/files: completed/);
  expect(existsSync(join(folder, "council.srt"))).toBe(true);
  expect((await run("captions", "take-back", id)).stderr).toMatch(/not approved/);
});
