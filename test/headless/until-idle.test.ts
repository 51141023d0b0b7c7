/** `run --until-idle`: does all that was found, ends, and says what it left and why. */
import { mkdirSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { archivist } from "../support/process/archivist.ts";
import { put } from "../support/station/shares.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

function place(intake: object = {}, more: object = {}) {
  const root = temporaryFolder();
  const share = join(root, "flex");
  const dataFolder = join(root, "data");
  for (const folder of [share, dataFolder]) mkdirSync(folder);
  const settings = {
    speech: { model: "archivist-demo-en", windowSeconds: 5 },
    shares: { servers: [{ label: "Flex", path: share, mustBeMounted: false }], checkSeconds: 1 },
    cities: { members: [{ name: "Oakdale", shares: ["Flex"], folders: ["oakdale"] }] },
    intake: { pollSeconds: 0.5, minAgeSeconds: 0, stablePolls: 2, maxAgeDays: 3_650, ...intake },
    schedules: { pending: null },
    ...more,
  };
  writeFileSync(join(dataFolder, "settings.json"), JSON.stringify(settings));
  const run = (...args: string[]) => archivist(args, { dataFolder });
  const states = async (): Promise<readonly string[]> => {
    const { files } = JSON.parse((await run("shares", "files", "--json")).stdout) as {
      files: { path: string; state: string }[];
    };
    return files.map(({ path, state }) => `${path} ${state}`).toSorted();
  };
  return { share, run, states };
}

describe("run --until-idle", () => {
  test("does what an earlier scan has found ready, after a restart as well, and what it finds itself", async () => {
    const { share, run, states } = place();
    meetingAt(join(share, "oakdale", "2026-01-05 council.mp4"));
    for (let look = 0; look < 3; look++) await run("shares", "scan");
    expect(await states()).toEqual(["oakdale/2026-01-05 council.mp4 ready"]);
    // More than a second before the first station ended: nothing is known of it yet.
    meetingAt(join(share, "oakdale", "2026-01-06 council.mp4"), 7);
    const first = await run("run", "--until-idle");
    expect(first).toMatchObject({ code: 0 });
    expect(first.stderr).toMatch(/Nothing is left to do\./);
    expect(first.stdout).toMatch(/2026-01-05 council\.mp4: completed/);
    expect(first.stdout).toMatch(/2026-01-06 council\.mp4: completed/);
    expect(await states()).toEqual(["oakdale/2026-01-05 council.mp4 done", "oakdale/2026-01-06 council.mp4 done"]);
    const again = await run("run", "--until-idle");
    expect(again).toMatchObject({ code: 0, stdout: "" });
  });

  test("says what it leaves and why", async () => {
    const { share, run, states } = place({}, { queue: { attempts: 1 } });
    meetingAt(join(share, "inbox", "council.mp4"));
    const broken = meetingAt(join(share, "oakdale", "broken.mp4"), 20);
    truncateSync(broken, Math.floor(statSync(broken).size / 2));
    put(share, "oakdale/empty.mp4", "");
    const old = meetingAt(join(share, "oakdale", "old.mp4"), 8);
    utimesSync(old, 1_000, 1_000);
    const paused = meetingAt(join(temporaryFolder(), "paused.mp4"), 9);
    await run("jobs", "add", paused);
    const { jobs } = JSON.parse((await run("jobs", "list", "--json")).stdout) as { jobs: { job_id: string }[] };
    await run("jobs", "pause", jobs[0]?.job_id ?? "");
    const { code, stdout } = await run("run", "--until-idle");
    expect(code).toBe(0);
    expect(
      stdout
        .split("\n")
        .filter((line) => line.startsWith("Left: "))
        .toSorted(),
    ).toEqual([
      expect.stringMatching(/^Left: Flex: inbox\/council\.mp4: it lies in no city's folder$/),
      expect.stringMatching(/^Left: Flex: oakdale\/broken\.mp4: .*incomplete/),
      expect.stringMatching(/^Left: Flex: oakdale\/empty\.mp4: it is empty so far$/),
      expect.stringMatching(/^Left: Flex: oakdale\/old\.mp4: older than 3650 days, which only a batch takes$/),
      expect.stringMatching(/^Left: paused\.mp4: it is paused$/),
    ]);
    expect(await states()).toContain("inbox/council.mp4 ready");
  });

  test("takes nothing by itself where that is switched off, and says so line by line", async () => {
    const { share, run, states } = place({ automatic: false });
    meetingAt(join(share, "oakdale", "council.mp4"));
    for (let look = 0; look < 3; look++) await run("shares", "scan");
    const { code, stdout } = await run("run", "--until-idle", "--json");
    expect(code).toBe(0);
    const left = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { event: string })
      .filter(({ event }) => event === "left");
    expect(left).toEqual([
      {
        event: "left",
        kind: "file",
        name: "Flex: oakdale/council.mp4",
        reason: expect.stringMatching(/intake\.automatic/),
      },
    ]);
    expect(await states()).toEqual(["oakdale/council.mp4 ready"]);
  });

  test("ends where a share is away, and says which", async () => {
    const { run } = place(
      {},
      {
        shares: { servers: [{ label: "Away", path: join(temporaryFolder(), "gone") }], checkSeconds: 1 },
        cities: { members: [{ name: "Oakdale", shares: ["Away"] }] },
      },
    );
    const { code, stdout } = await run("run", "--until-idle");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Left: Away: /m);
  });
});
