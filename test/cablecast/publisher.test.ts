/** One click to published, whatever happens on the way: the end state is reached, and nothing is made twice. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Emulator } from "../../electron/cablecast/emulator/emulator.ts";
import { emptyShow } from "../../electron/cablecast/emulator/seed.ts";
import type { Row } from "../../electron/cablecast/emulator/tables.ts";
import type { PublisherDeps } from "../../electron/cablecast/publisher/dependencies.ts";
import { scoreShow, toShowMark } from "../../electron/cablecast/publisher/find-show.ts";
import { previewPublication } from "../../electron/cablecast/publisher/preview.ts";
import { cablecastSteps, publishOnCablecast } from "../../electron/cablecast/publisher/publish.ts";
import { sidecarPlace } from "../../electron/cablecast/publisher/sidecar.ts";
import { createCablecastTarget } from "../../electron/cablecast/publisher/target.ts";
import { uploadFile } from "../../electron/cablecast/publisher/upload-file.ts";
import { compareCaptions } from "../../electron/captions/compare-captions.ts";
import type { Cue } from "../../electron/captions/cue.ts";
import { encodeScc } from "../../electron/captions/scc/encode.ts";
import { findLink, linkRecording } from "../../electron/catalog/repositories/publishing.ts";
import { ArchivistError } from "../../electron/contract/errors.ts";
import type { Publication, StepRunner } from "../../electron/contract/publishing.ts";
import { createClient, testEmulator } from "../support/publishing/cablecast.ts";
import { publicationPlace, someCues, straight } from "../support/publishing/publication.ts";
import { someRecording } from "../support/station/catalog.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const stepNames = cablecastSteps.map(({ name }) => name);
const place = publicationPlace;
const cues = someCues;

/** What must be there exactly once in the end. */
function requireOneOfEach({ tables, content }: Emulator): void {
  const shows = tables
    .all("shows")
    .filter(({ cgTitle, vods }) => cgTitle === "Oakdale City Council" && (vods as unknown[]).length > 0);
  expect(shows).toHaveLength(1);
  const [show] = shows;
  const own = (rows: readonly Row[], field: "show" | "vod", id: unknown): readonly Row[] =>
    rows.filter((row) => row[field] === id);
  expect(tables.all("shows").filter(({ localId }) => typeof localId === "string")).toHaveLength(1);
  const vods = own(tables.all("vods"), "show", show?.id);
  expect(vods).toMatchObject([{ chaptersPublished: true }]);
  expect(own(tables.all("reels"), "show", show?.id)).toHaveLength(1);
  expect(tables.all("media")).toHaveLength(1);
  const chapters = own(tables.all("chapters"), "vod", vods[0]?.id).map(({ title, offset }) => `${offset} ${title}`);
  expect(chapters.toSorted()).toEqual(["3 Call to order", "6 Item seven"]);
  expect(
    readdirSync(content)
      .filter((name) => !name.startsWith("."))
      .toSorted(),
  ).toEqual(["2026-03-02 Oakdale City Council.mp4", "2026-03-02 Oakdale City Council.scc"]);
}

