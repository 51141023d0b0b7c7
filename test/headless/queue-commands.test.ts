/** The queue, the shares and the schedules, as a person at a terminal uses them. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { archivist, type CommandResult, startArchivist } from "../support/process/archivist.ts";
import { put } from "../support/station/shares.ts";
import { longMeetingAt, meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

function place(settings: object = {}) {
  const root = temporaryFolder();
  const dataFolder = join(root, "data");
  const shares = ["Oakdale", "Lake Elmo"].map((label) => ({ label, path: join(root, label), mustBeMounted: false }));
  for (const { path } of shares) mkdirSync(path);
  mkdirSync(dataFolder);
  const whole = {
    speech: { model: "archivist-demo-en", windowSeconds: 5 },
    shares: { servers: [...shares, { label: "Away", path: join(root, "away"), mountCommand: "sudo mount /mnt/away" }] },
    cities: { members: shares.map(({ label }) => ({ name: label, shares: [label] })) },
    intake: { pollSeconds: 0.5, minAgeSeconds: 0, stablePolls: 1 },
    schedules: { pending: null },
    ...settings,
  };
  writeFileSync(join(dataFolder, "settings.json"), JSON.stringify(whole));
  const run = (...args: string[]): Promise<CommandResult> => archivist(args, { dataFolder });
  // biome-ignore lint/suspicious/noExplicitAny: the test says of each answer what must be in it
  const json = async (...args: string[]): Promise<any> => JSON.parse((await run(...args, "--json")).stdout);
  return { root, dataFolder, oakdale: join(root, "Oakdale"), elmo: join(root, "Lake Elmo"), run, json };
}

interface JobJson {
  readonly job_id: string;
  readonly status: string;
  readonly title: string;
  readonly priority: number;
}
const statuses = (answer: { jobs: readonly JobJson[] }): readonly string[] =>
  answer.jobs.map(({ title, status }) => `${title} ${status}`);

describe("jobs", () => {
  test("what failed or was cancelled is dismissed, one by one or all, and nothing else", async () => {
    const { oakdale, run, json } = place();
    for (const name of ["a.mp4", "b.mp4", "c.mp4"]) put(oakdale, name);
    await run("jobs", "add", ...["a.mp4", "b.mp4", "c.mp4"].map((name) => join(oakdale, name)));
    const { jobs } = await json("jobs", "list");
    const [a, b, c] = jobs.map(({ job_id }: JobJson) => job_id) as [string, string, string];
    await run("jobs", "cancel", a, b);
    const some = await run("jobs", "dismiss", a, c);
    expect(some.code).toBe(1);
    expect(some.stdout).toBe("a.mp4: dismissed.\n");
    expect(some.stderr).toMatch(/c\.mp4: only jobs that failed or were cancelled/);
    expect((await run("jobs", "dismiss")).stderr).toMatch(/--all/);
    expect((await run("jobs", "dismiss", "--all")).stdout).toBe("1 job dismissed.\n");
    expect(statuses(await json("jobs", "list", "--all"))).toEqual(["c.mp4 queued"]);
  });

  test("add, list, show, move, pause, resume, cancel and retry, with nobody running them", async () => {
    const { oakdale, run, json } = place();
    for (const name of ["a.mp4", "b.mp4", "c.mp4"]) put(oakdale, name);
    const added = await run("jobs", "add", join(oakdale, "a.mp4"), join(oakdale, "b.mp4"), join(oakdale, "gone.mp4"));
    expect(added.code).toBe(1);
    expect(added.stdout).toMatch(/^a\.mp4: in the queue \([0-9a-f]{8}\)\.$/m);
    expect(added.stderr).toMatch(
      /gone\.mp4: there is no such file[\s\S]*No station is running\. Start one: archivist run/,
    );
    expect((await run("jobs", "add", join(oakdale, "a.mp4"))).stdout).toMatch(/it is in the queue already/);
    await run("jobs", "add", join(oakdale, "c.mp4"), "--priority", "5");
    const listed = await json("jobs", "list");
    expect(statuses(listed)).toEqual(["c.mp4 queued", "a.mp4 queued", "b.mp4 queued"]);
    const [c, a, b] = listed.jobs.map(({ job_id }: JobJson) => job_id) as [string, string, string];

    expect((await run("jobs", "move", b, "--before", c)).code).toBe(0);
    expect(statuses(await json("jobs", "list"))).toEqual(["b.mp4 queued", "c.mp4 queued", "a.mp4 queued"]);
    expect((await run("jobs", "move", a, "--priority", "9")).code).toBe(2);
    expect((await run("jobs", "move", a)).stderr).toMatch(/--before JOB or --priority N/);
    expect((await run("jobs", "pause", a)).stdout).toBe("a.mp4: paused.\n");
    expect((await run("jobs", "list")).stdout).toMatch(/a\.mp4/);
    expect((await run("jobs", "resume", a)).stdout).toBe("a.mp4: goes on.\n");
    expect((await run("jobs", "cancel", a)).stdout).toBe("a.mp4: cancelled.\n");
    const twice = await run("jobs", "cancel", a, "nobody");
    expect(twice.code).toBe(1);
    expect(twice.stderr).toMatch(/a\.mp4: the job is cancelled: it is over already[\s\S]*nobody: there is no such job/);
    expect((await run("jobs", "retry", a)).stdout).toBe("a.mp4: in the queue again.\n");
    const shown = await run("jobs", "show", a);
    expect(shown.stdout).toMatch(
      /submitted[\s\S]*moved|submitted[\s\S]*paused[\s\S]*resumed[\s\S]*cancelled[\s\S]*retry/,
    );
    expect((await json("jobs", "show", a)).history.map(({ kind }: { kind: string }) => kind)).toEqual([
      "submitted",
      "paused",
      "resumed",
      "cancelled",
      "retry",
    ]);
    expect((await run("jobs", "pause", "--all")).stdout).toMatch(/queue is paused/);
    expect((await run("jobs", "list")).stderr).toMatch(/archivist jobs resume --all/);
    expect((await run("jobs", "pause")).code).toBe(2);
  });

  test("of a running station are cancelled from another terminal at once, and a second station says who is there", async () => {
    const { oakdale, dataFolder, run, json } = place();
    await run("jobs", "add", longMeetingAt(join(oakdale, "long.mp4")));
    const station = startArchivist(["run"], { dataFolder });
    await station.line((line) => line.includes("long.mp4: "));
    expect(statuses(await json("jobs", "list"))).toEqual(["long.mp4 running"]);
    const second = await run("run");
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/another Archivist is working in this data folder \(archivist run, process \d+/);
    const { jobs } = await json("jobs", "list");
    expect((await run("jobs", "cancel", jobs[0].job_id)).code).toBe(0);
    expect(statuses(await json("jobs", "list", "--all"))).toEqual(["long.mp4 cancelled"]);
    // Long before its work would have been done.
    expect((await json("jobs", "list", "--all")).jobs[0].progress).toBeLessThan(100);
    await station.line((line) => line.includes("long.mp4: cancelled"));
    await station.kill("SIGINT");
    expect((await station.exit).code).toBe(0);
    expect(station.stderr()).toMatch(/What is not done goes on at the next start/);
  });

  test("that are running when the station is closed go on at the next start", async () => {
    const { oakdale, dataFolder, run, json } = place();
    await run("jobs", "add", meetingAt(join(oakdale, "council.mp4"), 80, 0));
    const station = startArchivist(["run"], { dataFolder });
    // Pieces are recognized together: not each of them is in one line of its own.
    await station.line((line) => /piece (?!1 )\d+ of/.test(line));
    await station.kill("SIGTERM");
    expect((await station.exit).code).toBe(0);
    expect(statuses(await json("jobs", "list"))).toEqual(["council.mp4 queued"]);
    const again = await run("run", "--until-idle");
    expect(again.code).toBe(0);
    expect(again.stdout).not.toMatch(/piece 1 of/);
    expect(again.stdout).toMatch(/council\.mp4: completed/);
  });
});

describe("shares", () => {
  test("check says how each one is, and how to mount one that is missing", async () => {
    const { run, json } = place();
    const checked = await run("shares", "check");
    expect(checked.code).toBe(1);
    expect(checked.stdout).toMatch(/^Away +unhealthy .*Mount it: sudo mount \/mnt\/away$/m);
    expect((await run("shares", "check", "oakdale")).code).toBe(0);
    expect(await json("shares", "check")).toMatchObject({
      status: "unhealthy",
      shares: [{ status: "healthy" }, { status: "healthy" }, { condition: "not-mounted" }],
    });
    expect((await run("shares", "check", "Nowhere")).stderr).toMatch(/Nowhere: there is no share of this name/);
  });

  test("without shares in the settings it is said where they go", async () => {
    const { stderr, code } = await archivist(["shares", "list"], { dataFolder: temporaryFolder() });
    expect(code).toBe(1);
    expect(stderr).toMatch(/there are no shares in the settings\. Put the shares and cities into settings\.json/);
  });

  test("scan, files, and the dry run of ageing, which touches nothing", async () => {
    const { oakdale, run, json } = place({ lifeCycle: { onlyPublished: false } });
    meetingAt(join(oakdale, "2026-03-02 Planning Commission.mp4"));
    await run("shares", "scan", "Oakdale");
    expect((await run("shares", "scan")).stdout).toMatch(/^Oakdale: 1 file, 0 new, 0 changed, 0 gone, 1 ready\.$/m);
    expect((await json("shares", "files")).files).toMatchObject([
      {
        share: "Oakdale",
        state: "ready",
        city: "Oakdale",
        meetingDate: "2026-03-02",
        meetingType: "Planning Commission",
      },
    ]);
    expect((await run("shares", "files", "--state", "lost")).code).toBe(2);
    expect((await run("shares", "age")).stdout).toMatch(/0 recordings would be moved\. Nothing was touched/);
    expect((await run("shares", "age", "--apply")).stderr).toMatch(/Set lifeCycle\.enabled to true/);
  });
});

describe("batches", () => {
  test("run for all cities side by side, some recordings fail, and each city gets its report", async () => {
    const { oakdale, elmo, dataFolder, run, json } = place();
    meetingAt(join(oakdale, "2026-03-02 Council.mp4"));
    meetingAt(join(oakdale, "2026-01-02 too early.mp4"));
    meetingAt(join(elmo, "2026-03-03 Council.mp4"), 6, 30);
    put(elmo, "2026-03-04 broken.mp4", "not a film, but a long enough text to be looked at");
    expect((await run("batch", "create", "--city", "Nowhere")).stderr).toMatch(
      /Nowhere: there is no city.*Use one of: Oakdale, Lake Elmo/,
    );
    expect((await run("batch", "create", "--since", "2030-01-01")).stderr).toMatch(
      /no recordings were found for this batch/,
    );
    const created = await json(
      "batch",
      "create",
      "--city",
      "Oakdale",
      "--city",
      "Lake Elmo",
      "--since",
      "2026-03-01",
      "--name",
      "March",
    );
    expect(created.jobs).toHaveLength(2);
    expect(created.refused).toMatchObject([{ city: "Lake Elmo", reason: expect.stringMatching(/not a recording/) }]);
    expect((await json("batch", "show", created.batch_id)).cities).toMatchObject([
      { city: "Lake Elmo", jobs: 1, done: 0 },
      { city: "Oakdale" },
    ]);
    expect((await run("run", "--until-idle")).code).toBe(0);
    const shown = await json("batch", "show", created.batch_id.slice(0, 8));
    expect(shown.cities).toMatchObject([
      { city: "Lake Elmo", done: 1, progress: 1 },
      { city: "Oakdale", done: 1, progress: 1 },
    ]);
    const report = JSON.parse(readFileSync(join(shown.reports, "lake-elmo.json"), "utf8"));
    expect(report).toMatchObject({
      batch: "March",
      city: "Lake Elmo",
      recordings: [
        { recording: "2026-03-03 Council.mp4", status: "completed", quality_score: expect.any(Number), cause: null },
      ],
      refused: [{ path: "Lake Elmo: 2026-03-04 broken.mp4" }],
    });
    const markdown = readFileSync(join(shown.reports, "oakdale.md"), "utf8");
    expect(markdown).toMatch(/# Oakdale: March[\s\S]*1 of 1 recordings are done/);
    expect(shown.reports.startsWith(join(dataFolder, "output", "batches"))).toBe(true);
  });
});

describe("schedules", () => {
  test("are listed with their next time, and run when asked", async () => {
    const { run, json } = place({ schedules: { custom: [{ name: "noon", cron: "0 12 * * *", action: "backup" }] } });
    const { schedules } = await json("schedules", "list");
    expect(schedules.map(({ name, enabled }: { name: string; enabled: boolean }) => `${name} ${enabled}`)).toEqual([
      "pending true",
      "publish true",
      "sync false",
      "archive false",
      "backup true",
      "maintenance true",
      "noon true",
    ]);
    expect((await run("schedules", "run", "noon")).stdout).toBe("noon: put into the queue.\n");
    expect((await run("schedules", "run", "publish")).stdout).toMatch(/publishing\.automatic is false/);
    expect((await run("schedules", "run", "never")).stderr).toMatch(/never: there is no schedule of this name/);
    expect((await run("schedules", "run", "maintenance")).code).toBe(0);
    expect((await run("run", "--until-idle")).code).toBe(0);
    expect(statuses(await json("jobs", "list", "--all")).toSorted()).toEqual([
      "Backup of the catalog completed",
      "Clearing away what is no longer needed completed",
    ]);
  });

  test("a wrong expression is refused with what it should be", async () => {
    const { run } = place({ schedules: { pending: "every day" } });
    const { code, stderr } = await run("schedules", "list");
    expect(code).toBe(1);
    expect(stderr).toMatch(/every day: this is not a cron expression/);
  });
});

test("a station finds, queues and does recordings by itself", async () => {
  const { oakdale, dataFolder } = place({ schedules: { pending: "* * * * * *" } });
  const station = startArchivist(["run", "--json"], { dataFolder });
  await station.line((line) => line.includes('"event":"started"'));
  meetingAt(join(oakdale, "2026-03-02 Council.mp4"));
  await station.line((line) => /"title":"2026-03-02 Council.mp4".*"status":"completed"/.test(line));
  await station.kill("SIGINT");
  expect((await station.exit).code).toBe(0);
});
