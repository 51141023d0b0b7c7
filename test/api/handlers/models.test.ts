/** The speech models and the self-test over the interface, with the real engine. */
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { getMeasuredSetup } from "../../../electron/monitoring/speech-speed.ts";
import { officialModel } from "../../../electron/speech/models/official-models.ts";
import { findMeasurement } from "../../../electron/speech/self-test/measurement-file.ts";
import { modelServer } from "../../support/network/model-server.ts";
import { demoModel } from "../../support/paths.ts";
import { demoTensors } from "../../support/speech/conversion/tensors.ts";
import { writeOpenAi } from "../../support/speech/conversion/torch-writer.ts";
import { rememberMeasurement } from "../../support/speech/measurement.ts";
import { testHost } from "../../support/station/host.ts";
import { longMeetingAt } from "../../support/station/station.ts";
import { temporaryFolder } from "../../support/temporary.ts";

describe("the models", () => {
  test("are listed with what a person needs to choose, and three are proposed", async () => {
    const host = await testHost({ settings: { speech: { model: "auto", language: "en" } } });
    const client = await host.connect();
    const before = await client.models.list();
    expect(before.selfTest).toMatchObject({ state: "needed", measuredDate: null });
    expect(before.models.every(({ minutesPerHour }) => minutesPerHour === null)).toBe(true);
    expect(before.models.find(({ name }) => name === "archivist-demo-en")).toMatchObject({
      ...{ origin: "demo", isInstalled: true, license: null, languages: "English" },
    });
    // What finds speech is no model that somebody chooses.
    expect(before.models.some(({ name }) => name.startsWith("silero"))).toBe(false);

    const { settings, machine, folder } = host.services;
    await rememberMeasurement(folder.root, { settings, machine });
    const { models, cards, selfTest } = await client.models.list();
    expect(selfTest).toMatchObject({ state: "measured", level: "haswell" });
    expect(cards.map(({ tier }) => tier)).toEqual(["fast", "balanced", "best"]);
    const minutes = cards.map(({ model }) => models.find(({ name }) => name === model)?.minutesPerHour ?? 0);
    expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));
    expect(models.find(({ name }) => name === "base.en-q8_0")).toMatchObject({
      ...{ origin: "published", isInstalled: false, fits: true, languages: "English", download: null },
      license: "MIT (OpenAI)",
    });
    expect(models.find(({ name }) => name === "small.en")?.fasterModel).toBe("small.en-q8_0");
  });

  test("are downloaded, verified and removed, and an admin is needed for each", async () => {
    const content = readFileSync(demoModel);
    const name = "tiny.en-q5_1";
    const model = officialModel(name);
    if (model === undefined) throw new Error(`${name} is not published`);
    vi.spyOn(model.checksum, "hex", "get").mockReturnValue(createHash("sha1").update(content).digest("hex"));
    vi.spyOn(model, "sizeMiB", "get").mockReturnValue(17);
    const server = await modelServer(content);
    const host = await testHost({ settings: { speech: { modelMirror: server.address, model: "auto" } } });
    const client = await host.connect();
    const find = async () => (await client.models.list()).models.find((each) => each.name === name);
    const operator = await host.connect(await host.somebody("Oskar", "operator"));
    for (const call of [
      () => operator.models.download({ name }),
      () => operator.models.pause({ name }),
      () => operator.models.remove({ name }),
      () => operator.models.verify({ name }),
      () => operator.models.dismissModelImport({ name }),
      () => operator.models.startSelfTest(),
      () => operator.models.cancelSelfTest(),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    server.behave({ hangAfter: 4_096 });
    await client.models.download({ name });
    await expect.poll(async () => (await find())?.download?.receivedBytes).toBeGreaterThan(0);
    await client.models.pause({ name });
    expect((await find())?.download).toMatchObject({ state: "paused", problem: null });
    server.behave("well");
    await client.models.download({ name });
    await expect.poll(find).toMatchObject({ isInstalled: true, download: null, isVerified: true, isInUse: true });
    expect(await client.models.verify({ name })).toEqual({ state: "published" });
    await client.models.remove({ name });
    expect(await find()).toMatchObject({ isInstalled: false, isVerified: false });
    await expect(client.models.remove({ name })).rejects.toMatchObject({ data: { code: "model.missing" } });
    vi.restoreAllMocks();
  });

  test("that are damaged are said to be", async () => {
    const host = await testHost();
    const client = await host.connect();
    const folder = host.services.modelsFolder;
    mkdirSync(folder, { recursive: true });
    copyFileSync(demoModel, join(folder, "ggml-base.en.bin"));
    await expect(client.models.verify({ name: "base.en" })).rejects.toMatchObject({ data: { code: "model.corrupt" } });
  });
});

