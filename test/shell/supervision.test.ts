/** The station's process dies, hangs and cannot be opened; the program around it stands. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { openCatalog } from "../../electron/catalog/open.ts";
import { listHistory } from "../../electron/catalog/repositories/job-history.ts";
import { listJobs } from "../../electron/catalog/repositories/jobs.ts";
import { describeDataFolder } from "../../electron/config/data-folder.ts";
import type { StationState } from "../../electron/shell/station-supervisor.ts";
import { type ElectronDouble, makeElectron } from "../support/electron/double.ts";
import { PortDouble } from "../support/electron/ports.ts";
import { startProgram } from "../support/electron/program.ts";
import { projectRoot } from "../support/paths.ts";
import { random } from "../support/random.ts";
import { silentLogger } from "../support/station/silent-logger.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

type Options = Partial<
  ConstructorParameters<typeof import("../../electron/shell/station-supervisor.ts")["StationSupervisor"]>[0]
>;

/** A supervisor on a double, over a real station. */
async function supervised(options: Options = {}, dataFolder = temporaryFolder()) {
  const electron: ElectronDouble = makeElectron();
  vi.resetModules();
  vi.doMock("electron", () => electron.module);
  const { StationSupervisor } = await import("../../electron/shell/station-supervisor.ts");
  const states: StationState[] = [];
  const ended: { readonly title: string; readonly state: string }[] = [];
  const supervisor = new StationSupervisor({
    modulePath: join(import.meta.dirname, "../../electron/shell/station-process.ts"),
    arguments: { dataFolder, runFolder: temporaryFolder(), mayMakeKeyFile: false },
    environment: process.env,
    logger: silentLogger,
    onReveal: () => Promise.resolve(),
    firstPauseMs: 20,
    ...options,
  });
  supervisor.events.on("stateChanged", (state) => states.push(state));
  supervisor.events.on("jobEnded", (job) => ended.push(job));
  onTestFinished(async () => {
    await supervisor.stop(false, 5_000);
    vi.doUnmock("electron");
  });
  supervisor.start();
  const is = (kind: StationState["kind"]) => expect.poll(() => supervisor.state.kind).toBe(kind);
  return { electron, supervisor, states, ended, dataFolder, is };
}

const settings = (dataFolder: string, more: Readonly<Record<string, object>> = {}): void =>
  writeFileSync(
    join(dataFolder, "settings.json"),
    JSON.stringify({ speech: { model: "archivist-demo-en", windowSeconds: 5 }, ...more }),
  );

/** Beside a station that runs, or before one does. */
const addJob = (dataFolder: string, recording: string): void =>
  void execFileSync(process.execPath, [cli, "jobs", "add", recording, "--data-dir", dataFolder]);
const cli = join(projectRoot, "electron/headless/archivist.mjs");

test("killed at random while a job runs, it is started again; the job ends once, and the window is told", async () => {
  const dataFolder = temporaryFolder();
  // A job that brings the station down three times would be given up else.
  settings(dataFolder, { queue: { crashLimit: 1_000 } });
  const recording = meetingAt(join(temporaryFolder(), "2026-03-02 City Council.mp4"), 50, 0);
  const { supervisor, states, ended, is } = await supervised(
    { maxDeaths: Number.POSITIVE_INFINITY, maxPauseMs: 50 },
    dataFolder,
  );
  await is("ready");
  addJob(dataFolder, recording);
  const next = random(7);
  const rounds = Number(process.env.SHELL_KILLS ?? 6);
  let kills = 0;
  for (let round = 0; round < rounds; round++) {
    await is("ready");
    await new Promise((resolve) => setTimeout(resolve, next() * 700));
    if (supervisor.pid === undefined) continue;
    process.kill(supervisor.pid, "SIGKILL");
    kills++;
    await expect.poll(() => supervisor.state.kind).not.toBe("ready");
  }
  await expect.poll(() => ended.length).toBe(1);
  expect(ended[0]?.state).toBe("completed");
  expect(states.filter(({ kind }) => kind === "away")).toHaveLength(kills);
  await supervisor.stop(false);
  const catalog = openCatalog(describeDataFolder(dataFolder).catalogFile, temporaryFolder());
  onTestFinished(() => catalog.close());
  const jobs = listJobs(catalog, { types: ["process"] });
  expect(jobs.map(({ state }) => state)).toEqual(["completed"]);
  expect(listHistory(catalog, jobs[0]?.id ?? "").filter(({ kind }) => kind === "completed")).toHaveLength(1);
});