describe("publishing", () => {
  test("takes a recording from nothing to read back, with one of each", async () => {
    const { emulator, deps, publication } = await place();
    const outcome = await publishOnCablecast(deps, publication, straight);
    expect(outcome).toMatchObject({
      captionsVerified: "yes",
      missing: [],
      url: expect.stringMatching(/\/store-1\/.*\/vod\.mp4$/),
    });
    requireOneOfEach(emulator);
    expect(emulator.tables.get("shows", outcome.showId ?? 0)).toMatchObject({
      title: "Oakdale City Council 2026-03-02",
      comments: "The street project was approved.",
      category: 23,
      producer: 4,
      project: 43,
      localId: toShowMark(publication.recordingId),
    });
    expect(outcome.details.map(([step]) => step)).toEqual(stepNames);
  });

  test("again changes nothing; after a correction only the caption file, and the one before is kept", async () => {
    const { emulator, deps, publication } = await place();
    await publishOnCablecast(deps, publication, straight);
    const writes = () => emulator.calls.filter(({ method, url }) => method !== "GET" && !url.includes("search")).length;
    const before = writes();
    await publishOnCablecast(deps, publication, straight);
    expect(writes()).toBe(before);
    const corrected = cues.map((cue) => ({
      ...cue,
      lines: cue.lines.map((line) => line.replace("street", "Main Street")),
    }));
    const again = await publishOnCablecast(
      deps,
      { ...publication, cues: corrected, scc: encodeScc(corrected).text },
      straight,
    );
    expect(again.captionsVerified).toBe("yes");
    expect(writes()).toBe(before);
    expect(readdirSync(emulator.content).filter((name) => name.endsWith(".previous-1"))).toHaveLength(1);
  });

  test("what somebody wrote on the server stays", async () => {
    const { emulator, deps, publication, catalog, recording } = await place();
    const show = await deps.client.createShow({
      title: "Council",
      cgTitle: "Our own title",
      comments: "Our own words",
      location: 1,
    });
    linkRecording(catalog, {
      server: emulator.url,
      recordingId: recording.id,
      showId: show.id,
      reason: "by hand",
      score: 1,
    });
    await publishOnCablecast(deps, publication, straight);
    expect(emulator.tables.get("shows", show.id)).toMatchObject({
      cgTitle: "Our own title",
      comments: "Our own words",
      category: 23,
    });
  });

  test("a show that plays the same file is that show, whatever it is called", async () => {
    const { emulator, deps, publication } = await place();
    copyFileSync(publication.path, join(emulator.content, "2026-03-02 Oakdale City Council.mp4"));
    const show = await deps.client.createShow({
      title: "Oakdale City Council, regular",
      cgTitle: "Oakdale City Council",
      comments: "",
      location: 1,
    });
    await deps.client.unlinkedAssets();
    await deps.client.createReel({
      media: 1,
      show: show.id,
      length: 12,
      userFileName: "2026-03-02 Oakdale City Council.mp4",
    });
    const outcome = await publishOnCablecast(deps, publication, straight);
    expect(outcome.showId).toBe(show.id);
    expect(emulator.calls.filter(({ url }) => url.includes("fileuploads"))).toEqual([]);
  });

  test("two shows that could be it: somebody is asked, nothing is made", async () => {
    const { emulator, deps, publication } = await place();
    const twin = {
      title: publication.title,
      cgTitle: publication.publicTitle,
      comments: "",
      location: 1,
      eventDate: "2026-03-02T00:00:00",
    };
    const ids = [(await deps.client.createShow(twin)).id, (await deps.client.createShow(twin)).id];
    await expect(publishOnCablecast(deps, publication, straight)).rejects.toMatchObject({
      code: "publish.ambiguous",
      message: expect.stringMatching(new RegExp(`${ids[0]} .*${ids[1]} `)),
      remedy: expect.stringMatching(/archivist cablecast link ID SHOW/),
    });
    expect(emulator.tables.all("vods")).toEqual([]);
  });

  test("the dry run tells all of it and changes nothing", async () => {
    const { emulator, deps, publication } = await place();
    const { steps } = await previewPublication(deps, publication);
    expect(steps.map(({ step, changes }) => `${step} ${changes}`)).toEqual([
      "show true",
      "recording true",
      "sidecar true",
      "fields false",
      "vod true",
      "chapters true",
    ]);
    expect(emulator.calls.every(({ method }) => method === "GET")).toBe(true);
    await publishOnCablecast(deps, publication, straight);
    expect((await previewPublication(deps, publication)).steps.filter(({ changes }) => changes)).toEqual([]);
  });

  test("a thumbnail of the server's is chosen, and the choice of a person is left alone", async () => {
    const { emulator, deps, publication } = await place();
    const { showId } = await publishOnCablecast(deps, publication, straight);
    const show = () => emulator.tables.get("shows", showId ?? 0);
    expect(show()?.thumbnail).toBe(Number(showId) * 10);
    emulator.tables.change("shows", showId ?? 0, { thumbnail: Number(showId) * 10 + 1 });
    await publishOnCablecast(deps, publication, straight);
    expect(show()?.thumbnail).toBe(Number(showId) * 10 + 1);
  });

  test.each([
    [
      "offers none",
      { noThumbnails: true },
      /^the server offers no thumbnail: .*picture to show \d+ there: \/out\/x\.jpg$/,
    ],
    ["does not take it", { dropThumbnail: true }, /^the server did not take the thumbnail: .*\/out\/x\.jpg$/],
  ])("where the server %s, it is said where the picture lies", async (_, faults, expected) => {
    const { emulator, deps, publication } = await place();
    Object.assign(emulator.faults, faults);
    const makeThumbnail = () => Promise.resolve("/out/x.jpg");
    const outcome = await publishOnCablecast({ ...deps, makeThumbnail }, publication, straight);
    expect(outcome.missing).toEqual([expect.stringMatching(expected)]);
    const without = await publishOnCablecast(
      { ...deps, makeThumbnail: () => Promise.resolve(undefined) },
      publication,
      straight,
    );
    expect(without.missing).toEqual([]);
  });

  test("an upload is stopped at its time limit, and the next try goes on where it ended", async () => {
    const { emulator, deps, publication } = await place({ uploadMinutes: 5 });
    const path = join(temporaryFolder(), "long.mp4");
    // Three segments of 5 MB, each of which takes three minutes.
    writeFileSync(path, Buffer.alloc(11 * 1024 * 1024));
    let minutes = 0;
    const sent = () => emulator.calls.filter(({ url }) => url.endsWith("/upload")).length;
    const clock = { now: () => new Date(), monotonicMs: () => (minutes + 3 * sent()) * 60_000 };
    const upload = () => uploadFile({ ...deps, clock }, path);
    await expect(upload()).rejects.toThrow(/longer than 5 minutes/);
    expect(sent()).toBe(2);
    minutes += 60;
    await upload();
    expect(sent()).toBe(3);
    expect(emulator.tables.all("fileUploads")).toHaveLength(1);
    expect(publication.seconds).toBe(12);
  });

  test("captions can be sent where the station chose that", async () => {
    const { emulator, deps, publication } = await place({ sidecar: "upload" });
    expect(await publishOnCablecast(deps, publication, straight)).toMatchObject({ captionsVerified: "yes" });
    requireOneOfEach(emulator);
  });

  test("a server that never takes an uploaded file for captions: published, and said to be not verified", async () => {
    const { emulator, deps, publication } = await place({ sidecar: "upload", captionsMinutes: 0 });
    emulator.faults.ignoreUploadedSidecars = true;
    expect(await publishOnCablecast(deps, publication, straight)).toMatchObject({
      captionsVerified: "not yet",
      missing: ["the server has not noticed the caption file yet"],
    });
  });

  test("captions that come out otherwise are found", async () => {
    const { emulator, deps, publication } = await place();
    const { showId, vodId } = await publishOnCablecast(deps, publication, straight);
    const wrong = cues.map((cue) => ({ ...cue, lines: cue.lines.map((line) => line.replace("carries", "fails")) }));
    writeFileSync(join(emulator.content, "2026-03-02 Oakdale City Council.scc"), encodeScc(wrong).text);
    const target = createCablecastTarget(deps);
    expect(await target.verify(publication, { vodId, showId: showId ?? undefined })).toMatchObject({
      verified: "no",
      missing: ["up to 1 of 14 words differ on the server, from 00:00:10 on"],
    });
  });

  test("a correction of one word is not verified by the captions from before", async () => {
    const { emulator, deps, publication } = await place({ captionsMinutes: 0 });
    await publishOnCablecast(deps, publication, straight);
    const corrected = cues.map((cue) => ({
      ...cue,
      lines: cue.lines.map((line) => line.replace("street", "Main Street")),
    }));
    emulator.faults.staleCaptions = true;
    const again = { ...publication, cues: corrected, scc: encodeScc(corrected).text };
    expect((await publishOnCablecast(deps, again, straight)).captionsVerified).toBe("no");
    emulator.faults.staleCaptions = false;
    expect((await publishOnCablecast(deps, again, straight)).captionsVerified).toBe("yes");
  });

  test("a content drive that is not mounted is told, and nothing is written there", async () => {
    const { deps, publication } = await place();
    await publishOnCablecast(deps, publication, straight);
    const empty = temporaryFolder();
    const unmounted = { ...deps, settings: { ...deps.settings, contentFolder: empty } };
    await expect(publishOnCablecast(unmounted, publication, straight)).rejects.toMatchObject({
      code: "publish.no-place",
      remedy: expect.stringMatching(/Mount the server's content drive/),
    });
    expect(readdirSync(empty)).toEqual([]);
  });

  test.each(["../../evil/x.mp4", "/etc/x.mp4", "C:\\Content\\x.mp4", "a/../../x.mp4", ".."])(
    "a server that calls its video %s leads nowhere",
    async (name) => {
      const { emulator, deps, publication } = await place();
      await publishOnCablecast(deps, publication, straight);
      for (const reel of emulator.tables.all("reels")) emulator.tables.change("reels", reel.id, { userFileName: name });
      await expect(publishOnCablecast(deps, publication, straight)).rejects.toMatchObject({
        code: "publish.no-place",
      });
    },
  );

  test("folders of the content drive may be written as Windows writes them", () => {
    const deps = { settings: { sidecar: "share", contentFolder: "/content" } } as unknown as PublisherDeps;
    const publication = { path: "/x/meeting.mp4" } as Publication;
    const expected = { path: "/content/council/2026/meeting.scc", video: "/content/council/2026/meeting.mp4" };
    expect(sidecarPlace(deps, publication, "council\\2026\\meeting.mp4")).toEqual(expected);
    expect(sidecarPlace(deps, publication, "council/2026/meeting.mp4")).toEqual(expected);
  });

  test("a VOD that another server delivers is read without credentials; one that cannot be reached is looked at later", async () => {
    const { emulator, deps, publication } = await place({ captionsMinutes: 0 });
    await publishOnCablecast(deps, publication, straight);
    const delivering = await testEmulator();
    const publishAt = (url: string) => {
      for (const vod of emulator.tables.all("vods")) emulator.tables.change("vods", vod.id, { url });
      return publishOnCablecast(deps, publication, straight);
    };
    expect(await publishAt("http://127.0.0.1:9/store-1/x/vod.mp4")).toMatchObject({
      captionsVerified: "not yet",
      missing: [expect.stringMatching(/could not be read back/)],
    });
    await publishAt(`${delivering.url}/store-1/123-x/vod.mp4`);
    const seen = delivering.calls.map(({ headers }) => headers.authorization);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((header) => header === undefined)).toBe(true);
    expect((await publishAt("http://[")).captionsVerified).toBe("not yet");
    requireOneOfEach(emulator);
  });

  test("a VOD that was removed and still stands in the show's list is made anew", async () => {
    const { emulator, deps, publication } = await place();
    await publishOnCablecast(deps, publication, straight);
    const [vod] = emulator.tables.all("vods");
    emulator.tables.remove("vods", vod?.id ?? 0);
    for (const chapter of emulator.tables.all("chapters")) emulator.tables.remove("chapters", chapter.id);
    const { steps } = await previewPublication(deps, publication);
    expect(steps.find(({ step }) => step === "vod")).toMatchObject({ changes: true });
    expect(await publishOnCablecast(deps, publication, straight)).toMatchObject({
      captionsVerified: "yes",
      missing: [],
    });
    expect(emulator.tables.all("vods")).toHaveLength(1);
  });

  test("captions that were sent are not sent again without need", async () => {
    const { emulator, deps, publication } = await place({ sidecar: "upload" });
    for (let round = 0; round < 3; round++) await publishOnCablecast(deps, publication, straight);
    const sent = emulator.calls.filter(({ method, url }) => method === "POST" && url.endsWith("/fileuploads"));
    // The video once, the captions once.
    expect(sent).toHaveLength(2);
  });

  test("a sidecar of somebody else is kept under another name", async () => {
    const { emulator, deps, publication } = await place();
    mkdirSync(emulator.content, { recursive: true });
    writeFileSync(join(emulator.content, "2026-03-02 Oakdale City Council.scc"), "Scenarist_SCC V1.0\r\n");
    await publishOnCablecast(deps, publication, straight);
    expect(readFileSync(join(emulator.content, "2026-03-02 Oakdale City Council.scc.previous-1"), "utf8")).toBe(
      "Scenarist_SCC V1.0\r\n",
    );
  });

  test("it is said when it is not known where the server's files lie", async () => {
    const { deps, publication, emulator } = await place();
    const settings = { ...deps.settings, contentFolder: null };
    const show = await deps.client.createShow({
      title: publication.title,
      cgTitle: publication.publicTitle,
      comments: "",
      location: 1,
      localId: toShowMark(publication.recordingId),
    });
    copyFileSync(publication.path, join(emulator.content, "4071-1 council.mp4"));
    await deps.client.unlinkedAssets();
    await deps.client.createReel({ media: 1, show: show.id, length: 12, userFileName: "4071-1 council.mp4" });
    await expect(publishOnCablecast({ ...deps, settings }, publication, straight)).rejects.toMatchObject({
      code: "publish.no-place",
    });
  });
});