describe("models of other programs", () => {
  test("are imported in the background; the list says how far, and what went wrong until it is dismissed", async () => {
    const { connect, somebody } = await testHost();
    const client = await connect();
    const folder = temporaryFolder();
    writeOpenAi(join(folder, "council.pt"), demoTensors());
    writeFileSync(join(folder, "broken.pt"), "<!doctype html>");
    expect(await client.models.importModel({ path: join(folder, "council.pt"), quantize: "q8_0" })).toEqual({
      name: "council-q8_0",
    });
    expect(await client.models.importModel({ path: join(folder, "broken.pt"), name: "other" })).toEqual({
      name: "other",
    });
    const find = async (name: string) => (await client.models.list()).models.find((model) => model.name === name);
    expect(await find("council-q8_0")).toMatchObject({
      isInstalled: false,
      importing: { progress: expect.any(Number), problem: null },
    });
    await expect(
      client.models.importModel({ path: join(folder, "council.pt"), quantize: "q8_0" }),
    ).rejects.toMatchObject({ data: { code: "model.in-use" } });
    await expect
      .poll(() => find("council-q8_0"))
      .toMatchObject({
        isInstalled: true,
        importing: { progress: null, problem: expect.stringMatching(/did not recognize/) },
      });
    await expect
      .poll(() => find("other"))
      .toMatchObject({
        isInstalled: false,
        importing: { progress: null, problem: expect.stringMatching(/web page.*Download the model/) },
      });
    await client.models.dismissModelImport({ name: "other" });
    expect(await find("other")).toBeUndefined();
    // What was said of a model goes with it.
    await client.models.remove({ name: "council-q8_0" });
    expect(await find("council-q8_0")).toBeUndefined();
    await expect(client.models.importModel({ path: "council.pt" })).rejects.toMatchObject({
      data: { code: "usage.invalid", message: expect.stringMatching(/full path/) },
    });
    const operator = await connect(await somebody("Otto", "operator"));
    await expect(operator.models.importModel({ path: join(folder, "council.pt") })).rejects.toMatchObject({
      data: { code: "session.role" },
    });
  });

  test("whose import is dismissed are not there", async () => {
    const { connect } = await testHost();
    const client = await connect();
    const folder = temporaryFolder();
    writeOpenAi(join(folder, "council.pt"), demoTensors());
    await client.models.importModel({ path: join(folder, "council.pt") });
    await client.models.dismissModelImport({ name: "council" });
    await expect
      .poll(async () => (await client.models.list()).models.some(({ name }) => name === "council"))
      .toBe(false);
    // The next one is not held up.
    await client.models.importModel({ path: join(folder, "council.pt"), name: "second" });
    await expect
      .poll(async () => (await client.models.list()).models.find(({ name }) => name === "second"))
      .toMatchObject({ isInstalled: true });
  });
});

describe("the self-test", () => {
  test("runs once, is remembered, and can be cancelled", { timeout: 600_000 }, async () => {
    const host = await testHost();
    const client = await host.connect();
    const state = async () => (await client.models.list()).selfTest.state;
    await client.models.startSelfTest();
    expect(await state()).toBe("running");
    await client.models.cancelSelfTest();
    expect(await state()).toBe("needed");
    await client.models.startSelfTest();
    await client.models.startSelfTest();
    await expect.poll(state, { timeout: 500_000 }).toBe("measured");
    const { settings, machine, folder } = host.services;
    expect(findMeasurement(folder.root, getMeasuredSetup({ settings, machine }))).toBeDefined();
  });

  test("waits for no transcription and never runs beside one", { timeout: 600_000 }, async () => {
    const host = await testHost();
    const client = await host.connect();
    await host.runtime.start();
    const selfTest = async () => (await client.models.list()).selfTest;
    await client.models.startSelfTest();
    expect((await selfTest()).state).toBe("running");
    const id = host.add(longMeetingAt(join(temporaryFolder(), "long.mp4")));
    // The transcription begins, so the measuring ends.
    await expect.poll(async () => (await selfTest()).state).toBe("failed");
    expect((await selfTest()).problem?.message).toMatch(/transcribed/);
    await expect(client.models.startSelfTest()).rejects.toMatchObject({ data: { code: "self-test.busy" } });
    host.runtime.jobService.cancel(id);
    await expect.poll(() => host.runtime.queue.runningCount).toBe(0);
    await client.models.startSelfTest();
    expect((await selfTest()).state).toBe("running");
    await client.models.cancelSelfTest();
  });
});
