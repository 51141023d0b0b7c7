import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { openCatalog } from "../../electron/catalog/open.ts";
import { addBatch } from "../../electron/catalog/repositories/job-batches.ts";
import { cancelJob, pauseJob } from "../../electron/catalog/repositories/job-commands.ts";
import { listHistory } from "../../electron/catalog/repositories/job-history.ts";
import { listJobSteps } from "../../electron/catalog/repositories/job-steps.ts";
import { findJob, forgetEndedJobs, listJobs } from "../../electron/catalog/repositories/jobs.ts";
import { ArchivistError } from "../../electron/contract/errors.ts";
import type { StartBlock } from "../../electron/queue/decision.ts";
import { defineJobKind } from "../../electron/queue/job-kind.ts";
import { Lanes } from "../../electron/queue/lanes.ts";
import type { QueueChange } from "../../electron/queue/queue-feed.ts";
import { settled } from "../support/queue/manual-jobs.ts";
import { openGate, testQueue } from "../support/queue/queue.ts";

const code = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (thrown) {
    return (thrown as ArchivistError).code;
  }
};

describe("putting jobs in", () => {
  test("past the maximum is refused, and goes again when one has ended", async () => {
    const { jobService, submit, work } = testQueue({ settings: { maxJobs: 2 } });
    submit("one");
    submit("two");
    expect(code(() => submit("three"))).toBe("queue.full");
    expect(jobService.room()).toBe(0);
    await settled();
    for (const { finish } of [...work.open.values()]) finish();
    await settled();
    submit("three");
  });

  test("the same work is not put in twice while it is open, and may come again afterwards", async () => {
    const { jobService, work } = testQueue();
    const wanted = { type: "process", title: "meeting", payload: {}, dedupeKey: "process:/a.mp4" } as const;
    const { job } = jobService.submit(wanted);
    expect(jobService.submit(wanted)).toMatchObject({ isNew: false, job: { id: job.id } });
    await settled();
    work.open.get(job.id)?.finish();
    await settled();
    expect(jobService.submit(wanted).isNew).toBe(true);
  });

  test("work that failed is not beside the same work, put in again; its batch still counts it", async () => {
    const { catalog, jobService, work } = testQueue();
    const createdDate = new Date().toISOString();
    const batch = addBatch(catalog, { name: "batch", request: {}, refused: [], createdDate }).id;
    const wanted = { type: "process", title: "meeting", payload: {}, dedupeKey: "process:enriched:/a.mp4" } as const;
    const dead = jobService.submit({ ...wanted, batchId: batch }).job;
    await settled();
    work.open.get(dead.id)?.fail(new ArchivistError("model.missing"));
    await settled();
    expect(jobService.find(dead.id).state).toBe("failed");
    const other = jobService.submit({ ...wanted, dedupeKey: "process:enriched:/b.mp4" }).job;
    jobService.cancel(other.id);
    const live = jobService.submit({
      ...wanted,
      dedupeKey: "process:published:/a.mp4",
      supersedes: ["process:enriched:/a.mp4", "process:published:/a.mp4"],
    }).job;
    expect(live.batchId).toBe(batch);
    expect(code(() => jobService.find(dead.id))).toBe("job.unknown");
    expect(jobService.find(other.id).state).toBe("cancelled");
  });

  test("a kind that is not there yet is refused in words", () => {
    const { jobService } = testQueue();
    expect(code(() => jobService.submit({ type: "render_clips", title: "clips", payload: {} }))).toBe(
      "job.unavailable",
    );
  });

  test("an id may be shortened as long as it is clear", () => {
    const { jobService, submit } = testQueue({ settings: { maxJobs: 500 }, transcription: 1 });
    const id = submit("one");
    for (let number = 0; number < 300; number++) submit("more");
    expect(jobService.find(id).title).toBe("one");
    expect(jobService.find(id.slice(0, 13)).id).toBe(id);
    expect(code(() => jobService.find("nothing"))).toBe("job.unknown");
    expect(code(() => jobService.find(""))).toBe("job.unknown");
    expect(code(() => jobService.find(id.slice(0, 1)))).toBe("job.ambiguous");
  });
});