describe("a crash", () => {
  const crash =
    (at: string, after: boolean): StepRunner =>
    async (name, work) => {
      if (name === at && !after) throw new Error("killed");
      const result = await work();
      if (name === at) throw new Error("killed");
      return result;
    };

  test.each(stepNames.map((step) => [step] as const))(
    "after the step %s, before anybody knew of it: one of each in the end",
    async (step) => {
      const { emulator, deps, publication } = await place();
      await expect(publishOnCablecast(deps, publication, crash(step, true))).rejects.toThrow("killed");
      expect(await publishOnCablecast(deps, publication, straight)).toMatchObject({ captionsVerified: "yes" });
      requireOneOfEach(emulator);
    },
  );

  test("after every step, one after the other: one of each in the end, and nothing is done twice", async () => {
    const { emulator, deps, publication } = await place();
    for (const step of stepNames) await publishOnCablecast(deps, publication, crash(step, true)).catch(() => undefined);
    await publishOnCablecast(deps, publication, straight);
    requireOneOfEach(emulator);
    const made = emulator.calls.filter(({ method }) => method === "POST").map(({ url }) => url.split("?")[0]);
    const counted = Map.groupBy(made, (url) => url);
    for (const [url, calls] of counted) if (!url?.includes("chapters")) expect([url, calls.length]).toEqual([url, 1]);
  });
});

