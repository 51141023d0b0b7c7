/** What the screens ask for besides the work itself: files, copies, the archive, names, trials, opening anew. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { listFiles, listLibrary } from "../../electron/catalog/repositories/library.ts";
import { getPreviewPath } from "../../electron/maintenance/previews.ts";
import { testHost } from "../support/station/host.ts";
import { meetingAt, type TestStationOptions } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

/** A host with one meeting that has been captioned. */
async function hostWithMeeting(file: string, options: TestStationOptions = {}) {
  const host = await testHost(options);
  const path = meetingAt(file);
  host.add(path);
  await host.runtime.start();
  await expect.poll(() => listLibrary(host.catalog, all).rows[0]?.status).toMatch(/completed|needs_review/);
  const [row] = listLibrary(host.catalog, all).rows;
  return { ...host, path, id: row?.id ?? "", recordingId: row?.recordingId ?? "" };
}
const all = { sort: "completed", descending: true, limit: 10, offset: 0 } as const;

describe("a recording that players cannot play", () => {
  test("gets a copy by itself, once its captions are there, and that is what is sent", async () => {
    const { connect, call, id, recordingId, runtime } = await hostWithMeeting(join(temporaryFolder(), "council.mkv"));
    const client = await connect();
    await expect
      .poll(async () => (await client.meeting.show({ id })).media)
      .toMatchObject({
        isPlayable: true,
        isThere: true,
        hasPicture: true,
        copy: null,
        note: null,
      });
    const sent = await call(`/media/${recordingId}`);
    expect(sent.headers.get("content-type")).toBe("video/mp4");
    expect(Buffer.from(await sent.arrayBuffer()).toString("latin1", 4, 8)).toBe("ftyp");
    expect((await client.meeting.makeCopy({ id })).jobId).toBeNull();
    expect(runtime.jobService.room()).toBe(100);
  });

  test("gets one when somebody asks, where the station makes none by itself; the job is told", async () => {
    const options = { settings: { media: { proxies: false } } };
    const host = await hostWithMeeting(join(temporaryFolder(), "council.mkv"), options);
    const { connect, call, id, recordingId, services } = host;
    const client = await connect();
    expect((await client.meeting.show({ id })).media).toMatchObject({ isPlayable: false, isThere: true, copy: null });
    expect((await call(`/media/${recordingId}`)).status).toBe(404);
    await client.queue.pauseAll();
    const { jobId } = await client.meeting.makeCopy({ id });
    expect((await client.meeting.show({ id })).media.copy).toMatchObject({ jobId, state: "queued" });
    await client.queue.resumeAll();
    await expect.poll(() => existsSync(getPreviewPath(services, recordingId))).toBe(true);
    expect((await call(`/media/${recordingId}`)).status).toBe(200);
  });
});

describe("the files of a meeting", () => {
  test("are downloaded under their names, by those who have signed in, and no others are", async () => {
    const name = "it's a 🎬 meeting.mp4";
    const { connect, call, id, catalog } = await hostWithMeeting(join(temporaryFolder(), name));
    const client = await connect();
    const scc = (await client.meeting.show({ id })).files.find(({ kind }) => kind === "scc");
    const sent = await call(scc?.url ?? "");
    expect(sent.status).toBe(200);
    expect(await sent.text()).toMatch(/^Scenarist_SCC V1\.0/);
    const header = sent.headers.get("content-disposition") ?? "";
    expect(header).toMatch(/^attachment; filename="it_s a __ meeting[^"]*\.scc"; filename\*=UTF-8''it%27s%20a%20%F0/);
    expect((await call(scc?.url ?? "", { token: "" })).status).toBe(401);
    for (const path of ["..%2f..%2fsettings.json", "%2Fetc%2Fpasswd", "x%00.scc", "settings.json"]) {
      expect([path, (await call(`/files/${id}/${path}`)).status]).toEqual([path, expect.toBeOneOf([400, 404])]);
    }
    expect((await call(`/files/nobody/${encodeURIComponent(name)}`)).status).toBe(404);
    expect(listFiles(catalog, id).length).toBeGreaterThan(3);
  });

  test("are shown in their folder where the host can, and nothing else is", async () => {
    const { connect, id, path, api } = await hostWithMeeting(join(temporaryFolder(), "council.mp4"));
    const client = await connect();
    expect((await client.session.look()).can.reveal).toBe(false);
    await expect(client.meeting.reveal({ id, path })).rejects.toMatchObject({ data: { code: "host.unable" } });
    const reveal = vi.fn(async () => undefined);
    Object.assign(api, { host: { reveal } });
    await client.meeting.reveal({ id, path });
    expect(reveal.mock.calls).toEqual([[path]]);
    await expect(client.meeting.reveal({ id, path: "/etc/passwd" })).rejects.toMatchObject({
      data: { code: "host.unable" },
    });
    expect(reveal).toHaveBeenCalledTimes(1);
  });
});