describe("jobs that need others", () => {
  test("wait for all of them, fail with one, and follow when it is retried", async () => {
    const { catalog, jobService, submit, work } = testQueue({ transcription: 5 });
    const first = submit("first");
    const second = submit("second");
    const last = submit("last", { needs: [first, second] });
    const afterwards = submit("afterwards", { needs: [last] });
    const states = (): readonly string[] =>
      [first, second, last, afterwards].map((id) => findJob(catalog, id)?.state ?? "");
    await settled();
    work.open.get(first)?.finish();
    await settled();
    expect(states()).toEqual(["completed", "running", "waiting", "waiting"]);
    work.open.get(second)?.fail(new ArchivistError("media.not-media"));
    await settled();
    expect(states()).toEqual(["completed", "failed", "failed", "failed"]);
    expect(findJob(catalog, afterwards)?.errorCode).toBe("job.dependency");
    jobService.retry(second);
    await settled();
    expect(states()).toEqual(["completed", "running", "waiting", "waiting"]);
    work.open.get(second)?.finish();
    await settled();
    work.open.get(last)?.finish();
    await settled();
    expect(states()).toEqual(["completed", "completed", "completed", "running"]);
  });

  test("a need that is not there is refused", () => {
    const { submit } = testQueue();
    expect(code(() => submit("job", { needs: ["nobody"] }))).toBe("job.unknown");
  });
});

describe("cancelling", () => {
  test.each(["queued", "running", "waiting", "paused"])("a %s job takes effect at once", async (state) => {
    const { catalog, jobService, submit, work } = testQueue();
    const first = submit("first");
    const waiting = submit("waiting", { needs: [first] });
    const queued = submit("queued");
    jobService.pause(submit("paused"));
    await settled();
    const paused = listJobs(catalog).find((job) => job.paused)?.id ?? "";
    const id = { queued, running: first, waiting, paused }[state] ?? "";
    jobService.cancel(id);
    expect(findJob(catalog, id)).toMatchObject({ state: "cancelled", waitsFor: null });
    await settled();
    expect(work.open.has(id)).toBe(false);
    expect(findJob(catalog, id)?.state).toBe("cancelled");
  });

  test("and pausing by another process reach a running job at the next look of ten a second", async () => {
    const { catalog, folder, submit, work } = testQueue({ transcription: 2 });
    const first = submit("first");
    const second = submit("second");
    await settled();
    expect([...work.open.keys()].toSorted()).toEqual([first, second].toSorted());
    const other = openCatalog(join(folder, "catalog.db"), join(folder, "backups"), { asItIs: true });
    try {
      const openAtLook: number[] = [];
      const dataVersion = catalog.dataVersion.bind(catalog);
      catalog.dataVersion = () => {
        openAtLook.push(work.open.size);
        return dataVersion();
      };
      cancelJob(other, first, "by somebody else", new Date().toISOString());
      pauseJob(other, second, new Date().toISOString());
      await expect.poll(() => openAtLook.length).toBeGreaterThanOrEqual(2);
      expect(openAtLook.slice(0, 2)).toEqual([2, 0]);
    } finally {
      other.close();
    }
    expect(findJob(catalog, first)?.state).toBe("cancelled");
    expect(findJob(catalog, second)).toMatchObject({ state: "queued", paused: true, attempts: 0 });
  });
});

describe("the order", () => {
  test("is by urgency, then by place; a dragged job stays where it was put", async () => {
    const { jobService, submit, work } = testQueue();
    jobService.pauseQueue();
    const ids = Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, submit(name)]));
    const urgent = submit("urgent", { priority: 5 });
    submit("later", { priority: 1 });
    jobService.moveBefore(ids.d ?? "", ids.b ?? "");
    jobService.resumeQueue();
    for (let round = 0; round < 6; round++) {
      await settled();
      for (const { finish } of [...work.open.values()]) finish();
    }
    await settled();
    const names = new Map([...Object.entries(ids).map(([name, id]) => [id, name] as const), [urgent, "urgent"]]);
    expect(work.started.map((id) => names.get(id) ?? "later")).toEqual(["urgent", "a", "d", "b", "c", "later"]);
  });

  test("jobs of the loaded model follow one another, and no city waits for another one's queue", async () => {
    const { submit, work, jobService, catalog } = testQueue();
    jobService.pauseQueue();
    submit("oak-1", { groupKey: "base|en", city: "Oakdale" });
    submit("oak-2", { groupKey: "base|en", city: "Oakdale" });
    submit("es-1", { groupKey: "base|es", city: "Mahtomedi" });
    submit("elmo-1", { groupKey: "base|en", city: "Lake Elmo" });
    submit("elmo-2", { groupKey: "base|en", city: "Lake Elmo" });
    jobService.resumeQueue();
    for (let round = 0; round < 6; round++) {
      await settled();
      for (const { finish } of [...work.open.values()]) finish();
    }
    const titles = work.started.map((id) => findJob(catalog, id)?.title);
    expect(titles).toEqual(["oak-1", "elmo-1", "oak-2", "elmo-2", "es-1"]);
  });
});