describe("an answer that is lost", () => {
  test.each([
    "POST /cablecastapi/v1/shows",
    "POST /cablecastapi/v1/media",
    "POST /cablecastapi/v1/reels/batch",
    "POST /cablecastapi/v1/vods",
    "POST /cablecastapi/v1/chapters",
    "POST /cablecastapi/v1/fileuploads",
    "PUT /cablecastapi/v1/fileuploads/124",
  ])("%s: what was done is found, and not done again", async (call) => {
    const { emulator, deps, publication } = await place();
    emulator.faults.loseAnswers.push(call);
    await publishOnCablecast(deps, publication, straight).catch((thrown: unknown) => {
      expect(thrown).toBeInstanceOf(ArchivistError);
      expect((thrown as ArchivistError).retryable).toBe(true);
    });
    expect(await publishOnCablecast(deps, publication, straight)).toMatchObject({ captionsVerified: "yes" });
    requireOneOfEach(emulator);
  });
});

describe("servers with faults", () => {
  test.each<[string, Partial<Emulator["faults"]>]>([
    ["that is old", { oldServer: true }],
    ["that is new", { newServer: true }],
    ["that pages by item", { offsetMode: "item" }],
    ["without sideloads", { noSideloads: true }],
    ["that says medias", { mediasKey: true }],
    ["that answers with 201", { postStatus: 201 }],
    ["that tells assets late", { lateAssets: true }],
    ["that is slow", { slowMs: 15 }],
    ["with a bad gateway now and then", { badGateways: 1 }],
  ])("%s", async (_, faults) => {
    const { emulator, deps, publication } = await place();
    Object.assign(emulator.faults, faults);
    expect(await publishOnCablecast(deps, publication, straight)).toMatchObject({ captionsVerified: "yes" });
    requireOneOfEach(emulator);
  });

  test.each<[string, Partial<Emulator["faults"]>, string]>([
    ["that refuses the credentials", { rejectCredentials: true }, "cablecast.credentials"],
    ["behind a network that lets only reading through", { refuseWrites: true }, "cablecast.forbidden"],
    ["that does not take uploads", { failUploads: 0 }, "cablecast.busy"],
  ])("%s: it is told, and all is well when it is mended", async (_, faults, code) => {
    const { emulator, deps, publication } = await place();
    Object.assign(emulator.faults, faults);
    await expect(publishOnCablecast(deps, publication, straight)).rejects.toMatchObject({ code });
    Object.assign(emulator.faults, { rejectCredentials: false, refuseWrites: false, failUploads: undefined });
    expect(await publishOnCablecast(deps, publication, straight)).toMatchObject({ captionsVerified: "yes" });
    requireOneOfEach(emulator);
  });

  test("a VOD that fails is told with the server's words, and no second one is made", async () => {
    const { emulator, deps, publication } = await place();
    const crashed: StepRunner = async (name, work) => {
      const result = await work();
      if (name === "vod")
        for (const vod of emulator.tables.all("vods"))
          emulator.tables.change("vods", vod.id, {
            vodState: "error",
            errorMessage: "No space left on the transcoder",
          });
      return result;
    };
    await expect(publishOnCablecast(deps, publication, crashed)).rejects.toMatchObject({
      code: "publish.vod-failed",
      message: expect.stringMatching(/No space left on the transcoder/),
    });
    await expect(publishOnCablecast(deps, publication, straight)).rejects.toMatchObject({
      code: "publish.vod-failed",
    });
    expect(emulator.tables.all("vods")).toHaveLength(1);
  });
});

