/** The work of a station through its interface, over every transport. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/message-port";
import { describe, expect, onTestFinished, test } from "vitest";
import { servePort } from "../../electron/api/port.ts";
import type { QueueView } from "../../electron/contract/api/queue.ts";
import { hitStart } from "../../electron/contract/terms.ts";
import { sampleVideo } from "../support/paths.ts";
import { type ApiClient, testHost } from "../support/station/host.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

describe("a recording", () => {
  test("is looked at, started, watched while it runs, found by its words, and shown", async () => {
    const { connect, runtime } = await testHost();
    const client = await connect();
    const folder = temporaryFolder();
    const good = meetingAt(join(folder, "2026-03-02 Oakdale City Council.mp4"), 30);
    writeFileSync(join(folder, "broken.mp4"), "This is no video.");
    const looked = await client.intake.look({ paths: [folder] });
    expect(looked.map(({ filename, problem }) => [filename, problem === null])).toEqual([
      ["2026-03-02 Oakdale City Council.mp4", true],
      ["broken.mp4", false],
    ]);
    expect(looked[0]).toMatchObject({ date: "2026-03-02", type: "City Council", isQueued: false, isDone: false });
    expect(looked[1]?.problem?.remedy).toEqual(expect.stringMatching(/\.$/));
    await runtime.start();
    const [started] = await client.intake.start({
      recordings: [{ path: good, date: "2026-03-03", type: "Work Session", title: "About streets" }],
    });
    const id = started?.jobId ?? "";
    const seen: QueueView[] = [];
    for await (const view of await client.queue.watch({})) {
      seen.push(view);
      if (view.jobs[0]?.completed_date != null) break;
    }
    expect(seen[0]?.jobs.map(({ job_id }) => job_id)).toEqual([id]);
    expect(seen.at(-1)?.counts.completed).toBe(1);
    expect(seen.some(({ jobs }) => jobs[0]?.status === "running" && (jobs[0]?.progress ?? 0) > 0)).toBe(true);
    const words = await client.queue.words({ id });
    for await (const { words: heard } of words) {
      expect(heard.map(({ text }) => text).join(" ")).toMatch(/order/i);
      break;
    }
    const { meetings } = await client.library.list({});
    expect(meetings).toMatchObject([{ filename: "2026-03-02 Oakdale City Council.mp4", date: "2026-03-03" }]);
    const { hits, total } = await client.library.find({ text: "order" });
    expect(total).toBeGreaterThan(0);
    expect(hits[0]?.context).toContain(hitStart);
    const shown = await client.meeting.show({ id: meetings[0]?.id ?? "" });
    expect(shown).toMatchObject({
      title: "About streets",
      type: "Work Session",
      media: { isThere: true, isPlayable: true },
    });
    expect(shown.files.every(({ isThere: pathExists, isChanged }) => pathExists && !isChanged)).toBe(true);
    const cues = await client.meeting.cues({ id: meetings[0]?.id ?? "" });
    expect(cues.length).toBeGreaterThan(2);
    await client.meeting.approve({ id: meetings[0]?.id ?? "" });
    expect((await client.meeting.show({ id: meetings[0]?.id ?? "" })).versions[0]?.approvedBy).toBe("Anna");
    const { steps, history } = await client.queue.show({ id });
    expect(steps.every(({ status }) => status === "completed")).toBe(true);
    expect(history.at(-1)?.kind).toBe("completed");
  }, 60_000);

  test("that cannot be started keeps none of the others from it", async () => {
    const { connect } = await testHost();
    const client = await connect();
    const results = await client.intake.start({ recordings: [{ path: "/nowhere/x.mp4" }, { path: sampleVideo }] });
    expect(results.map(({ jobId, problem }) => [jobId !== null, problem?.code])).toEqual([
      [false, "file.missing"],
      [true, undefined],
    ]);
  });
});

describe("the queue", () => {
  test("is steered: priority, order, pause, cancel, retry; what makes no sense is told", async () => {
    const { connect, add } = await testHost();
    const client = await connect();
    const ids = ["a", "b", "c"].map((name) => add(`/x/${name}.mp4`));
    const order = async () => (await client.queue.list({})).jobs.map(({ title }) => title);
    await client.queue.prioritise({ id: ids[2] ?? "", priority: 5 });
    expect(await order()).toEqual(["c.mp4", "a.mp4", "b.mp4"]);
    await client.queue.moveBefore({ id: ids[1] ?? "", beforeId: ids[0] ?? "" });
    expect(await order()).toEqual(["c.mp4", "b.mp4", "a.mp4"]);
    await client.queue.pause({ id: ids[0] ?? "" });
    expect((await client.queue.resume({ id: ids[0] ?? "" })).paused).toBe(false);
    expect((await client.queue.cancel({ id: ids[0] ?? "" })).status).toBe("cancelled");
    expect((await client.queue.retry({ id: ids[0] ?? "" })).status).toBe("queued");
    await expect(client.queue.retry({ id: ids[1] ?? "" })).rejects.toMatchObject({
      code: "CONFLICT",
      data: { code: "job.state" },
    });
    await client.queue.pauseAll();
    expect((await client.queue.list({})).isPaused).toBe(true);
  });
});

describe("settings", () => {
  test("are shown with their meaning, changed in the file, and refused when they make no sense", async () => {
    const { connect, folder } = await testHost();
    const client = await connect();
    const { settings } = await client.station.settings();
    expect(settings.find(({ key }) => key === "publishing.target")).toMatchObject({
      choices: ["cablecast", "generic"],
    });
    await client.station.changeSettings({ values: { "captions.maxMergedLines": 3, "speech.beamSize": null } });
    const { readFileSync } = await import("node:fs");
    const written = JSON.parse(readFileSync(folder.settingsFile, "utf8"));
    expect([written.captions.maxMergedLines, "beamSize" in written.speech]).toEqual([3, false]);
    const before = readFileSync(folder.settingsFile, "utf8");
    await expect(client.station.changeSettings({ values: { "speech.beamSize": "many" } })).rejects.toMatchObject({
      data: { code: "settings.invalid", message: expect.stringMatching(/speech\.beamSize.*it must be/) },
    });
    await expect(client.station.changeSettings({ values: { "no.such": 1 } })).rejects.toMatchObject({
      data: { code: "settings.invalid" },
    });
    expect(readFileSync(folder.settingsFile, "utf8")).toBe(before);
  });
});

describe("a port between two threads", () => {
  test("takes the same calls, with sign-in, roles and live data", async () => {
    const { api, password, add } = await testHost();
    const { port1, port2 } = new MessageChannel();
    // The other end lives in a thread of its own and gives back whatever comes.
    const relay = new Worker(
      `const { parentPort, workerData } = require("node:worker_threads");
       const { a, b } = workerData; a.on("message", (m) => b.postMessage(m)); b.on("message", (m) => a.postMessage(m));`,
      { eval: true, ...relayed() },
    );
    function relayed() {
      const inner = new MessageChannel();
      servePort(inner.port1 as never, api);
      return { workerData: { a: port2, b: inner.port2 }, transferList: [port2, inner.port2] };
    }
    onTestFinished(async () => {
      port1.close();
      await relay.terminate();
    });
    const client: ApiClient = createORPCClient(new RPCLink({ port: port1 as never }));
    port1.start();
    await expect(client.station.figures()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await client.session.signIn({ name: "Anna", password });
    expect((await client.session.look()).person?.name).toBe("Anna");
    add("/x/a.mp4");
    for await (const view of await client.queue.watch({})) {
      expect(view.jobs).toHaveLength(1);
      break;
    }
    await client.session.signOut();
    await expect(client.station.figures()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});
