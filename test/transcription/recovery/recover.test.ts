/** What is done about each class of error: with real files, shares and disks where they can be had. */
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findJob } from "../../../electron/catalog/repositories/jobs.ts";
import { listNotifications } from "../../../electron/catalog/repositories/notifications.ts";
import { ArchivistError, type ErrorCode } from "../../../electron/contract/errors.ts";
import { enqueueReady } from "../../../electron/intake/enqueue.ts";
import { DiskWatch } from "../../../electron/platform/disk-watch.ts";
import type { StationServices } from "../../../electron/station-services.ts";
import { listRepairedFiles } from "../../../electron/transcription/recovery/format.ts";
import { createRecover } from "../../../electron/transcription/recovery/recover.ts";
import { demoModel } from "../../support/paths.ts";
import { baseSize, tinySize, writeRandomModel } from "../../support/speech/random-model.ts";
import { canMakeDisks, smallDisk } from "../../support/station/small-disk.ts";
import { meetingAt, testStation } from "../../support/station/station.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const twoShares = () => {
  const root = temporaryFolder();
  const [a, b] = [join(root, "a"), join(root, "b")];
  mkdirSync(a);
  mkdirSync(b);
  const shares = [
    { label: "A", path: a },
    { label: "B", path: b, role: "secondary" },
  ];
  return { a, b, shares, cities: [{ name: "Oakdale", shares: ["A"] }] };
};

describe("a missing file", () => {
  test("that was moved to another share and renamed is found by its content", async () => {
    const { a, b, shares, cities } = twoShares();
    const station = testStation({ shares, cities });
    const recording = meetingAt(join(a, "2026-03-02 council.mp4"));
    meetingAt(join(b, "another.mp4"), 6, 60);
    for (let look = 0; look < 2; look++) await station.runtime.scanner.scan(station.runtime.monitor.shares[0] as never);
    const { jobs } = enqueueReady({ services: station.services, jobService: station.runtime.jobService });
    expect(jobs).toHaveLength(1);
    const id = jobs[0] ?? "";
    mkdirSync(join(b, "old"));
    renameSync(recording, join(b, "old", "renamed.mp4"));
    await station.runtime.start();
    await expect.poll(() => station.job(id)?.state).toBe("completed");
    expect(station.recoveries(id)).toEqual(["missing-file"]);
    expect(station.history(id).find(({ kind }) => kind === "recovery")?.message).toBe(
      `the recording was found again at ${join(b, "old", "renamed.mp4")}`,
    );
  });

  test("that is nowhere fails with cause and remedy, and people are told", async () => {
    const { a, shares, cities } = twoShares();
    const station = testStation({ shares, cities });
    await station.runtime.start();
    const id = station.add(join(a, "gone.mp4"));
    await expect.poll(() => station.job(id)?.state).toBe("failed");
    expect(station.job(id)).toMatchObject({
      errorCode: "file.missing",
      errorRemedy: expect.stringMatching(/Check the path/),
    });
    const [message] = listNotifications(station.catalog, 1);
    expect(message).toMatchObject({
      severity: "error",
      jobId: id,
      subject: "gone.mp4 has failed: there is no such file",
    });
  });

  test("on a share that is not mounted waits for the share, and goes on by itself", async () => {
    const { a, shares, cities } = twoShares();
    const station = testStation({ shares, cities });
    const recording = meetingAt(join(a, "council.mp4"));
    renameSync(a, `${a}-away`);
    await station.runtime.start();
    const id = station.add(recording);
    expect(station.job(id)).toMatchObject({ state: "waiting", waitsFor: "share" });
    renameSync(`${a}-away`, a);
    await expect.poll(() => station.job(id)?.state).toBe("completed");
    expect(station.job(id)?.attempts).toBe(1);
  });
});

