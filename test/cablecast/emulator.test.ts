/** The practice station behaves as far as the facts go. */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Emulator } from "../../electron/cablecast/emulator/emulator.ts";
import type { Cue } from "../../electron/captions/cue.ts";
import { readCaptions } from "../../electron/captions/formats/read.ts";
import { encodeScc } from "../../electron/captions/scc/encode.ts";
import { sampleVideo } from "../support/paths.ts";
import { createClient, testEmulator } from "../support/publishing/cablecast.ts";

const newShow = { title: "Council", cgTitle: "Council", comments: "", location: 1 };
const get = async ({ url }: Emulator, path: string, headers: Record<string, string> = {}) =>
  fetch(url + path, { headers });

/** A show whose video lies on the content drive. */
async function shownShow(emulator: Emulator) {
  const client = createClient(emulator);
  copyFileSync(sampleVideo, join(emulator.content, "council.mp4"));
  const show = await client.createShow(newShow);
  const [asset] = await client.unlinkedAssets();
  const media = await client.createMedia({
    location: 1,
    format: 3,
    mediaName: "m",
    creationDate: "2026-03-02T00:00:00Z",
  });
  await client.createReel({
    media: media.id,
    show: show.id,
    length: asset?.seconds ?? 0,
    userFileName: String(asset?.path),
  });
  const vod = await client.createVod(show.id, 1);
  return { client, show, vod, asset };
}

const cues: readonly Cue[] = [
  { startMs: 2_000, endMs: 4_000, lines: ["The meeting is called", "to order."] },
  { startMs: 5_000, endMs: 8_000, lines: ["Item seven: the street project."] },
];

