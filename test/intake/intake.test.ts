/** From a file on a share to a job: what is taken, what waits, what is known for what it is. */
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listJobs } from "../../electron/catalog/repositories/jobs.ts";
import { listFiles } from "../../electron/catalog/repositories/library.ts";
import { listShareFiles } from "../../electron/catalog/repositories/share-files.ts";
import { enqueueReady } from "../../electron/intake/enqueue.ts";
import { findHeldFiles } from "../../electron/transcription/held-files.ts";
import { countTurns, minTurns } from "../support/bench/event-loop.ts";
import { canHang, hangingShare } from "../support/station/hanging-share.ts";
import { put } from "../support/station/shares.ts";
import { canMakeDisks, smallDisk } from "../support/station/small-disk.ts";
import { meetingAt, testStation } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

function place(more: Parameters<typeof testStation>[0] = {}) {
  const share = join(temporaryFolder(), "flex 'one' – 📼");
  mkdirSync(share);
  const station = testStation({
    shares: [{ label: "Flex", path: share }],
    cities: [{ name: "Oakdale", shares: ["Flex"] }],
    ...more,
  });
  const scan = () => station.runtime.scanner.scan(station.settings.shares.servers[0] as never);
  const files = () => listShareFiles(station.catalog, {}).map(({ path, state, reason }) => ({ path, state, reason }));
  const take = () => enqueueReady({ services: station.services, jobService: station.runtime.jobService });
  return { share, station, scan, files, take };
}

const days = 86_400;

describe("the first looks", () => {
  test("take whole recordings, refuse what is none with a reason, and leave everything else alone", async () => {
    const { share, scan, files, take, station } = place();
    meetingAt(join(share, '-2026-03-02 it\'s "council" 📼.mp4'));
    put(share, "film.mp4", "no film at all, but long enough to be looked into");
    put(share, "notes.txt", "notes");
    put(share, "transcriptions/2026/x/clip.mp4", "ours");
    await scan();
    expect(files().map(({ state }) => state)).toEqual(["new", "new"]);
    await scan();
    expect(files()).toMatchObject([
      { path: "film.mp4", state: "refused", reason: expect.stringMatching(/not a recording that Archivist can read/) },
      { path: '-2026-03-02 it\'s "council" 📼.mp4', state: "ready" },
    ]);
    const { jobs } = take();
    expect(jobs).toHaveLength(1);
    expect(take().jobs).toEqual([]);
    await station.runtime.start();
    await expect.poll(() => station.job(jobs[0] ?? "")?.state).toBe("completed");
    expect(files().map(({ state }) => state)).toEqual(["refused", "done"]);
    const result = JSON.parse(station.job(jobs[0] ?? "")?.result ?? "{}") as { folder: string; files: unknown[] };
    expect(result.folder).toBe(join(share, "transcriptions/2026/2026-03-02-it-s-council"));
    expect(result.files).toHaveLength(7);
  });

  test("old recordings are known, and only a batch takes them", async () => {
    const { share, scan, files, take } = place({ settings: { intake: { maxAgeDays: 14 } } });
    const old = meetingAt(join(share, "2020-01-02 council.mp4"));
    const { utimesSync } = await import("node:fs");
    utimesSync(old, Date.now() / 1000 - 30 * days, Date.now() / 1000 - 30 * days);
    for (let look = 0; look < 3; look++) await scan();
    expect(files()).toMatchObject([{ state: "known" }]);
    expect(take().jobs).toEqual([]);
  });

  test("no more than there is room for in the queue; the rest comes later, the oldest first", async () => {
    const { share, scan, take, station } = place({ settings: { queue: { maxJobs: 2 } } });
    for (const number of [1, 2, 3]) meetingAt(join(share, `council ${number}.mp4`), 5 + number);
    for (let look = 0; look < 2; look++) await scan();
    expect(take()).toMatchObject({ left: 1 });
    expect(take()).toMatchObject({ jobs: [], left: 1 });
    await station.runtime.start();
    await expect.poll(() => station.runtime.jobService.room()).toBe(2);
    expect(take().jobs).toHaveLength(1);
  });
});

describe("a copy on its way", () => {
  test("at its own speed is not touched before it is whole, even if its size is shown from the first byte on", async () => {
    const { share, scan, files } = place();
    const whole = readFileSync(meetingAt(join(temporaryFolder(), "whole.mp4"), 20));
    const target = join(share, "council.mp4");
    // As a server that makes room for the whole file first.
    writeFileSync(target, Buffer.alloc(whole.length));
    let written = 0;
    // A quarter of a megabyte at a time, as over a slow line.
    const step = Math.ceil(whole.length / 6);
    const states: string[] = [];
    for (; written < whole.length; written += step) {
      await scan();
      states.push(files()[0]?.state ?? "");
      const { openSync, writeSync, closeSync } = await import("node:fs");
      const handle = openSync(target, "r+");
      writeSync(handle, whole.subarray(written, written + step), 0, undefined, written);
      closeSync(handle);
    }
    expect(new Set(states)).toEqual(new Set(["new"]));
    for (let look = 0; look < 3; look++) await scan();
    expect(files()).toMatchObject([{ state: "ready" }]);
  });

  test("that stops half-way waits with its reason, and is taken when it goes on", async () => {
    const { share, scan, files } = place();
    const whole = readFileSync(meetingAt(join(temporaryFolder(), "whole.mp4"), 20));
    const target = join(share, "council.mp4");
    writeFileSync(target, whole.subarray(0, Math.floor(whole.length / 2)));
    for (let look = 0; look < 4; look++) await scan();
    expect(files()).toMatchObject([{ state: "new", reason: expect.stringMatching(/incomplete.*looked at again/) }]);
    appendFileSync(target, whole.subarray(Math.floor(whole.length / 2)));
    for (let look = 0; look < 3; look++) await scan();
    expect(files()).toMatchObject([{ state: "ready", reason: null }]);
  });

  test("an empty file waits", async () => {
    const { share, scan, files } = place();
    put(share, "council.mp4", "");
    for (let look = 0; look < 4; look++) await scan();
    expect(files()).toMatchObject([{ state: "new" }]);
  });
});

