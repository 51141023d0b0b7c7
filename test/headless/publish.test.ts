/** Publishing from the command line and by the queue, and that no secret is ever told. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { storeCredentials } from "../../electron/cablecast/connect.ts";
import { practiceCredentials } from "../../electron/cablecast/emulator/emulator.ts";
import { emptyShow } from "../../electron/cablecast/emulator/seed.ts";
import { FileSecrets } from "../../electron/config/secrets.ts";
import { archivist, startArchivist } from "../support/process/archivist.ts";
import { testEmulator } from "../support/publishing/cablecast.ts";
import { filesBelow } from "../support/station/outputs.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const recording = meetingAt(
  join(mkdtempSync(join(tmpdir(), "archivist-publish-")), "2026-03-02 Oakdale City Council.mp4"),
  40,
  0,
);
afterAll(() => rmSync(dirname(recording), { recursive: true, force: true }));

const speech = { model: "archivist-demo-en" };

async function transcribeIn(dataFolder: string): Promise<string> {
  const { stdout } = await archivist(["transcribe", recording, "--json"], { dataFolder });
  return (JSON.parse(stdout) as { results: { transcription_id: string }[] }).results[0]?.transcription_id ?? "";
}

/** The meeting is transcribed once, where no settings matter; a test begins with a copy of that data folder. */
const transcribed = (() => {
  let made: Promise<{ readonly folder: string; readonly id: string }> | undefined;
  return () => {
    made ??= (async () => {
      const folder = join(dirname(recording), "data");
      mkdirSync(folder);
      writeFileSync(join(folder, "settings.json"), JSON.stringify({ speech }));
      return { folder, id: await transcribeIn(folder) };
    })();
    return made;
  };
})();

async function place(
  settings: object = {},
  more: { readonly publishing?: object; readonly [group: string]: unknown } = {},
) {
  const emulator = await testEmulator();
  const dataFolder = temporaryFolder();
  const cablecast = {
    url: emulator.url,
    contentFolder: emulator.content,
    pollSeconds: 0.01,
    captionsMinutes: 2,
    retrySeconds: 0,
  };
  const whole = {
    speech,
    log: { level: "debug" },
    cablecast: { ...cablecast, ...settings },
    ...more,
    publishing: { needsApproval: false, ...more.publishing },
  };
  const keepSettings = (): void => writeFileSync(join(dataFolder, "settings.json"), JSON.stringify(whole));
  keepSettings();
  await storeCredentials(new FileSecrets(join(dataFolder, "secrets.json"), {}), practiceCredentials);
  const run = (...args: string[]) => archivist(args, { dataFolder });
  const transcribe = async (): Promise<string> => {
    // What a city's rules make of it is made with them.
    if ("cities" in more) return transcribeIn(dataFolder);
    const { folder, id } = await transcribed();
    cpSync(folder, dataFolder, { recursive: true, force: true });
    keepSettings();
    return id;
  };
  return { emulator, dataFolder, run, recording, transcribe };
}