describe("a station that", () => {
  test("hangs is ended and started again", async () => {
    const { supervisor, states, is } = await supervised({ beatMs: 100, maxMissed: 5 });
    await is("ready");
    process.kill(supervisor.pid ?? 0, "SIGSTOP");
    await expect.poll(() => states.filter(({ kind }) => kind === "away").length).toBe(1);
    await is("ready");
  });

  test("is only slow after the machine has slept is forgiven", async () => {
    const { electron, supervisor, states, is } = await supervised({ beatMs: 100, maxMissed: 10 });
    await is("ready");
    const pid = supervisor.pid ?? 0;
    const child = electron.happened.utilities[0];
    if (child === undefined) throw new Error("there is no station");
    const asked = vi.spyOn(child, "postMessage");
    process.kill(pid, "SIGSTOP");
    for (const beats of [7, 14, 21]) {
      await expect.poll(() => asked.mock.calls.length).toBeGreaterThanOrEqual(beats);
      supervisor.forgive();
    }
    const answered = new Promise((resolve) => child.once("message", resolve));
    process.kill(pid, "SIGCONT");
    expect(await answered).toMatchObject({ kind: "beat" });
    expect(supervisor.pid).toBe(pid);
    expect(states.map(({ kind }) => kind)).toEqual(["starting", "ready"]);
  });

  test("dies again and again is opened to read only; a person can try again", async () => {
    const { supervisor, is } = await supervised();
    for (let death = 0; death < 3; death++) {
      await is("ready");
      process.kill(supervisor.pid ?? 0, "SIGKILL");
      await expect.poll(() => supervisor.state.kind).not.toBe("ready");
    }
    await is("ready");
    expect(supervisor.state).toMatchObject({ isSafe: true });
    await supervisor.reopen();
    await is("ready");
    expect(supervisor.state).toMatchObject({ isSafe: false });
  });

  test("dies also when it only reads is given up, in words, until a person tries again", async () => {
    const { supervisor, is } = await supervised({ maxDeaths: 2 });
    for (let death = 0; death < 4; death++) {
      await is("ready");
      process.kill(supervisor.pid ?? 0, "SIGKILL");
      await expect.poll(() => supervisor.state.kind).not.toBe("ready");
    }
    await is("failed");
    expect(supervisor.state).toMatchObject({ problem: { message: expect.stringMatching(/again and again/) } });
    await supervisor.reopen();
    await is("ready");
  });

  test("is asked twice to open anew does it once, and the data folder is free again", async () => {
    const { electron, supervisor, is } = await supervised();
    await is("ready");
    await Promise.all([supervisor.reopen(), supervisor.reopen()]);
    supervisor.start();
    await is("ready");
    expect(electron.happened.utilities.map(({ pid }) => pid !== undefined)).toEqual([false, true]);
  });

  test("has yet to begin is not taken for dead because something else has gone", async () => {
    const { electron, supervisor, is } = await supervised();
    for (const details of [{ type: "GPU" }, { type: "Utility", name: "Network Service" }, { type: "Utility" }]) {
      supervisor.lost(details);
    }
    await is("ready");
    supervisor.lost({ type: "Utility", name: "Archivist station" });
    expect(supervisor.state.kind).toBe("ready");
    expect(electron.happened.utilities).toHaveLength(1);
  });

  test("cannot be opened says why, is not tried again by itself, and opens once that is mended", async () => {
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, "settings.json"), "{ not json");
    const { supervisor, states, is } = await supervised({}, dataFolder);
    await is("failed");
    expect(supervisor.state).toMatchObject({ problem: { code: expect.stringMatching(/^settings\./) } });
    await expect.poll(() => supervisor.pid).toBeUndefined();
    // A newer program may be what it needs; it is not in the way of one.
    expect(await supervisor.prepare()).toBeUndefined();
    expect(states.filter(({ kind }) => kind === "starting")).toHaveLength(1);
    writeFileSync(join(dataFolder, "settings.json"), "{}");
    await supervisor.reopen();
    await is("ready");
  });
});

describe("a port", () => {
  test("is for whoever has signed in, and none is given while the station is away", async () => {
    const { supervisor, is } = await supervised();
    const closed = (port: PortDouble): Promise<void> => new Promise((resolve) => port.once("close", resolve));
    const [early, own] = PortDouble.pair();
    const isClosed = closed(own);
    expect(supervisor.admit(early as never, undefined)).toBe(false);
    await isClosed;
    await is("ready");
    for (const token of [undefined, "", "wrong", "x".repeat(300)]) {
      const [theirs, ours] = PortDouble.pair();
      const gone = closed(ours);
      supervisor.admit(theirs as never, token);
      await gone;
    }
  });
});