describe("chapters that are no longer right", () => {
  test("are told, or marked as deleted where the station has switched that on", async () => {
    const { deps, publication } = await place();
    await publishOnCablecast(deps, publication, straight);
    const fewer = { ...publication, chapters: publication.chapters.slice(0, 1) };
    expect((await publishOnCablecast(deps, fewer, straight)).missing).toEqual([
      'the chapter "Item seven" at 6 s is no longer right: remove it on the server',
    ]);
    const switchedOn = { ...deps, settings: { ...deps.settings, changeChapters: true } };
    expect((await publishOnCablecast(switchedOn, fewer, straight)).missing).toEqual([]);
  });
});

describe("a link", () => {
  test("is of one server: on another one the same number is another show", async () => {
    const { emulator, deps, publication } = await place();
    const first = await publishOnCablecast(deps, publication, straight);
    const other = await testEmulator();
    other.tables.add("shows", { ...emptyShow, title: "High School Football 2019", location: 1 }, first.showId ?? 0);
    const there = {
      ...deps,
      client: createClient(other),
      settings: { ...deps.settings, contentFolder: other.content },
    };
    const second = await publishOnCablecast(there, publication, straight);
    expect(second.showId).not.toBe(first.showId);
    expect(other.tables.get("shows", first.showId ?? 0)).toMatchObject({
      title: "High School Football 2019",
      vods: [],
    });
    // Back on the first one nothing is made anew.
    expect((await publishOnCablecast(deps, publication, straight)).showId).toBe(first.showId);
    requireOneOfEach(emulator);
  });

  test("belongs to one recording: another one of the same name does not take its show", async () => {
    const { emulator, deps, publication, catalog } = await place();
    const first = await publishOnCablecast(deps, publication, straight);
    const before = readFileSync(join(emulator.content, "2026-03-02 Oakdale City Council.scc"), "utf8");
    const twin = someRecording(catalog, "f2");
    const path = meetingAt(join(temporaryFolder(), "2026-03-02 Oakdale City Council.mp4"), 30);
    const other = { ...publication, recordingId: twin.id, path, seconds: 30 };
    // It gets a show of its own, and cannot be sent under a name that is taken by another video.
    await expect(publishOnCablecast(deps, other, straight)).rejects.toBeInstanceOf(ArchivistError);
    expect(readFileSync(join(emulator.content, "2026-03-02 Oakdale City Council.scc"), "utf8")).toBe(before);
    expect(findLink(catalog, emulator.url, twin.id)?.showId).not.toBe(first.showId);
  });

  test("that somebody does not want is not made: a new show, however alike another one looks", async () => {
    const { deps, publication } = await place();
    const alike = await deps.client.createShow({
      title: "Oakdale City Council work session",
      cgTitle: "Oakdale Cty Council",
      comments: "",
      location: 1,
      eventDate: "2026-03-02T00:00:00",
    });
    await expect(publishOnCablecast(deps, publication, straight)).rejects.toMatchObject({
      code: "publish.ambiguous",
      remedy: expect.stringMatching(/--new-show/),
    });
    const { showId } = await publishOnCablecast(deps, { ...publication, isNewShow: true }, straight);
    expect(showId).not.toBe(alike.id);
    expect((await publishOnCablecast(deps, { ...publication, isNewShow: true }, straight)).showId).toBe(showId);
  });

  test("to a show that was removed is made anew, with all fields", async () => {
    const { emulator, deps, publication } = await place();
    const first = await publishOnCablecast(deps, publication, straight);
    emulator.tables.remove("shows", first.showId ?? 0);
    for (const reel of emulator.tables.all("reels")) emulator.tables.remove("reels", reel.id);
    const again = await publishOnCablecast(deps, publication, straight);
    expect(emulator.tables.get("shows", again.showId ?? 0)).toMatchObject({ category: 23, producer: 4, project: 43 });
  });
});