describe("publish", () => {
  test("one click, read back; again nothing is made; the dry run changes nothing", async () => {
    const { emulator, run, transcribe } = await place();
    const id = await transcribe();
    const dry = await run("publish", id, "--dry-run");
    expect(dry.stdout).toMatch(
      /nothing is changed, this would be done\n[\s\S]*\n {2}\+ show +a show "Oakdale City Council 2026-03-02" would be made/,
    );
    expect(emulator.tables.all("vods")).toEqual([]);
    const first = JSON.parse((await run("publish", id.slice(0, 8), "--json")).stdout);
    expect(first.results).toMatchObject([
      { status: "published", captions_verified: "yes", missing: [], url: expect.stringMatching(/vod\.mp4$/) },
    ]);
    const second = await run("publish", id);
    expect(second.code).toBe(0);
    expect(second.stdout).toMatch(/captions +read back and right/);
    expect(emulator.tables.all("vods")).toHaveLength(1);
    expect((await run("publish", "--all-ready")).stdout).toMatch(/nothing that may be published now/);
  });

  test("one that is not there keeps none of the others from it; what makes no sense is refused", async () => {
    const { emulator, run, transcribe } = await place();
    const id = await transcribe();
    const { code, stdout } = await run("publish", "ffff", id, "--json");
    const { results } = JSON.parse(stdout);
    expect([code, results.map(({ status }: { status: string }) => status)]).toEqual([1, ["failed", "published"]]);
    for (const args of [
      ["publish", id, "--title", ""],
      ["publish", id, "--all-ready"],
      ["publish", "--all-ready", "--title", "X"],
    ]) {
      expect((await run(...args)).code).toBe(2);
    }
    expect(emulator.tables.all("vods")).toHaveLength(1);
  });

  test("says what is wrong: no such transcription, no server, nobody signed in", async () => {
    const { run, transcribe } = await place();
    expect((await run("publish", "ffff")).stderr).toMatch(/ffff: there is no such transcription/);
    expect((await run("publish")).code).toBe(2);
    await transcribe();
    const { code, stderr } = await archivist(["cablecast", "check"], { dataFolder: temporaryFolder() });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/address of the Cablecast server is not set\. Set cablecast\.url/),
    ]);
  });

  test("nothing goes that is not approved where that is asked for, by hand or by itself", async () => {
    const { emulator, run, transcribe } = await place({}, { publishing: { needsApproval: true, automatic: true } });
    const id = await transcribe();
    expect((await run("publish", id)).stderr).toMatch(/its captions have not been approved/);
    expect((await run("schedules", "run", "publish")).stdout).toMatch(/0 put into the queue/);
    expect(emulator.tables.all("vods")).toEqual([]);
  });

  test("by the schedule, through the queue, with every step as a row", async () => {
    const { emulator, run, transcribe } = await place({}, { publishing: { automatic: true } });
    const id = await transcribe();
    expect((await run("schedules", "run", "publish")).stdout).toBe("publish: 1 put into the queue.\n");
    expect((await run("run", "--until-idle")).code).toBe(0);
    const { jobs } = JSON.parse((await run("jobs", "list", "--all", "--json")).stdout);
    expect(jobs).toMatchObject([{ type: "publish", status: "completed", result: { captionsVerified: "yes" } }]);
    const { steps } = JSON.parse((await run("jobs", "show", jobs[0].job_id, "--json")).stdout);
    expect(steps.map(({ name, status }: { name: string; status: string }) => `${name} ${status}`)).toEqual([
      "show completed",
      "recording completed",
      "sidecar completed",
      "fields completed",
      "vod completed",
      "chapters completed",
      "watchable completed",
      "thumbnail completed",
      "read back completed",
    ]);
    expect(emulator.tables.all("vods")).toHaveLength(1);
    expect((await run("schedules", "run", "publish")).stdout).toMatch(/0 put into the queue/);
    expect(id).not.toBe("");
  });
});

describe("a command that is killed", () => {
  const words = [
    "linking the recording",
    "placing the captions",
    "filling in the show",
    "making the VOD",
    "making chapters",
    "waiting for the VOD",
    "looking at the thumbnail",
    "reading the captions back",
  ];

  test("after each step, and started again: one of each, and no call that makes something comes twice", async () => {
    const { emulator, dataFolder, run, transcribe } = await place();
    const id = await transcribe();
    for (const word of words) {
      const program = startArchivist(["publish", id], { dataFolder });
      await program.line((line) => line.includes(word));
      await program.kill("SIGKILL");
    }
    const { results } = JSON.parse((await run("publish", id, "--json")).stdout);
    expect(results).toMatchObject([{ status: "published", captions_verified: "yes" }]);
    const { tables } = emulator;
    expect(tables.all("shows").filter(({ localId }) => typeof localId === "string")).toHaveLength(1);
    for (const name of ["media", "reels", "vods"] as const) expect(tables.all(name)).toHaveLength(1);
    const chapters = tables.all("chapters").map(({ title, offset }) => `${offset} ${title}`);
    expect(chapters.length).toBeGreaterThan(0);
    expect(new Set(chapters).size).toBe(chapters.length);
  });
});