describe("the archive", () => {
  test("takes what somebody chooses, and says of the others why they stay", async () => {
    const root = temporaryFolder();
    const [active, archive] = [join(root, "active"), join(root, "archive")];
    for (const folder of [active, archive]) mkdirSync(folder);
    const shares = [
      { label: "Active", path: active },
      { label: "Archive", path: archive, role: "archive" },
    ];
    const settings = { lifeCycle: { onlyPublished: false } };
    const host = await hostWithMeeting(join(active, "2026", "council.mp4"), { shares, settings });
    const { connect, id, runtime, add } = host;
    add(meetingAt(join(root, "elsewhere.mp4"), 6, 20));
    const client = await connect();
    await expect.poll(async () => (await client.library.list({})).total).toBe(2);
    await expect.poll(() => runtime.jobService.room()).toBe(100);
    const elsewhere = (await client.library.list({ text: "elsewhere" })).meetings[0]?.id ?? "";
    for (let look = 0; look < 2; look++) await runtime.scanner.scan(runtime.monitor.shares[0] as never);
    const results = await client.library.archive({ ids: [id, elsewhere, "nobody"] });
    expect(results.map(({ id: own, problem }) => [own, problem?.code])).toEqual(
      expect.arrayContaining([
        [id, undefined],
        [elsewhere, "archive.refused"],
        ["nobody", "meeting.unknown"],
      ]),
    );
    await expect.poll(() => existsSync(join(archive, "2026", "council.mp4"))).toBe(true);
    await expect.poll(() => runtime.jobService.room()).toBe(100);
    expect(existsSync(join(active, "2026", "council.mp4"))).toBe(false);
    const [again] = await client.library.archive({ ids: [id] });
    expect(again?.problem?.message).toMatch(/in the archive already|not been looked through/);
  });
});

describe("the names of a city", () => {
  test("are written as a list, added one by one, and refused with the line that is wrong", async () => {
    const { connect } = await testHost();
    const client = await connect();
    const city = "Lake Elmo";
    await client.glossary.add({ city, term: "Gutiérrez", kind: "person" });
    const kept = await client.glossary.replace({ city, text: "# council\nperson: Jane Doe\nHudson Boulevard\n" });
    expect(kept.map(({ term, kind }) => `${kind} ${term}`)).toEqual(["other Hudson Boulevard", "person Jane Doe"]);
    const wrong = client.glossary.replace({ city, text: `fine\n${"x".repeat(200)}` });
    await expect(wrong).rejects.toMatchObject({ data: { code: "glossary.invalid", message: /line 2/ } });
    expect(await client.glossary.list({ city })).toHaveLength(2);
  });
});

describe("a trial", () => {
  test("says of a share, ffmpeg, a model and a server how they would do, before anything is kept", async () => {
    const { connect, folder, somebody } = await testHost();
    const client = await connect();
    const good = await client.station.tryOut({ what: "share", path: temporaryFolder() });
    expect(good).toMatchObject([{ status: "ok" }]);
    const gone = await client.station.tryOut({ what: "share", path: "/no/such/folder" });
    expect(gone).toMatchObject([{ status: "error", remedy: expect.stringMatching(/no such folder/) }]);
    const unmounted = { what: "share", path: temporaryFolder(), mustBeMounted: true } as const;
    expect((await client.station.tryOut(unmounted))[0]?.remedy).toMatch(/not mounted/);
    expect((await client.station.tryOut({ what: "ffmpeg" })).map(({ status }) => status)).toEqual(["ok", "ok"]);
    const wrong = join(temporaryFolder(), "ffmpeg");
    writeFileSync(wrong, "#!/bin/sh\necho this is no ffmpeg\n", { mode: 0o755 });
    expect(await client.station.tryOut({ what: "ffmpeg", ffmpegPath: wrong })).toMatchObject([{ status: "error" }]);
    const models = await client.station.tryOut({ what: "model", model: "no-such-model" });
    expect(models.find(({ name }) => name === "Speech model")).toMatchObject({ status: "error" });
    expect(await client.station.tryOut({ what: "cablecast" })).toMatchObject([
      { status: "error", remedy: expect.stringMatching(/cablecast\.url/) },
    ]);
    expect(existsSync(folder.settingsFile)).toBe(true);
    const operator = await connect(await somebody("Olaf", "operator"));
    await expect(operator.station.tryOut({ what: "ffmpeg" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("opening the station anew", () => {
  test("is asked of the host, by admins; changed settings wait for it", async () => {
    const { connect, api, somebody } = await testHost();
    const client = await connect();
    expect((await client.station.settings()).needsRestart).toBe(false);
    await client.station.changeSettings({ values: { "captions.maxMergedLines": 4 } });
    const { settings, needsRestart } = await client.station.settings();
    expect(needsRestart).toBe(true);
    expect(settings.find(({ key }) => key === "captions.maxMergedLines")?.value).toBe(4);
    await expect(client.station.restart()).rejects.toMatchObject({ data: { code: "host.unable" } });
    const restart = vi.fn();
    Object.assign(api, { host: { restart } });
    expect((await client.session.look()).can.restart).toBe(true);
    await client.station.restart();
    expect(restart).toHaveBeenCalledTimes(1);
    const operator = await connect(await somebody("Olaf", "operator"));
    await expect(operator.station.restart()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