describe("failing", () => {
  test("what has a chance is tried again after a wait that doubles, and then has failed with its remedy", async () => {
    const { catalog, clock, queue, submit, work, failures } = testQueue({ settings: { attempts: 3 } });
    const id = submit("meeting");
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt++) {
      await settled();
      work.open.get(id)?.fail(new ArchivistError("tool.failed"));
      await settled();
      const row = findJob(catalog, id);
      if (row?.notBefore) waits.push(Date.parse(row.notBefore) - clock.now().getTime());
      clock.advance(3_600_000);
      queue.nudge();
    }
    expect(waits).toEqual([60_000, 120_000]);
    expect(findJob(catalog, id)).toMatchObject({ state: "failed", attempts: 3, errorCode: "tool.failed" });
    expect(failures.map(({ error }) => error.remedy)).toEqual([
      "Try again; if it fails again, send the log to support.",
    ]);
    expect(listHistory(catalog, id).map(({ kind }) => kind)).toEqual([
      "submitted",
      "started",
      "retry",
      "started",
      "retry",
      "started",
      "failed",
    ]);
  });

  test("a recovery changes the request, is in the history, and the job goes on", async () => {
    const { catalog, submit, work } = testQueue({
      recover: async (_, error) => ({
        action: "retry",
        recovery: "memory",
        message: `fewer threads after ${error.code}`,
        overrides: { threads: 1 },
      }),
    });
    const id = submit("meeting");
    await settled();
    work.open.get(id)?.fail(new ArchivistError("engine.out-of-memory"));
    await settled();
    expect(JSON.parse(findJob(catalog, id)?.overrides ?? "")).toEqual({ threads: 1 });
    const recovery = listHistory(catalog, id).find(({ kind }) => kind === "recovery");
    expect(recovery?.message).toBe("fewer threads after engine.out-of-memory");
    expect(JSON.parse(recovery?.details ?? "")).toMatchObject({ class: "memory", code: "engine.out-of-memory" });
    work.open.get(id)?.finish();
    await settled();
    expect(findJob(catalog, id)?.state).toBe("completed");
  });

  test("a recovery that fails itself loses nothing", async () => {
    const { catalog, submit, work } = testQueue({ recover: () => Promise.reject(new Error("oh")) });
    const id = submit("meeting");
    await settled();
    work.open.get(id)?.fail(new ArchivistError("media.not-media"));
    await settled();
    expect(findJob(catalog, id)).toMatchObject({ state: "failed", errorCode: "media.not-media" });
  });

  test("a job that takes longer than it may is ended; time in which the machine slept does not count", async () => {
    const slow = defineJobKind({
      type: "process",
      payload: z.unknown(),
      steps: () => [{ name: "work" }],
      run: ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(new ArchivistError("interrupted")))),
    });
    const { catalog, jobService, queue } = testQueue({ kinds: [slow], start: false });
    const { job } = jobService.submit({ type: "process", title: "slow", payload: {} });
    catalog.database.$client.prepare("UPDATE jobs SET timeout_ms = 200").run();
    queue.start();
    await expect.poll(() => findJob(catalog, job.id)?.state).toBe("failed");
    expect(findJob(catalog, job.id)).toMatchObject({ errorCode: "job.timeout" });
  });
});