describe("what may be said for one publication", () => {
  test("title, description, tags, quality, no captions; what has no place is told", async () => {
    const { emulator, run, transcribe } = await place({}, { cities: { members: [oakdale] } });
    const id = await transcribe();
    const said = [
      "--title",
      "Special meeting",
      "--description",
      "As it was.",
      "--tags",
      "streets, budget",
      "--quality",
      "480",
    ];
    const { results } = JSON.parse((await run("publish", id, ...said, "--no-captions", "--json")).stdout);
    expect(results).toMatchObject([
      {
        captions_verified: "no",
        missing: [
          "the tags have no place on the server: set cablecast.tagField of the city in the settings",
          "the quality 480 is not applicable: the location has no VOD configuration for it",
          "published without captions, as was asked",
        ],
      },
    ]);
    expect(emulator.tables.get("shows", results[0].show_id)).toMatchObject({
      title: "Special meeting",
      cgTitle: "Special meeting",
      comments: "As it was.",
      hasCaptions: false,
    });
    // With captions after all; what was said before stays.
    expect(JSON.parse((await run("publish", id, "--json")).stdout).results).toMatchObject([
      { captions_verified: "yes" },
    ]);
    expect(emulator.tables.get("shows", results[0].show_id)).toMatchObject({ cgTitle: "Special meeting" });
  });

  test("a package instead, that is gone when its folder is", async () => {
    const folder = temporaryFolder();
    const { run, transcribe } = await place({}, { generic: { folder } });
    const id = await transcribe();
    const { results } = JSON.parse((await run("publish", id, "--target", "generic", "--json")).stdout);
    expect(results).toMatchObject([{ show_id: null, captions_verified: "yes", missing: [] }]);
    expect(results[0].vod_id).toMatch(/^package:unknown city\/2026-03-02 /);
    const left = await run("unpublish", id);
    expect([left.code, left.stdout + left.stderr]).toEqual([
      1,
      expect.stringMatching(/is still there.*delete the folder/s),
    ]);
    rmSync(join(folder, "unknown city"), { recursive: true });
    expect((await run("unpublish", id)).stdout).toMatch(/is gone; it is not published again by itself/);
    expect((await run("cablecast", "vods")).stdout).toMatch(/removed/);
  });
});

/** A city whose recordings lie anywhere. */
const oakdale = { name: "Oakdale", shares: ["Oakdale"] };

describe("what is published by itself", () => {
  test("is the newest of a recording, once in each place, and nothing that was not there is looked for without end", async () => {
    const folder = temporaryFolder();
    const { emulator, run, recording, transcribe } = await place({}, { generic: { folder } });
    await transcribe();
    await run("transcribe", recording, "--force");
    const ready = async (...more: string[]) =>
      JSON.parse((await run("publish", "--all-ready", "--json", ...more)).stdout).results.length;
    expect(await ready("--target", "generic")).toBe(1);
    // A package is no VOD: on Cablecast it has not been published.
    expect(await ready("--dry-run")).toBe(1);
    expect(await ready()).toBe(1);
    expect(await ready()).toBe(0);
    expect(emulator.tables.all("vods")).toHaveLength(1);
  });

  test("captions that were not there yet are read back later, whether anything is published by itself or not", async () => {
    const { emulator, run, transcribe } = await place({ captionsMinutes: 0 });
    const id = await transcribe();
    emulator.faults.hideCaptions = true;
    expect((await run("publish", id)).stdout).toMatch(/not there yet; they are looked for again later/);
    expect((await run("cablecast", "vods")).stdout).toMatch(/not yet/);
    emulator.faults.hideCaptions = false;
    expect((await run("schedules", "run", "publish")).stdout).toMatch(
      /publishing\.automatic is false; 1 to be read back/,
    );
    await run("run", "--until-idle");
    expect((await run("cablecast", "vods")).stdout).toMatch(/published +yes/);
    expect((await run("schedules", "run", "publish")).stdout).not.toMatch(/read back/);
  });
});