describe("chapters that a person has corrected or removed on the server", () => {
  test("stay so", async () => {
    const { emulator, deps, publication } = await place({ changeChapters: true });
    await publishOnCablecast(deps, publication, straight);
    const [first, second] = emulator.tables.all("chapters");
    emulator.tables.change("chapters", first?.id ?? 0, { title: "Corrected by Mary" });
    emulator.tables.change("chapters", second?.id ?? 0, { deleted: true });
    const own = { vod: first?.vod, title: "Made by hand", offset: 9, deleted: false, hidden: false, quickAdded: false };
    emulator.tables.add("chapters", own);
    expect((await publishOnCablecast(deps, publication, straight)).missing).toEqual([]);
    const shown = emulator.tables.all("chapters").filter(({ deleted }) => deleted !== true);
    expect(shown.map(({ title }) => title)).toEqual(["Corrected by Mary", "Made by hand"]);
  });
});

describe("which show it is", () => {
  const publication = {
    path: "/x/a.mp4",
    seconds: 3_600,
    title: "Oakdale City Council 2026-03-02",
    publicTitle: "Oakdale City Council",
    date: "2026-03-02",
    recordingId: "0123456789abcdef-x",
  } as Publication;
  test.each<[string, object, readonly string[], number]>([
    ["the same file", { title: "x" }, ["videos/a.mp4"], 1],
    ["a file of the same name, of another length", { title: "x", totalRunTime: 600 }, ["a.mp4"], 0.7],
    ["what Archivist made for another recording", { title: "x", localId: "archivist-ffff" }, ["a.mp4"], 0],
    ["our mark", { title: "x", localId: toShowMark(publication.recordingId) }, [], 1],
    [
      "title and date",
      { title: "oakdale city council - 2026-03-02", eventDate: "2026-03-02T00:00:00-06:00" },
      [],
      0.95,
    ],
    [
      "the public title on that day",
      { title: "x", cgTitle: "Oakdale City Council", eventDate: "2026-03-02T19:00:00-06:00" },
      [],
      0.95,
    ],
    ["a like title on that day", { title: "Oakdale Cty Council", eventDate: "2026-03-02T00:00:00-06:00" }, [], 0.75],
    ["the same title on another day", { title: "Oakdale City Council", eventDate: "2026-02-02T00:00:00-06:00" }, [], 0],
    ["the same title without a day", { title: "Oakdale City Council" }, [], 0.65],
    ["another city", { title: "Lake Elmo City Council", eventDate: "2026-03-02T00:00:00-06:00" }, [], 0],
  ])("%s", (_, show, files, score) => {
    expect(scoreShow(publication, { id: 1, cgTitle: null, ...show } as never, files).score).toBe(score);
  });
});