describe("what failed", () => {
  test("is tried again with another request, which has to be a valid one", async () => {
    const { jobService, submit, work } = testQueue();
    const id = submit("one");
    await settled();
    work.open.get(id)?.fail(new ArchivistError("model.missing"));
    await settled();
    jobService.pauseQueue();
    const again = jobService.retry(id, { model: "base.en" }, "base.en|en");
    expect(again).toMatchObject({ state: "queued", groupKey: "base.en|en", errorCode: null });
    expect(JSON.parse(again.payload)).toMatchObject({ model: "base.en" });
  });

  test("is dismissed one by one or all at once, but nothing that is open or needed", async () => {
    const { jobService, submit, work } = testQueue();
    const ids = ["one", "two", "three"].map((title) => submit(title));
    await settled();
    for (const id of ids) work.open.get(id)?.fail(new ArchivistError("model.missing"));
    await settled();
    for (const id of ids) work.open.get(id)?.fail(new ArchivistError("model.missing"));
    await settled();
    for (const id of ids) work.open.get(id)?.fail(new ArchivistError("model.missing"));
    await settled();
    expect(ids.map((id) => jobService.find(id).state)).toEqual(["failed", "failed", "failed"]);
    jobService.pauseQueue();
    const open = submit("open");
    jobService.dismiss(ids[0] as string);
    expect(code(() => jobService.find(ids[0] as string))).toBe("job.unknown");
    expect(code(() => jobService.dismiss(open))).toBe("job.state");
    expect(jobService.dismissAll()).toBe(2);
    expect(jobService.dismissAll()).toBe(0);
    expect(jobService.find(open).state).toBe("queued");
  });
});

describe("waiting", () => {
  test("for a share or a window: seen in the row, and over when the reason is", async () => {
    let hold: StartBlock | undefined = { waitsFor: "window", message: "nothing heavy starts before 06:00" };
    const gate = { getStartBlock: () => hold, isUnblocked: () => hold === undefined };
    const { catalog, clock, submit } = testQueue({ gate });
    const id = submit("meeting");
    expect(findJob(catalog, id)).toMatchObject({ state: "waiting", waitsFor: "window" });
    hold = undefined;
    clock.advance(2_000);
    await expect.poll(() => findJob(catalog, id)?.state).toBe("running");
    expect(listHistory(catalog, id).map(({ kind }) => kind)).toEqual(["submitted", "waiting", "released", "started"]);
  });

  test("for room on the disk, after a run that had none: the try does not count", async () => {
    const gate = { ...openGate, isOpenAgain: () => false };
    const hold = { waitsFor: "disk", message: "the disk is full" } as const;
    const { catalog, submit, work } = testQueue({ gate, recover: async () => ({ action: "wait", hold }) });
    const id = submit("meeting");
    await settled();
    work.open.get(id)?.fail(new ArchivistError("disk.full"));
    await settled();
    expect(findJob(catalog, id)).toMatchObject({
      state: "waiting",
      waitsFor: "disk",
      attempts: 0,
      errorMessage: "the disk is full",
    });
  });
});