describe.runIf(canMakeDisks)("a full disk", () => {
  test("working files of others go first, and the work goes on", async () => {
    await using disk = smallDisk(12);
    const station = testStation({ dataFolder: disk.folder, settings: { queue: { freeMegabytes: 2 } } });
    const recording = meetingAt(join(temporaryFolder(), "council.mp4"), 20);
    const cache = join(disk.folder, "recordings", "another");
    mkdirSync(cache);
    const { bavail, bsize } = await import("node:fs/promises").then(({ statfs }) => statfs(disk.folder));
    writeFileSync(join(cache, "audio.pcm"), Buffer.alloc(bavail * bsize - 200_000));
    const id = station.add(recording, { out: join(temporaryFolder(), "out") });
    await station.runtime.start();
    await expect.poll(() => station.job(id)?.state).toBe("completed");
    expect(station.recoveries(id)).toContain("disk-full");
    expect(existsSync(join(cache, "audio.pcm"))).toBe(false);
  });

  test("where nothing can go, the job waits, people are told once, and it goes on when there is room", async () => {
    await using disk = smallDisk(12);
    const station = testStation({ dataFolder: disk.folder, settings: { queue: { freeMegabytes: 4 } } });
    const recording = meetingAt(join(temporaryFolder(), "council.mp4"), 20);
    const { bavail, bsize } = await import("node:fs/promises").then(({ statfs }) => statfs(disk.folder));
    const foreign = join(disk.folder, "somebody's film.mov");
    writeFileSync(foreign, Buffer.alloc(bavail * bsize - 300_000));
    const id = station.add(recording, { out: join(temporaryFolder(), "out") });
    await station.runtime.start();
    await expect.poll(() => station.job(id)?.waitsFor).toBe("disk");
    expect(existsSync(foreign)).toBe(true);
    expect(listNotifications(station.catalog, 10)).toMatchObject([
      { severity: "warning", subject: expect.stringMatching(/is full/) },
    ]);
    rmSync(foreign);
    await expect.poll(() => station.job(id)?.state).toBe("completed");
  });
});

/** The decision alone, on a job that has failed in a certain way. */
function decisions(change: Partial<StationServices> = {}, payload: object = {}) {
  const station = testStation();
  const recording = meetingAt(join(temporaryFolder(), "council.mp4"));
  const id = station.add(recording);
  const services = { ...station.services, ...change };
  const { monitor, probe } = station.runtime;
  const recover = createRecover({
    services,
    monitor,
    probe,
    disk: new DiskWatch(temporaryFolder(), 1),
    warn: () => undefined,
  });
  let overrides: unknown = {};
  return {
    station,
    recording,
    id,
    /** Fails once more, with what the recovery before has changed. */
    fail: async (code: ErrorCode, more: object = {}) => {
      const job = findJob(station.catalog, id);
      if (job === undefined) throw new Error("the job is lost");
      const requested = JSON.stringify({ ...(JSON.parse(job.payload) as object), ...payload });
      const decision = await recover(
        { ...job, payload: requested, overrides: JSON.stringify(overrides), ...more },
        new ArchivistError(code),
      );
      if (decision.action === "retry" && decision.overrides !== undefined) overrides = decision.overrides;
      return decision;
    },
  };
}

describe("permissions", () => {
  test("of our own folders are put right once; for others it is said what to change", async () => {
    const { station, fail, recording } = decisions();
    const own = join(station.folder.recordings, "locked");
    mkdirSync(own);
    chmodSync(own, 0o500);
    expect(await fail("folder.not-writable")).toMatchObject({ action: "retry", recovery: "permission" });
    expect(statSync(own).mode & 0o777).toBe(0o700);
    chmodSync(recording, 0o040);
    const second = await fail("file.unreadable");
    if (second.action !== "none") throw new Error("a file of somebody else was changed");
    expect(second.error?.remedy).toMatch(
      /belongs to user \d+ with mode 40, and Archivist runs as user \d+\. .*chmod u\+r.*council\.mp4/,
    );
    expect(statSync(recording).mode & 0o777).toBe(0o040);
  });
});

