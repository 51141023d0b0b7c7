/** The self-test on the real engine; how fast this machine is plays no part. */
import { readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { computeWhisper, findShape, precisions } from "../../../electron/speech/models/model-compute.ts";
import { checkModel } from "../../../electron/speech/models/model-file.ts";
import {
  describeSetup,
  findMeasurement,
  saveMeasurement,
} from "../../../electron/speech/self-test/measurement-file.ts";
import { runSelfTest } from "../../../electron/speech/self-test/self-test.ts";
import { writeTestNetwork } from "../../../electron/speech/self-test/test-network.ts";
import { whisperHostBinary } from "../../../electron/speech/whisper-host/binary.ts";
import { newHost } from "../../support/speech/engines.ts";
import { typicalMeasurement } from "../../support/speech/measurement.ts";
import { silentLogger } from "../../support/station/silent-logger.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const tiny = { width: 128, encoderLayers: 2, decoderLayers: 2 };
const options = (folder: string) => ({
  ...{ binary: whisperHostBinary, gpu: false, threads: 1, folder, logger: silentLogger },
});

describe("the networks", () => {
  test.each(precisions)("in %s are whole models, and the engine measures them", async (precision) => {
    const path = join(temporaryFolder(), "network.bin");
    await writeTestNetwork(path, tiny, precision);
    expect(checkModel(path)).toMatchObject({ kind: "speech", multilingual: false });
    const host = newHost();
    await host.loadModel({ path });
    const speed = await host.measure({ threads: 1, windows: 1, tokens: 4 });
    expect(speed.windowMs).toBeGreaterThan(0);
    expect(speed.tokenMs).toBeGreaterThan(0);
    expect(speed.sharedTokenMs).toBeGreaterThan(0);
    expect(speed.windowsAtOnce).toBe(computeWhisper(tiny, precision).windowsAtOnce);
  });

  test("of the shape that is measured share the decoder as they are taken to", async () => {
    const path = join(temporaryFolder(), "network.bin");
    const shape = findShape("base");
    if (shape === undefined) throw new Error("base has no shape");
    await writeTestNetwork(path, shape, "q8_0");
    const host = newHost();
    await host.loadModel({ path });
    const { windowsAtOnce } = await host.measure({ threads: 1, windows: 1, tokens: 1 });
    expect(windowsAtOnce).toBe(computeWhisper(shape, "q8_0").windowsAtOnce);
    expect(windowsAtOnce).toBeLessThan(8);
  });

  test("have the size of the real ones, so that they take as much memory to read", async () => {
    const folder = temporaryFolder();
    const shape = findShape("tiny");
    if (shape === undefined) throw new Error("tiny has no shape");
    for (const [precision, mebibytes] of [
      ["f16", 75],
      ["q8_0", 42],
      ["q5_1", 31],
    ] as const) {
      const path = join(folder, precision);
      await writeTestNetwork(path, shape, precision);
      // Without the words of the vocabulary, half a megabyte.
      expect(Math.abs(statSync(path).size / 1024 ** 2 - mebibytes)).toBeLessThan(2);
    }
  });

  test("give the same windows and tokens each time, and nothing else is measured", async () => {
    const path = join(temporaryFolder(), "network.bin");
    await writeTestNetwork(path, tiny, "q8_0");
    const host = newHost();
    await expect(host.measure({ threads: 1, windows: 1, tokens: 4 })).rejects.toMatchObject({
      code: "engine.failed",
    });
    await host.loadModel({ path });
    await expect(host.measure({ threads: 1, windows: 99, tokens: 4 })).rejects.toMatchObject({
      code: "engine.failed",
    });
    // More tokens than the text context has room for are no fault.
    await host.measure({ threads: 1, windows: 2, tokens: 200 });
  });
});

describe("the self-test", () => {
  test("measures each precision, reports its progress, and leaves no file", { timeout: 600_000 }, async () => {
    const folder = temporaryFolder();
    const shares: number[] = [];
    const result = await runSelfTest({ ...options(folder), onProgress: (share) => shares.push(share) });
    expect(result.engine).toMatch(/^whisper-host .*whisper\.cpp/);
    expect(result.speeds[0]?.precision).toBe("q8_0");
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.length).toBe(result.speeds.length);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("ends at once when it is cancelled, at any time, and leaves no file", { timeout: 600_000 }, async () => {
    const folder = temporaryFolder();
    await expect(runSelfTest({ ...options(folder), signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "interrupted",
    });
    for (const afterMs of [1, 300, 1_500]) {
      const signal = AbortSignal.timeout(afterMs);
      await expect(runSelfTest({ ...options(folder), signal })).rejects.toMatchObject({ code: "interrupted" });
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  test("says when there is no engine, and when the folder cannot be written to", async () => {
    const folder = temporaryFolder();
    await expect(runSelfTest({ ...options(folder), binary: join(folder, "none") })).rejects.toMatchObject({
      code: "engine.missing",
    });
    await expect(runSelfTest(options(join(folder, "missing")))).rejects.toMatchObject({ code: "folder.not-writable" });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("what was measured", () => {
  const used = { cores: 8, threads: 4, gpu: true };
  const now = new Date("2026-05-04T12:00:00Z");

  test("is remembered for the setup that it was measured with, and for no other", async () => {
    const folder = temporaryFolder();
    const setup = describeSetup(whisperHostBinary, used);
    expect(findMeasurement(folder, setup)).toBeUndefined();
    await saveMeasurement(folder, setup, typicalMeasurement, now);
    expect(findMeasurement(folder, setup)).toMatchObject({ ...typicalMeasurement, measuredDate: now.toISOString() });
    for (const other of [
      { ...setup, processor: "another" },
      { ...setup, cores: 4 },
      { ...setup, threads: 2 },
      { ...setup, gpu: false },
      { ...setup, build: "another" },
    ]) {
      expect(findMeasurement(folder, other)).toBeUndefined();
      await saveMeasurement(folder, other, { ...typicalMeasurement, engine: "another" }, now);
    }
    expect(findMeasurement(folder, setup)?.engine).toBe(typicalMeasurement.engine);
  });

  test("does not count for another build of the engine", () => {
    const folder = temporaryFolder();
    const binary = join(folder, "whisper-host");
    writeFileSync(binary, "one");
    const first = describeSetup(binary, used);
    expect(describeSetup(binary, used)).toEqual(first);
    writeFileSync(join(folder, "notes.txt"), "no part of it");
    expect(describeSetup(binary, used)).toEqual(first);
    utimesSync(binary, now, now);
    const later = describeSetup(binary, used);
    expect(later).not.toEqual(first);
    writeFileSync(join(folder, "libggml-cpu.so"), "a library beside it");
    expect(describeSetup(binary, used)).not.toEqual(later);
  });

  test.each(["", "no JSON", '{"measurements": [{"engine": 1}]}', "[]"])(
    "a damaged file (%s) counts as none",
    async (text) => {
      const folder = temporaryFolder();
      const setup = describeSetup(whisperHostBinary, used);
      await saveMeasurement(folder, setup, typicalMeasurement, now);
      const [file] = readdirSync(folder);
      writeFileSync(join(folder, file ?? ""), text);
      expect(findMeasurement(folder, setup)).toBeUndefined();
      await saveMeasurement(folder, setup, typicalMeasurement, now);
      expect(findMeasurement(folder, setup)).toBeDefined();
    },
  );
});