describe("the practice station", () => {
  test("reads its list anonymously, and takes writes from its user only", async () => {
    const emulator = await testEmulator();
    expect((await get(emulator, "/CablecastAPI/v1/Shows/")).status).toBe(200);
    expect((await get(emulator, "/cablecastapi/v1/assets")).status).toBe(401);
    const refused = await fetch(`${emulator.url}/cablecastapi/v1/shows`, {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([401, "Basic"]);
  });

  test("surrounds its answers as live servers do", async () => {
    const emulator = await testEmulator();
    const json = async (path: string) =>
      (await get(emulator, `/cablecastapi/v1/${path}`)).json() as Promise<Record<string, unknown>>;
    const shows = await json("shows?page_size=2&pageSize=1&include=CATEGORY,nonsense&category=1");
    expect(shows).toMatchObject({ meta: { offset: 0, pageSize: 2, count: 5 } });
    expect(shows.shows).toHaveLength(2);
    expect(shows.categories).toHaveLength(2);
    const [first] = shows.shows as { id: number }[];
    expect(await json(`shows/${first?.id}`)).toMatchObject({ meta: null, show: { id: first?.id } });
    expect(await json("channels")).toMatchObject({ meta: null });
    expect("meta" in (await json("categories"))).toBe(false);
    emulator.faults.offsetMode = "item";
    const byItem = await json("shows?page_size=2&offset=1");
    emulator.faults.offsetMode = "page";
    const byPage = await json("shows?page_size=2&offset=1");
    expect((byItem.shows as { id: number }[])[0]?.id).toBe((shows.shows as { id: number }[])[1]?.id);
    expect((byPage.shows as { id: number }[])[0]?.id).not.toBe((shows.shows as { id: number }[])[1]?.id);
  });

  test("transcodes a stage at a look, and a second VOD of a show fails", async () => {
    const emulator = await testEmulator();
    const { client, show, vod, asset } = await shownShow(emulator);
    expect(asset).toMatchObject({ path: "council.mp4", seconds: 137 });
    const stages: string[] = [];
    for (let look = 0; look < 5; look++) {
      const now = await client.vod(vod.id);
      stages.push(`${now.vodState} ${now.isWatchable}`);
    }
    expect(stages).toEqual(["queued false", "processing false", "partial true", "complete true", "complete true"]);
    expect(await client.createVod(show.id, 1)).toMatchObject({ vodState: "error" });
    const range = await get(emulator, new URL((await client.vod(vod.id)).url ?? "").pathname, { range: "bytes=10-19" });
    expect([range.status, (await range.arrayBuffer()).byteLength]).toEqual([206, 10]);
  });

  test("notices a sidecar of exactly the video's name, and makes WebVTT of it with another decoder than ours", async () => {
    const emulator = await testEmulator();
    const { client, show, vod } = await shownShow(emulator);
    for (let look = 0; look < 4; look++) await client.vod(vod.id);
    const folder = new URL(".", (await client.vod(vod.id)).url ?? "").href;
    writeFileSync(join(emulator.content, "council-1.scc"), encodeScc(cues).text);
    expect((await client.show(show.id)).hasCaptions).toBe(false);
    expect(await client.file(`${folder}vod.m3u8`)).not.toContain("SUBTITLES");
    writeFileSync(join(emulator.content, "council.scc"), encodeScc(cues).text);
    expect((await client.show(show.id)).hasCaptions).toBe(true);
    expect(await client.file(`${folder}vod.m3u8`)).toContain('SUBTITLES ="subs"');
    const back = readCaptions(await client.file(`${folder}captions.en.vtt`));
    expect(back.cues.map(({ lines }) => lines.join(" "))).toEqual([
      "The meeting is called to order.",
      "Item seven: the street project.",
    ]);
    expect(await client.file(`${folder}transcript.en.txt`)).toMatch(
      /^00:00:0\d,\d{3}\tThe meeting is called to order\.\r\n/,
    );
  });

  test("shows chapters once they are published, sorted, without drafts", async () => {
    const emulator = await testEmulator();
    const { client, vod } = await shownShow(emulator);
    await client.createChapter({ vod: vod.id, title: "Later", body: "", offset: 60 });
    await client.createChapter({ vod: vod.id, title: "First", body: "", offset: 5 });
    const track = async () => (await get(emulator, `/cablecastapi/v1/vods/${vod.id}/chapters`)).text();
    expect(await track()).toBe("WEBVTT\n");
    await client.updateVod(vod.id, (before) => ({ ...before, chaptersPublished: true }));
    expect(await track()).toMatch(/00:00:05\.000 --> 00:01:00\.000\nFirst\n\n00:01:00\.000 --> .*\nLater/);
  });

  test("takes a caption file by upload; it can also be one that never associates them", async () => {
    const emulator = await testEmulator();
    const { client, show } = await shownShow(emulator);
    const upload = async (): Promise<void> => {
      const scc = encodeScc(cues).text;
      const { id } = await client.createUpload({
        fileName: "council.scc",
        destinationStore: 11,
        totalSegments: 1,
        size: scc.length,
      });
      await client.sendSegment(id, 0, new Blob([scc]), "council.scc", 2_000);
      await client.finishUpload(id);
      await expect.poll(async () => (await client.upload(id)).state).toBe(5);
    };
    emulator.faults.ignoreUploadedSidecars = true;
    await upload();
    expect((await client.show(show.id)).hasCaptions).toBe(false);
    emulator.faults.ignoreUploadedSidecars = false;
    await upload();
    expect((await client.show(show.id)).hasCaptions).toBe(true);
    expect(readFileSync(join(emulator.content, "council.scc"), "utf8")).toBe(encodeScc(cues).text);
  });

  test("its pages hold nothing that a title could smuggle in", async () => {
    const emulator = await testEmulator();
    const client = createClient(emulator);
    const { id } = await client.createShow({
      ...newShow,
      title: '<script>alert("1")</script>',
      cgTitle: "<b>x</b>",
      comments: "<img src=x onerror=1>",
    });
    for (const path of ["/", `/internetchannel/show/${id}`]) {
      const text = await (await get(emulator, path)).text();
      expect(text).not.toMatch(/<script>alert|<b>x|<img/);
    }
  });
});