describe("reading back", () => {
  const said = (cue: Partial<Cue>): Cue => ({ startMs: 0, endMs: 2_000, lines: [""], ...cue });
  test.each<[string, readonly Cue[], boolean]>([
    ["the same", cues, true],
    [
      "cut otherwise",
      [
        said({
          startMs: 2_500,
          endMs: 8_000,
          lines: ["The meeting is called to order. Item seven:", "the street project."],
        }),
        cues[2] as Cue,
      ],
      true,
    ],
    [
      "in capitals, with other signs",
      cues.map((cue) => ({ ...cue, lines: cue.lines.map((line) => line.toUpperCase().replace(".", "…")) })),
      true,
    ],
    [
      "two seconds early",
      cues.map((cue) => ({ ...cue, startMs: cue.startMs - 2_000, endMs: cue.endMs - 2_000 })),
      true,
    ],
    [
      "ten seconds late",
      cues.map((cue) => ({ ...cue, startMs: cue.startMs + 10_000, endMs: cue.endMs + 10_000 })),
      false,
    ],
    ["without the last caption", cues.slice(0, 2), false],
    ["nothing", [], false],
    [
      "with one word that is another",
      cues.map((cue) => ({ ...cue, lines: cue.lines.map((line) => line.replace("carries", "fails")) })),
      false,
    ],
    [
      "with a word in between",
      cues.map((cue) => ({ ...cue, lines: cue.lines.map((line) => line.replace("street", "new street")) })),
      false,
    ],
    ["of another meeting", [said({ lines: ["Good evening and welcome."] })], false],
  ])("%s", (_, theirs, isSame) => {
    expect(compareCaptions(cues, theirs).isSame).toBe(isSame);
  });

  test("of a long meeting takes no time, whatever differs, and finds what is late after a word too many", () => {
    const long = Array.from({ length: 8_000 }, (_, index) =>
      said({ startMs: index * 2_000, endMs: index * 2_000 + 1_900, lines: [`word${index} and some more words`] }),
    );
    expect(compareCaptions(long, long).isSame).toBe(true);
    const late = long.map((cue, index) =>
      index < 4_000 ? cue : { ...cue, startMs: cue.startMs + 60_000, endMs: cue.endMs + 60_000 },
    );
    expect(compareCaptions(long, late).difference).toMatch(/60\.0 s off/);
    const more = [
      ...late.slice(0, 3_990),
      said({ lines: ["ten words that nobody said at this place in it"] }),
      ...late.slice(3_990),
    ];
    expect(compareCaptions(long, more).difference).toMatch(/words differ on the server, from 02:13:00 on/);
  });
});
