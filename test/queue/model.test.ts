/** The queue against a naive model: whatever is done to it in any order, no job is lost and none is done twice. */
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { type Catalog, openCatalog } from "../../electron/catalog/open.ts";
import { findJob, listJobs } from "../../electron/catalog/repositories/jobs.ts";
import { ArchivistError } from "../../electron/contract/errors.ts";
import { settingsSchema } from "../../electron/contract/settings.ts";
import { JobQueue } from "../../electron/queue/job-queue.ts";
import { JobService } from "../../electron/queue/job-service.ts";
import { Lanes } from "../../electron/queue/lanes.ts";
import { ManualClock } from "../support/queue/manual-clock.ts";
import { ManualJobs, settled } from "../support/queue/manual-jobs.ts";
import { silentLogger } from "../support/station/silent-logger.ts";
import { temporaryFolder } from "../support/temporary.ts";

const places = { transcription: 3, export: 1, render: 1, network: 1, maintenance: 1, background: 1 };
const speechWidth = 2;
const settings = settingsSchema.parse({ queue: { attempts: 2, retrySeconds: 60, crashLimit: 1_000 } }).queue;

type Expected = "open" | "completed" | "failed" | "cancelled";

interface ModelJob {
  state: Expected;
  priority: number;
  paused: boolean;
  /** Tries that count. */
  attempts: number;
  /** It waits between two tries, until then. */
  notBefore: number;
  /** Ends well since it was last asked for. */
  completions: number;
}

interface Model {
  readonly jobs: Map<string, ModelJob>;
  queuePaused: boolean;
}

class Real {
  readonly clock = new ManualClock();
  readonly #folder = temporaryFolder();
  catalog!: Catalog;
  work!: ManualJobs;
  queue!: JobQueue;
  jobService!: JobService;
  readonly model: Model;
  readonly violations: string[] = [];

  constructor(model: Model) {
    this.model = model;
    this.open();
  }

