import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lockInstance } from "../../../electron/catalog/instance-lock.ts";
import { thisMachine } from "../../../electron/config/machine.ts";
import { readStationConfig } from "../../../electron/config/station-config.ts";
import { demoModel } from "../../support/paths.ts";
import { archivist } from "../../support/process/archivist.ts";
import { rememberMeasurement } from "../../support/speech/measurement.ts";
import { temporaryFolder } from "../../support/temporary.ts";

async function measuredFolder(): Promise<string> {
  const dataFolder = temporaryFolder();
  // As the program of the tests is run.
  const environment = { ARCHIVIST_SPEECH_BEAM_SIZE: "1", ARCHIVIST_SPEECH_THREADS: "1" };
  const { settings } = readStationConfig({ dataFolder, environment });
  await rememberMeasurement(dataFolder, { settings, machine: thisMachine() });
  return dataFolder;
}

describe("what was measured", () => {
  test("is shown by `models measure`, `models list` and `doctor` without measuring again", async () => {
    const dataFolder = await measuredFolder();
    mkdirSync(join(dataFolder, "models"));
    copyFileSync(demoModel, join(dataFolder, "models", "ggml-base.en-q8_0.bin"));
    const measured = await archivist(["models", "measure", "--json"], { dataFolder });
    expect(measured.code).toBe(0);
    expect(JSON.parse(measured.stdout)).toMatchObject({
      level: "haswell",
      speeds: [{ precision: "q8_0", window_ms: 1_200, token_ms: 8, shared_token_ms: 3, windows_at_once: 5 }, {}, {}],
      proposed: [{ tier: "fast" }, { tier: "balanced" }, { tier: "best" }],
    });
    const list = await archivist(["models", "list"], { dataFolder });
    expect(list.stdout).toMatch(/^base\.en-q8_0 \(used\) +\d+ MB +[\d.]+ GB +3\.7 +English/m);
    expect(list.stdout).toMatch(/^Balanced: .*, about \d+ minutes for an hour of a meeting$/m);
    const doctor = await archivist(["doctor"], { dataFolder });
    expect(doctor.stdout).toMatch(
      /Speech speed +about 4 minutes for an hour of a meeting with base\.en-q8_0; .*instruction level haswell; measured \d{4}-\d\d-\d\d/,
    );
  });

  test("says so where nothing was, and how to measure", async () => {
    const dataFolder = temporaryFolder();
    const list = await archivist(["models", "list"], { dataFolder });
    expect(list.stdout).toContain("archivist models measure");
    const doctor = await archivist(["doctor"], { dataFolder });
    expect(doctor.stdout).toMatch(/Speech speed +not measured .*archivist models measure/);
  });
});

test("nothing is measured while another Archivist works in the data folder", async () => {
  const dataFolder = temporaryFolder();
  const lock = lockInstance(join(dataFolder, "in-use.lock"), "a test");
  try {
    const result = await archivist(["models", "measure", "--json"], { dataFolder });
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject({ error: { code: "folder.in-use" } });
  } finally {
    lock.release();
  }
});