describe("memory", () => {
  test("fewer threads first, then the next smaller model, each once", async () => {
    const models = temporaryFolder();
    writeRandomModel(join(models, "ggml-tiny.en.bin"), tinySize);
    writeRandomModel(join(models, "ggml-base.en.bin"), baseSize);
    const settings = { ...testStation().settings };
    const change = {
      modelsFolder: models,
      machine: { memoryBytes: 64 * 1024 ** 3, cores: 8 },
      settings: { ...settings, speech: { ...settings.speech, threads: 6 } },
    };
    const { fail } = decisions(change, { model: "base.en" });
    expect(await fail("engine.out-of-memory")).toMatchObject({
      action: "retry",
      recovery: "memory",
      overrides: { threads: 3 },
    });
    const second = await fail("engine.out-of-memory");
    expect(second).toMatchObject({
      action: "retry",
      overrides: { threads: 3, model: join(models, "ggml-tiny.en.bin") },
    });
    expect(await fail("engine.out-of-memory")).toEqual({ action: "none" });
  });

  test("a model that does not fit at all: a smaller one at once; the demo model never", async () => {
    const models = temporaryFolder();
    writeRandomModel(join(models, "ggml-tiny.en.bin"), tinySize);
    const { fail } = decisions({ modelsFolder: models }, { model: demoModel });
    expect(await fail("model.too-large")).toEqual({ action: "none" });
  });
});

describe("network and time", () => {
  test("later, with a wait that grows, as often as the settings say", async () => {
    const { fail } = decisions();
    const first = await fail("download.network", { attempts: 1 });
    const third = await fail("download.network", { attempts: 3 });
    if (first.action !== "retry" || third.action !== "retry") throw new Error("it is not tried again");
    expect(third.delayMs).toBeGreaterThan((first.delayMs ?? 0) * 2);
    expect(await fail("download.network", { attempts: 4 })).toEqual({ action: "none" });
  });

  test("twice the time, once", async () => {
    const short = decisions();
    // Six seconds have ten minutes, as every job has at least.
    short.station.catalog.database.$client.prepare("UPDATE jobs SET duration_ms = 6000").run();
    expect(await short.fail("job.timeout")).toMatchObject({ timeoutMs: 1_200_000 });
    const { fail } = decisions();
    expect(await fail("job.timeout", { timeoutMs: 600_000 })).toMatchObject({
      action: "retry",
      recovery: "timeout",
      timeoutMs: 1_200_000,
    });
    expect(await fail("job.timeout", { timeoutMs: 1_200_000 })).toEqual({ action: "none" });
  });

  test("a recording that may still be on its way is looked at again later", async () => {
    const { fail } = decisions();
    for (const code of ["media.truncated", "file.empty", "file.changed"] as const) {
      const decision = await fail(code, { attempts: 1 });
      expect(decision).toMatchObject({ action: "retry", recovery: "missing-file" });
      if (decision.action === "retry") expect(decision.delayMs).toBeGreaterThanOrEqual(60_000);
    }
  });
});

describe("formats", () => {
  test("a mended copy is made once, and the job reads it instead and drops it in the end", async () => {
    const { station, id, fail } = decisions();
    const decision = await fail("media.undecodable");
    const [copy = ""] = listRepairedFiles(station.folder.repaired, id);
    expect(decision).toMatchObject({
      action: "retry",
      recovery: "format",
      overrides: { source: copy, tried: ["mended copy"] },
    });
    expect(await fail("media.undecodable")).toEqual({ action: "none" });
    station.catalog.database.$client
      .prepare("UPDATE jobs SET overrides = ?")
      .run(JSON.stringify({ source: copy, tried: ["mended copy"] }));
    await station.runtime.start();
    await expect.poll(() => station.job(id)?.state).toBe("completed");
    await expect.poll(() => existsSync(copy)).toBe(false);
  });

  test.each(["media.no-audio", "media.encrypted"] as const)("%s cannot be mended", async (code) => {
    const { fail } = decisions();
    expect(await fail(code)).toEqual({ action: "none" });
  });

  test("what is no recording at all leaves no half copy", async () => {
    const { station, recording, fail } = decisions();
    writeFileSync(recording, "this is not a film");
    expect(await fail("media.not-media")).toEqual({ action: "none" });
    expect(readdirSync(station.folder.repaired)).toEqual([]);
  });
});
