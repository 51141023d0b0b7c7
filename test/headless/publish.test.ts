/** Publishing from the command line and by the queue, and that no secret is ever told. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { storeCredentials } from "../../electron/cablecast/connect.ts";
import { practiceCredentials } from "../../electron/cablecast/emulator/emulator.ts";
import { FileSecrets } from "../../electron/lib/secrets.ts";
import { archivist } from "../support/archivist.ts";
import { testEmulator } from "../support/cablecast.ts";
import { filesBelow } from "../support/outputs.ts";
import { meetingAt } from "../support/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

async function place(settings: object = {}) {
  const emulator = await testEmulator();
  const dataFolder = temporaryFolder();
  const cablecast = {
    url: emulator.url,
    contentFolder: emulator.content,
    pollSeconds: 0.01,
    captionsMinutes: 0.1,
    retrySeconds: 0,
  };
  const whole = {
    speech: { model: "archivist-demo-en" },
    log: { level: "debug" },
    cablecast: { ...cablecast, ...settings },
  };
  writeFileSync(join(dataFolder, "settings.json"), JSON.stringify(whole));
  await storeCredentials(new FileSecrets(join(dataFolder, "secrets.json"), {}), practiceCredentials);
  const run = (...args: string[]) => archivist(args, { dataFolder });
  const recording = meetingAt(join(temporaryFolder(), "2026-03-02 Oakdale City Council.mp4"), 40, 0);
  const transcribe = async (): Promise<string> => {
    const { stdout } = await run("transcribe", recording, "--json");
    return (JSON.parse(stdout) as { results: { transcription_id: string }[] }).results[0]?.transcription_id ?? "";
  };
  return { emulator, dataFolder, run, recording, transcribe };
}

describe("publish", () => {
  test("one click, read back; again nothing is made; the dry run changes nothing", async () => {
    const { emulator, run, transcribe } = await place();
    const id = await transcribe();
    const dry = await run("publish", id, "--dry-run");
    expect(dry.stdout).toMatch(
      /nothing is changed, this would be done\n {2}\+ show +a show "Oakdale City Council 2026-03-02" would be made/,
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
    const { emulator, run, transcribe } = await place({ needsApproval: true, autoPublish: true });
    const id = await transcribe();
    expect((await run("publish", id)).stderr).toMatch(/its captions have not been approved/);
    expect((await run("schedules", "run", "publish")).stdout).toMatch(/0 put into the queue/);
    expect(emulator.tables.all("vods")).toEqual([]);
  });

  test("by the schedule, through the queue, with every step as a row", async () => {
    const { emulator, run, transcribe } = await place({ autoPublish: true });
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
      "thumbnail completed",
      "watchable completed",
      "read back completed",
    ]);
    expect(emulator.tables.all("vods")).toHaveLength(1);
    expect((await run("schedules", "run", "publish")).stdout).toMatch(/0 put into the queue/);
    expect(id).not.toBe("");
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
}, 120_000);