  open(): void {
    this.catalog = openCatalog(join(this.#folder, "catalog.db"), join(this.#folder, "backups"));
    const lanes = new Lanes({ disk: 1, speech: speechWidth, render: 1, network: 1 });
    this.work = new ManualJobs({ lanes, onStart: (id) => this.#checkTurn(id) });
    const { catalog, clock } = this;
    const kinds = [this.work.kind];
    this.queue = new JobQueue({
      catalog,
      clock,
      logger: silentLogger,
      kinds,
      settings,
      poolSizes: places,
      gate: { getStartBlock: () => undefined, isUnblocked: () => true },
      recover: async () => ({ action: "none" }),
      random: () => 1,
    });
    this.jobService = new JobService({ catalog, clock, kinds, maxJobs: 1_000 });
    this.jobService.events.on("changed", () => this.queue.nudge());
    this.queue.start();
  }

  /** Nobody who is more urgent and might start was passed over. */
  #checkTurn(id: string): void {
    const now = this.clock.now().getTime();
    const own = this.model.jobs.get(id)?.priority ?? 0;
    const running = new Set(listJobs(this.catalog, { states: ["running"] }).map((job) => job.id));
    for (const [other, job] of this.model.jobs) {
      const mayStart = job.state === "open" && !job.paused && job.notBefore <= now && !running.has(other);
      // A job that was withdrawn and asked for again waits for its old run to end.
      const isEnding = this.work.open.has(other);
      if (mayStart && !isEnding && job.priority > own) this.violations.push(`${other} was passed over for ${id}`);
    }
    if (running.size > places.transcription) this.violations.push(`${running.size} jobs run`);
  }

  /** As kill -9: nothing is written any more, nothing is cleaned up. */
  crash(): void {
    this.catalog.close();
    void this.queue.stop();
  }
}

function check(model: Model, real: Real): void {
  expect(real.violations).toEqual([]);
  expect(real.work.most).toBeLessThanOrEqual(speechWidth);
  const now = real.clock.now().getTime();
  let startable = 0;
  for (const [id, expected] of model.jobs) {
    const row = findJob(real.catalog, id);
    expect(row, "a job is lost").toBeDefined();
    if (row === undefined) continue;
    const state = ["queued", "running", "waiting"].includes(row.state) ? "open" : row.state;
    expect(state).toBe(expected.state);
    expect(row.priority).toBe(expected.priority);
    expect(row.paused && state === "open").toBe(expected.paused && state === "open");
    expect(expected.completions).toBeLessThanOrEqual(1);
    const isEnding = row.state !== "running" && real.work.open.has(id);
    if (row.state === "queued" && !isEnding && !expected.paused && expected.notBefore <= now) startable++;
  }
  // Work that was withdrawn keeps its place until it has really ended.
  const running = listJobs(real.catalog, { states: ["running"] }).length;
  expect(running).toBeLessThanOrEqual(real.queue.runningCount);
  if (!model.queuePaused && startable > 0) expect(real.queue.runningCount).toBe(places.transcription);
}

/** The job that a number means, of those that are there. */
function pick<T>(list: readonly T[], number: number): T | undefined {
  return list[number % Math.max(1, list.length)];
}

type Step = fc.AsyncCommand<Model, Real>;

function command(name: string, run: (model: Model, real: Real) => Promise<void> | void): Step {
  return {
    check: () => true,
    run: async (model, real) => {
      await run(model, real);
      await settled();
      check(model, real);
    },
    toString: () => name,
  };
}

const onJob = (name: string, act: (job: ModelJob, id: string, model: Model, real: Real) => void): fc.Arbitrary<Step> =>
  fc.nat(1_000).map((number) =>
    command(`${name} ${number}`, (model, real) => {
      const [id, job] = pick([...model.jobs], number) ?? [];
      if (id !== undefined && job !== undefined) act(job, id, model, real);
    }),
  );

const refusal = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (thrown) {
    return (thrown as ArchivistError).code;
  }
};

const submit = fc.integer({ min: 1, max: 5 }).map((priority) =>
  command(`submit ${priority}`, (model, real) => {
    // The model has it before it can start.
    const pause = model.queuePaused;
    real.jobService.pauseQueue();
    const { job } = real.jobService.submit({ type: "process", title: "meeting", payload: {}, priority });
    model.jobs.set(job.id, { state: "open", priority, paused: false, attempts: 0, notBefore: 0, completions: 0 });
    if (!pause) real.jobService.resumeQueue();
  }),
);

const cancel = onJob("cancel", (job, id, _, real) => {
  const wasOpen = job.state === "open";
  if (wasOpen) job.state = "cancelled";
  expect(refusal(() => real.jobService.cancel(id))).toBe(wasOpen ? undefined : "job.state");
  // At once, whatever it was doing.
  if (wasOpen) expect(findJob(real.catalog, id)?.state).toBe("cancelled");
});

const pause = onJob("pause", (job, id, _, real) => {
  const may = job.state === "open" && !job.paused;
  if (may) job.paused = true;
  expect(refusal(() => real.jobService.pause(id))).toBe(may ? undefined : "job.state");
});

const resume = onJob("resume", (job, id, _, real) => {
  const may = job.state === "open" && job.paused;
  if (may) job.paused = false;
  expect(refusal(() => real.jobService.resume(id))).toBe(may ? undefined : "job.state");
});

const retry = onJob("retry", (job, id, _, real) => {
  const may = job.state === "failed" || job.state === "cancelled";
  if (may) Object.assign(job, { state: "open", paused: false, attempts: 0, notBefore: 0, completions: 0 });
  expect(refusal(() => real.jobService.retry(id))).toBe(may ? undefined : "job.state");
});

const setPriority = fc.tuple(fc.nat(1_000), fc.integer({ min: 1, max: 5 })).map(([number, priority]) =>
  command(`prioritise ${number} ${priority}`, (model, real) => {
    const [id, job] = pick([...model.jobs], number) ?? [];
    if (id === undefined || job === undefined) return;
    const may = job.state === "open";
    if (may) job.priority = priority;
    expect(refusal(() => real.jobService.setPriority(id, priority))).toBe(may ? undefined : "job.state");
  }),
);

const drag = fc.tuple(fc.nat(1_000), fc.nat(1_000)).map(([number, target]) =>
  command(`drag ${number} before ${target}`, (model, real) => {
    const [id, job] = pick([...model.jobs], number) ?? [];
    const [beforeId, before] = pick([...model.jobs], target) ?? [];
    if (!id || !job || !beforeId || !before) return;
    const may = job.state === "open" && id !== beforeId;
    if (may) job.priority = before.priority;
    expect(refusal(() => real.jobService.moveBefore(id, beforeId))).toBe(may ? undefined : "job.state");
  }),
);

const onWork = (name: string, act: (job: ModelJob, id: string, model: Model, real: Real) => void): fc.Arbitrary<Step> =>
  fc.nat(1_000).map((number) =>
    command(`${name} ${number}`, (model, real) => {
      const id = pick([...real.work.open.keys()], number);
      const job = id === undefined ? undefined : model.jobs.get(id);
      if (id !== undefined && job !== undefined) act(job, id, model, real);
    }),
  );

/** What a run says that was withdrawn no longer counts. */
const counts = (id: string, real: Real): boolean => findJob(real.catalog, id)?.state === "running";

const finish = onWork("finish", (job, id, _, real) => {
  if (counts(id, real)) {
    job.state = "completed";
    job.completions++;
  }
  real.work.open.get(id)?.finish();
});

const fail = onWork("fail", (job, id, _, real) => {
  if (counts(id, real)) {
    job.attempts++;
    if (job.attempts >= settings.attempts) job.state = "failed";
    else job.notBefore = real.clock.now().getTime() + settings.retrySeconds * 1000;
  }
  real.work.open.get(id)?.fail(new ArchivistError("tool.failed"));
});

const failForGood = onWork("fail for good", (job, id, _, real) => {
  if (counts(id, real)) job.state = "failed";
  real.work.open.get(id)?.fail(new ArchivistError("media.not-media"));
});

const pauseQueue = fc.constant(
  command("pause the queue", (model, real) => {
    model.queuePaused = true;
    real.jobService.pauseQueue();
  }),
);
const resumeQueue = fc.constant(
  command("resume the queue", (model, real) => {
    model.queuePaused = false;
    real.jobService.resumeQueue();
  }),
);
const time = fc.integer({ min: 1, max: 100 }).map((seconds) =>
  command(`${seconds} s pass`, (_, real) => {
    real.clock.advance(seconds * 1000);
    real.queue.nudge();
  }),
);
const crash = fc.constant(
  command("crash and start again", (_, real) => {
    real.crash();
    real.open();
  }),
);
const stubborn = fc.boolean().map((on) =>
  command(on ? "work does not stop when told" : "work stops when told", (_, real) => {
    real.work.stubborn = on;
  }),
);
const restart = fc.constant(
  command("close and start again", async (_, real) => {
    // Closing waits for what does not stop: here somebody ends it.
    for (const { fail: end } of real.work.open.values()) end(new ArchivistError("interrupted"));
    real.work.stubborn = false;
    await real.queue.stop();
    expect(listJobs(real.catalog, { states: ["running"] })).toEqual([]);
    real.catalog.close();
    real.open();
  }),
);

test("any order of everything that can happen: no job is lost, none is done twice, the urgent go first", async () => {
  const commands = fc.commands(
    [submit, submit, submit, cancel, pause, resume, retry, setPriority, drag, finish, finish, fail, failForGood].concat(
      [pauseQueue, resumeQueue, resumeQueue, time, crash, restart, stubborn],
    ),
    { maxCommands: 60, size: "max" },
  );
  const opened: Real[] = [];
  onTestFinished(async () => {
    for (const real of opened) real.catalog.close();
  });
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      const model: Model = { jobs: new Map(), queuePaused: false };
      const real = new Real(model);
      opened.push(real);
      try {
        await fc.asyncModelRun(() => ({ model, real }), sequence);
      } finally {
        real.work.stubborn = false;
        for (const { finish: end } of real.work.open.values()) end();
        await real.queue.stop();
      }
    }),
    { numRuns: Number(process.env.ARCHIVIST_TEST_RUNS ?? 60) },
  );
});