describe("the same recording", () => {
  test("under another name or in another place is not done twice", async () => {
    const { share, scan, files, take, station } = place();
    const first = meetingAt(join(share, "a.mp4"));
    for (let look = 0; look < 2; look++) await scan();
    const { jobs } = take();
    await station.runtime.start();
    await expect.poll(() => station.job(jobs[0] ?? "")?.state).toBe("completed");
    copyFileSync(first, join(share, "copy.mp4"));
    mkdirSync(join(share, "2026"));
    renameSync(first, join(share, "2026", "renamed.mp4"));
    for (let look = 0; look < 2; look++) await scan();
    expect(files().toSorted((a, b) => a.path.localeCompare(b.path))).toMatchObject([
      { path: "2026/renamed.mp4", state: "done", reason: expect.stringMatching(/done already/) },
      { path: "a.mp4", state: "vanished" },
      { path: "copy.mp4", state: "done", reason: expect.stringMatching(/done already/) },
    ]);
    expect(take().jobs).toEqual([]);
  });

  test("that is renamed while its job waits keeps that one job", async () => {
    const { share, scan, files, take, station } = place();
    const first = meetingAt(join(share, "a.mp4"));
    for (let look = 0; look < 2; look++) await scan();
    const { jobs } = take();
    renameSync(first, join(share, "b.mp4"));
    for (let look = 0; look < 2; look++) await scan();
    expect(files().find(({ path }) => path === "b.mp4")).toMatchObject({
      state: "done",
      reason: expect.stringMatching(/its job is in the queue/),
    });
    await station.runtime.start();
    await expect.poll(() => station.job(jobs[0] ?? "")?.state).toBe("completed");
    expect(station.recoveries(jobs[0] ?? "")).toEqual(["missing-file"]);
  });

  test("on which two jobs work is worked on by one after the other", async () => {
    const { share, station } = place();
    const first = meetingAt(join(share, "a.mp4"));
    copyFileSync(first, join(share, "b.mp4"));
    const ids = [station.add(first), station.add(join(share, "b.mp4"))];
    await station.runtime.start();
    for (const id of ids) await expect.poll(() => station.job(id)?.state).toBe("completed");
    expect(new Set(ids.map((id) => station.job(id)?.transcriptionId)).size).toBe(1);
  });

  test("with another content under the same name is another recording", async () => {
    const { share, scan, files } = place();
    const path = meetingAt(join(share, "a.mp4"));
    for (let look = 0; look < 2; look++) await scan();
    expect(files()).toMatchObject([{ state: "ready" }]);
    rmSync(path);
    await scan();
    expect(files()).toMatchObject([{ state: "vanished" }]);
    meetingAt(path, 9, 40);
    await scan();
    expect(files()).toMatchObject([{ state: "new" }]);
    truncateSync(path, 100);
    await scan();
    expect(files()).toMatchObject([{ state: "new" }]);
  });
});