describe("ending and beginning again", () => {
  test("closing puts running jobs back; draining lets them end; nothing is lost", async () => {
    const { catalog, queue, submit, work } = testQueue({ transcription: 2 });
    const first = submit("first");
    const second = submit("second");
    submit("third");
    await settled();
    const drained = queue.stop({ drain: true });
    work.open.get(first)?.finish();
    await settled();
    expect(findJob(catalog, first)?.state).toBe("completed");
    expect(work.started).toHaveLength(2);
    queue.abort();
    await drained;
    expect(findJob(catalog, second)).toMatchObject({ state: "queued", attempts: 0 });
    expect(listHistory(catalog, second).at(-1)?.kind).toBe("released");
  });

  test("after a crash: running jobs go on, with the steps that they have done", async () => {
    const first = testQueue();
    const { submit, catalog } = first;
    const id = submit("meeting");
    await settled();
    catalog.database.$client.prepare("UPDATE job_steps SET status = 'completed', result = '7'").run();
    catalog.close();
    void first.queue.stop();
    const again = testQueue({ folder: first.folder });
    await settled();
    // The step that was done is not done again.
    expect(again.work.open.size).toBe(0);
    expect(findJob(again.catalog, id)?.state).toBe("completed");
    expect(listHistory(again.catalog, id).map(({ kind }) => kind)).toEqual([
      "submitted",
      "started",
      "crashed",
      "started",
      "completed",
    ]);
    expect(listJobSteps(again.catalog, id)).toMatchObject([{ name: "work", status: "completed", result: "7" }]);
  });

  test("a job that is there at every crash has failed after a while; getting on forgives it", async () => {
    let place = testQueue({ settings: { crashLimit: 3 } });
    const id = place.submit("poison");
    const crash = async (): Promise<void> => {
      await settled();
      place.catalog.close();
      void place.queue.stop();
      place = testQueue({ folder: place.folder, settings: { crashLimit: 3 } });
    };
    await crash();
    await crash();
    place.catalog.database.$client.prepare("UPDATE jobs SET crashes = 0").run();
    await crash();
    await crash();
    expect(findJob(place.catalog, id)?.state).toBe("running");
    await crash();
    expect(findJob(place.catalog, id)).toMatchObject({ state: "failed", errorCode: "job.crashed" });
  });

  test("old jobs are forgotten, but not one that another needs or whose batch is at work", async () => {
    const { catalog, submit, work } = testQueue({ transcription: 3 });
    const [old, needed] = [submit("old"), submit("needed")];
    submit("open", { needs: [needed, submit("not done")] });
    await settled();
    for (const id of [old, needed]) work.open.get(id)?.finish();
    await settled();
    expect(forgetEndedJobs(catalog, "2026-01-01")).toBe(0);
    expect(forgetEndedJobs(catalog, "2027-01-01")).toBe(1);
    expect(findJob(catalog, needed)?.state).toBe("completed");
  });
});

describe("listening", () => {
  test("ten times a second at most, and the last state is told", async () => {
    let report: (share: number) => void = () => undefined;
    let finish: () => void = () => undefined;
    const busy = defineJobKind({
      type: "process",
      payload: z.unknown(),
      steps: () => [],
      run: ({ report: tell }) => {
        report = (progress) => tell({ progress, stage: "transcribe" });
        return new Promise((resolve) => {
          finish = () => resolve(null);
        });
      },
    });
    const { catalog, jobService, queue } = testQueue({ kinds: [busy] });
    const told: { at: number; change: QueueChange }[] = [];
    queue.feed.listen((change) => told.push({ at: performance.now(), change }));
    // The clock goes on only when the test says so.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const { job } = jobService.submit({ type: "process", title: "busy", payload: {} });
    let share = 0;
    for (let passedMs = 0; passedMs < 650; passedMs += 5) {
      for (let burst = 0; burst < 200; burst++) {
        share += 1e-5;
        report(share);
      }
      await new Promise((resolve) => setImmediate(resolve));
      vi.advanceTimersByTime(5);
    }
    finish();
    await expect.poll(() => findJob(catalog, job.id)?.state).toBe("completed");
    vi.advanceTimersByTime(100);
    expect(told.at(-1)?.change.jobs).toContain(job.id);
    const gaps = told.slice(1).map(({ at }, index) => at - (told[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(95);
    expect(told.length).toBeLessThanOrEqual(9);
  });
});

test("time in which a job waits for its turn in a lane does not count", async () => {
  const lanes = new Lanes({ disk: 1, speech: 1, render: 1, network: 1 });
  const kind = defineJobKind({
    type: "process",
    payload: z.unknown(),
    steps: () => [{ name: "work" }],
    run: ({ signal }) =>
      lanes.run(
        "speech",
        signal,
        () =>
          new Promise((_, reject) => signal.addEventListener("abort", () => reject(new ArchivistError("interrupted")))),
      ),
  });
  let endOther: () => void = () => undefined;
  const other = lanes.run(
    "speech",
    undefined,
    () =>
      new Promise<void>((resolve) => {
        endOther = resolve;
      }),
  );
  const { catalog, jobService, queue } = testQueue({
    kinds: [kind],
    start: false,
    isWaiting: (signal) => lanes.isWaiting(signal),
  });
  const { job } = jobService.submit({ type: "process", title: "behind a long one", payload: {} });
  catalog.database.$client.prepare("UPDATE jobs SET timeout_ms = 200").run();
  queue.start();
  // Several times as long as it may take.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(findJob(catalog, job.id)?.state).toBe("running");
  endOther();
  await other;
  await expect.poll(() => findJob(catalog, job.id)?.errorCode).toBe("job.timeout");
});
