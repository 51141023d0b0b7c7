/** `archivist captions hear-again`, as a user runs it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseTimeFromStart } from "../../electron/headless/captions/options.ts";
import { archivist } from "../support/process/archivist.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

test.each<[string, number]>([
  ["1:02:03.250", 3_723_250],
  ["00:00:07", 7_000],
  ["2:05", 125_000],
  ["90", 90_000],
  ["12.5", 12_500],
  ["12,05", 12_050],
])("%s is a time from the start", (text, ms) => {
  expect(parseTimeFromStart(text)).toBe(ms);
});

test.each(["", "one", "-5", "1:99", "1:2:3:4:5", "12.3456"])('"%s" is none', (text) => {
  expect(() => parseTimeFromStart(text)).toThrow(/not a time from the start/);
});

test("a part of a meeting is recognized again, and says what gave way; what cannot be done is said", async () => {
  const dataFolder = temporaryFolder();
  const settings = {
    speech: { model: "archivist-demo-en", beamSize: 1, windowSeconds: 5 },
    queue: { freeMegabytes: 1 },
  };
  writeFileSync(join(dataFolder, "settings.json"), JSON.stringify(settings));
  const recording = meetingAt(join(temporaryFolder(), "council.mp4"), 10);
  const run = (...args: string[]) => archivist(args, { dataFolder });
  const { stdout } = await run("transcribe", recording, "--json");
  const id = (JSON.parse(stdout) as { results: { transcription_id: string }[] }).results[0]?.transcription_id ?? "";
  const again = await run("captions", "hear-again", id.slice(0, 8), "--from", "0", "--to", "10", "--careful", "--json");
  expect(again.code).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({
    transcription_id: id,
    status: "completed",
    kept: 0,
    unrecognized: 0,
    message: expect.stringMatching(/^(No captions were replaced|\d+ captions? replaced by \d+)/),
  });
  const backwards = await run("captions", "hear-again", id, "--from", "5", "--to", "5");
  expect(backwards.code).not.toBe(0);
  expect(backwards.stderr).toMatch(/the end is not after the beginning/);
  const unknown = await run("captions", "hear-again", "zzzz", "--from", "1", "--to", "5");
  expect(unknown.code).not.toBe(0);
});