describe("a share in trouble", () => {
  test.runIf(canHang)(
    "that hangs in the middle of the work: nothing freezes, the job waits, and goes on when it answers",
    async () => {
      await using hanging = await hangingShare(temporaryFolder());
      const other = join(temporaryFolder(), "elsewhere.mp4");
      const station = testStation({
        shares: [{ label: "Flex", path: hanging.folder, mustBeMounted: true }],
        cities: [{ name: "Oakdale", shares: ["Flex"] }],
        settings: { media: { stallSeconds: 5 } },
      });
      const recording = meetingAt(join(hanging.behind, "council.mp4"), 20);
      meetingAt(other, 5, 60);
      await station.runtime.start();
      hanging.hang();
      const id = station.add(join(hanging.folder, "council.mp4"));
      let elsewhere = "";
      const turns = await countTurns(async () => {
        await expect.poll(() => station.job(id)?.state).toBe("waiting");
        elsewhere = station.add(other, { out: join(temporaryFolder(), "out") });
        await expect.poll(() => station.job(elsewhere)?.stage ?? "").toMatch(/decode|plan|transcribe/);
      });
      expect(station.job(id)).toMatchObject({ waitsFor: "share", attempts: 0 });
      // Other work goes on meanwhile.
      await expect.poll(() => station.job(elsewhere)?.state).toBe("completed");
      expect(turns).toBeGreaterThan(minTurns);
      hanging.goOn();
      await expect.poll(() => station.job(id)?.state).toBe("completed");
      expect(recording).toBeTruthy();
    },
  );

  test.runIf(canMakeDisks)(
    "that becomes read-only: the files are made, it is said where they wait, and they are brought once it can be written",
    async () => {
      await using disk = smallDisk(90);
      const station = testStation({
        shares: [{ label: "Flex", path: disk.folder, mustBeMounted: true }],
        cities: [{ name: "Oakdale", shares: ["Flex"] }],
      });
      const recording = meetingAt(join(disk.folder, "council.mp4"));
      const { execFileSync } = await import("node:child_process");
      execFileSync("mount", ["-o", "remount,ro", disk.folder]);
      await station.runtime.start();
      const id = station.add(recording);
      await expect.poll(() => station.job(id)?.state).toBe("completed");
      const transcription = station.job(id)?.transcriptionId ?? "";
      const held = findHeldFiles(station.services, transcription);
      expect(held).toMatchObject({ share: "Flex", place: expect.stringContaining(disk.folder) });
      const [bringer] = listJobs(station.catalog, { types: ["deliver"] });
      await expect.poll(() => station.job(bringer?.id ?? "")?.waitsFor).toBe("share");
      const why = station.history(bringer?.id ?? "").find(({ kind }) => kind === "waiting")?.message;
      expect(why).toMatch(/the share Flex .*(write|read-only)/i);
      execFileSync("mount", ["-o", "remount,rw", disk.folder]);
      await expect.poll(() => findHeldFiles(station.services, transcription)).toBeUndefined();
      expect(listFiles(station.catalog, transcription).every(({ path }) => path.startsWith(disk.folder))).toBe(true);
    },
  );

  test.runIf(canMakeDisks)("that fills up: the job waits for room on it and completes afterwards", async () => {
    await using disk = smallDisk(90);
    const station = testStation({ shares: [{ label: "Flex", path: disk.folder, mustBeMounted: true }] });
    const recording = meetingAt(join(disk.folder, "council.mp4"));
    const film = join(disk.folder, "film.bin");
    writeFileSync(film, Buffer.alloc(80 * 1024 ** 2));
    await station.runtime.start();
    const id = station.add(recording);
    await expect.poll(() => station.job(id)?.waitsFor).toBe("share");
    rmSync(film);
    await expect.poll(() => station.job(id)?.state).toBe("completed");
  });

  test("a folder that cannot be read for a moment does not make its recordings vanish", async () => {
    const { share, scan, files } = place();
    meetingAt(join(share, "2026", "a.mp4"));
    await scan();
    // A folder that is a file now cannot be told from one that is gone; the share's own folder can.
    renameSync(share, `${share}-away`);
    await scan().catch(() => undefined);
    expect(files()).toMatchObject([{ state: "new" }]);
    renameSync(`${share}-away`, share);
    await scan();
    expect(files()).toMatchObject([{ state: "ready" }]);
  });
});

describe("what a station is told late", () => {
  test("an old recording that was away for a moment is still only known", async () => {
    const { share, scan, files } = place({ settings: { intake: { maxAgeDays: 14 } } });
    const path = put(share, "2020 council.mp4", "old", 100 * days);
    await scan();
    renameSync(path, `${path}.away`);
    await scan();
    renameSync(`${path}.away`, path);
    for (let look = 0; look < 3; look++) await scan();
    expect(files()).toMatchObject([{ state: "known" }]);
  });

  test("a file is not refused because a program is missing", async () => {
    const broken = place({ settings: { media: { ffprobePath: "/nonexistent/ffprobe" } } });
    meetingAt(join(broken.share, "council.mp4"));
    for (let look = 0; look < 3; look++) await broken.scan();
    expect(broken.files()).toMatchObject([{ state: "new", reason: expect.stringMatching(/looked at again/) }]);
  });

  test("a file whose job was cancelled can be taken again by a person", async () => {
    const { share, scan, files, take, station } = place();
    meetingAt(join(share, "council.mp4"));
    for (let look = 0; look < 2; look++) await scan();
    station.runtime.jobService.cancel(take().jobs[0] ?? "");
    expect(take().jobs).toEqual([]);
    expect(files()).toMatchObject([{ state: "known", reason: "its job was cancelled" }]);
  });

  test("files that are to go to a full disk: tried a few times, then it has failed", async () => {
    if (!canMakeDisks) return;
    await using disk = smallDisk(1);
    const { share, station } = place({ settings: { queue: { attempts: 2, retrySeconds: 0 } } });
    writeFileSync(join(disk.folder, "film"), Buffer.alloc(1024 ** 2 - 8_192));
    const id = station.add(meetingAt(join(share, "council.mp4")), { out: disk.folder });
    await station.runtime.start();
    await expect.poll(() => station.job(id)?.state).toBe("failed");
    expect(station.job(id)).toMatchObject({ errorCode: "disk.full", attempts: 2 });
  });
});