describe("before the program is replaced", () => {
  test("the catalog is backed up, and the backup read back", async () => {
    const { supervisor, is, dataFolder } = await supervised();
    expect(await supervisor.prepare()).toBe("the station is away just now");
    await is("ready");
    const answers = await Promise.all([supervisor.prepare(), supervisor.prepare()]);
    expect(answers).toEqual([undefined, undefined]);
    const { backups } = describeDataFolder(dataFolder);
    expect(readdirSync(backups).filter((name) => name.startsWith("catalog-"))).toHaveLength(1);
  });

  test("a job that runs is in the way, and so is a station that dies meanwhile", async () => {
    const dataFolder = temporaryFolder();
    settings(dataFolder);
    addJob(dataFolder, meetingAt(join(temporaryFolder(), "2026-03-02 City Council.mp4"), 90, 0));
    const running = Promise.withResolvers<void>();
    const { supervisor, is } = await supervised({}, dataFolder);
    supervisor.events.on("activity", (activity) => (activity.running > 0 ? running.resolve() : undefined));
    await running.promise;
    await is("ready");
    expect(await supervisor.prepare()).toBe("a job is running");
    const answer = supervisor.prepare();
    process.kill(supervisor.pid ?? 0, "SIGKILL");
    expect(await answer).toMatch(/running|away/);
    await is("ready");
  });

  test("a backup that cannot be made is in the way", async () => {
    const { supervisor, is, dataFolder } = await supervised();
    await is("ready");
    const { backups } = describeDataFolder(dataFolder);
    rmSync(backups, { recursive: true, force: true });
    writeFileSync(backups, "no folder");
    expect(await supervisor.prepare()).toMatch(/./);
    expect(readFileSync(backups, "utf8")).toBe("no folder");
  });
});

describe("ending", () => {
  test("while nothing runs asks nobody; the station is closed in an orderly way, and no process is left", async () => {
    const { electron, happened, isReady } = await startProgram();
    await isReady();
    const pid = happened.utilities[0]?.pid ?? 0;
    electron.module.app.quit();
    await expect.poll(() => happened.hasQuit).toBe(true);
    expect(happened.questions).toEqual([]);
    expect(() => process.kill(pid, 0)).toThrow();
    expect(happened.blockers.size).toBe(0);
    expect(happened.trays[0]?.isDestroyed).toBe(true);
  });

  test("while a job runs asks: stay, now, or when it is done", async () => {
    const dataFolder = temporaryFolder();
    settings(dataFolder);
    const recording = meetingAt(join(temporaryFolder(), "2026-03-02 City Council.mp4"), 90, 0);
    addJob(dataFolder, recording);
    const { electron, happened } = await startProgram({ dataFolder });
    await expect.poll(() => happened.blockers.size).toBe(1);
    await expect.poll(() => happened.windows[0]?.progress ?? -1).toBeGreaterThanOrEqual(0);
    expect(happened.trays[0]?.tip).toMatch(/1 running/);
    happened.answers.push(0);
    electron.module.app.quit();
    await expect.poll(() => happened.questions.length).toBe(1);
    expect(happened.questions[0]?.message).toBe("A job is running.");
    expect(happened.hasQuit).toBe(false);
    happened.answers.push(2);
    electron.module.app.quit();
    await expect.poll(() => happened.hasQuit).toBe(true);
    const catalog = openCatalog(describeDataFolder(dataFolder).catalogFile, temporaryFolder());
    onTestFinished(() => catalog.close());
    expect(listJobs(catalog, { types: ["process"] }).map(({ state }) => state)).toEqual(["completed"]);
  });

  test("now leaves the job as a row, and no engine behind; it goes on at the next start", async () => {
    const dataFolder = temporaryFolder();
    settings(dataFolder);
    const recording = meetingAt(join(temporaryFolder(), "2026-03-02 City Council.mp4"), 90, 0);
    addJob(dataFolder, recording);
    const first = await startProgram({ dataFolder });
    await expect.poll(() => first.happened.blockers.size).toBe(1);
    first.happened.answers.push(1);
    first.electron.module.app.quit();
    await expect.poll(() => first.happened.hasQuit).toBe(true);
    const left = readdirSync("/proc")
      .filter((pid) => /^\d+$/.test(pid))
      .filter((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(dataFolder);
        } catch {
          return false;
        }
      });
    expect(left).toEqual([]);
    const second = await startProgram({ dataFolder });
    await expect.poll(() => second.happened.notifications.length).toBe(1);
    expect(second.happened.notifications[0]?.options.title).toBe("Captions are there");
  });
});