describe("the server and the station", () => {
  test("are compared: shows, links, what both say; a person decides what no rule does", async () => {
    const { emulator, run, transcribe } = await place();
    const id = await transcribe();
    const show = emulator.tables.add("shows", {
      ...emptyShow,
      title: "Oakdale City Council",
      location: 1,
      eventDate: "2026-03-02T19:00:00-06:00",
      lastModified: "2026-03-01T10:00:00Z",
    });
    const first = await run("cablecast", "sync");
    expect(first.stdout).toMatch(/^all shows: 6 new, 0 changed, 0 removed.*; 1 recordings linked; 0 fields written/);
    expect((await run("cablecast", "link", id)).stdout).toMatch(/: show \d+ \(the same title and date\)[\s\S]*0\.95/);
    expect((await run("cablecast", "shows", "--search", "oakdale")).stdout).toMatch(
      new RegExp(`${show.id} +2026-03-02 .* yes +Oakdale City Council`),
    );
    // Nothing is written before it is published.
    expect(emulator.tables.get("shows", show.id)).toMatchObject({ comments: null });
    await run("publish", id);
    const comments = emulator.tables.get("shows", show.id)?.comments;
    emulator.tables.change("shows", show.id, { comments: "Edited there.", lastModified: new Date().toISOString() });
    const second = JSON.parse((await run("cablecast", "sync", "--json")).stdout);
    expect(second).toMatchObject({ shows: { mode: "incremental" }, metadata: { pulled: 1, open: 0 } });
    expect(typeof comments).toBe("string");
    // Both sides: the station's engineer says it one way, the server another.
    emulator.tables.change("shows", show.id, { comments: "Edited again.", lastModified: new Date().toISOString() });
    await run("publish", id, "--description", "Said here.");
    expect(emulator.tables.get("shows", show.id)).toMatchObject({ comments: "Said here." });
    expect((await run("cablecast", "conflicts")).stdout).toBe("Nothing has to be decided.\n");
    expect((await run("cablecast", "resolve", "abc", "description", "ours")).stderr).toMatch(/nothing to decide/);
    expect((await run("cablecast", "vods")).stdout).toMatch(/complete +yes +0 /);
  });

  test("a VOD that a person removes on the server is verified to be gone, and not published again by itself", async () => {
    const { emulator, run, transcribe } = await place({}, { publishing: { automatic: true } });
    const id = await transcribe();
    await run("publish", id);
    const { code, stderr } = await run("unpublish", id);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/open show \d+, and delete its VOD \d+ there/)]);
    const [vod] = emulator.tables.all("vods");
    await fetch(`${emulator.url}/practice/vods/${vod?.id}/remove`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect((await run("unpublish", id)).code).toBe(0);
    expect((await run("schedules", "run", "publish")).stdout).toMatch(/0 put into the queue/);
    // By hand it goes again.
    expect((await run("publish", id)).code).toBe(0);
    expect(emulator.tables.all("vods")).toHaveLength(1);
  });

  test("a recording goes from the queue to its publication, and the server is compared by the schedule", async () => {
    const { emulator, run, recording } = await place();
    await run("jobs", "add", recording, "--target", "published");
    expect((await run("schedules", "run", "sync")).stdout).toBe("sync: put into the queue.\n");
    expect((await run("run", "--until-idle")).code).toBe(0);
    const { jobs } = JSON.parse((await run("jobs", "list", "--all", "--json")).stdout);
    const states = jobs.map(({ type, status }: { type: string; status: string }) => `${type} ${status}`).toSorted();
    expect(states).toEqual(["pictures completed", "process completed", "publish completed", "sync completed"]);
    expect(emulator.tables.all("vods")).toHaveLength(1);
  });
});

test("no secret stands in any file, message or log, whatever goes wrong", async () => {
  const { emulator, dataFolder, run, transcribe } = await place();
  const secret = "Tr0ub4dor-and-3";
  await storeCredentials(new FileSecrets(join(dataFolder, "secrets.json"), {}), { user: "practice", secret });
  const id = await transcribe();
  const told: string[] = [];
  for (const fault of [{}, { htmlErrors: true }, { badGateways: 50 }, { refuseWrites: true }]) {
    Object.assign(emulator.faults, { htmlErrors: false, badGateways: 0, refuseWrites: false }, fault);
    for (const args of [
      ["publish", id],
      ["publish", id, "--json"],
      ["cablecast", "check"],
    ]) {
      const { stdout, stderr } = await run(...args);
      told.push(stdout, stderr);
    }
  }
  const forms = [secret, Buffer.from(`practice:${secret}`).toString("base64"), encodeURIComponent(secret)];
  for (const form of forms) {
    for (const text of told) expect(text).not.toContain(form);
    for (const name of filesBelow(dataFolder))
      expect(readFileSync(join(dataFolder, name)).includes(form), name).toBe(false);
  }
});
