/** The catalog knows what the server has, and an incremental look touches only what changed. */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Emulator } from "../../electron/cablecast/emulator/emulator.ts";
import { emptyShow } from "../../electron/cablecast/emulator/seed.ts";
import { toShowMark } from "../../electron/cablecast/publisher/find-show.ts";
import { linkCandidates, linkClearly } from "../../electron/cablecast/sync/link-recordings.ts";
import { laterDate, searchFrom } from "../../electron/cablecast/sync/rows.ts";
import { type SyncDeps, syncShows } from "../../electron/cablecast/sync/sync-shows.ts";
import { findSyncState, listShows } from "../../electron/catalog/repositories/cablecast-shows.ts";
import { findLink, linkRecording } from "../../electron/catalog/repositories/publishing.ts";
import { findReference } from "../../electron/catalog/repositories/recording-standing.ts";
import { cablecastShows, cablecastVods } from "../../electron/catalog/schema.ts";
import { systemClock } from "../../electron/platform/clock.ts";
import { sampleVideo } from "../support/paths.ts";
import { createClient, testEmulator } from "../support/publishing/cablecast.ts";
import { freshCatalog, someRecording } from "../support/station/catalog.ts";
import { silentLogger } from "../support/station/silent-logger.ts";

async function place() {
  const emulator = await testEmulator();
  const catalog = freshCatalog();
  const deps: SyncDeps = {
    client: createClient(emulator),
    catalog,
    clock: systemClock,
    logger: silentLogger,
    location: 1,
  };
  const counts = async (full = false) => {
    const { touched, ...report } = await syncShows(deps, full);
    return report;
  };
  return { emulator, catalog, deps, counts };
}

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** Adds shows with a VOD and a reel each, changed an hour apart. @param minutes since the latest of them was changed */
function addShows({ tables }: Emulator, count: number, minutes: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => {
    const show = tables.add("shows", {
      ...emptyShow,
      title: `Meeting ${index}`,
      cgTitle: `Meeting ${index}`,
      location: 1,
      category: 20,
      eventDate: "2026-01-05T00:00:00-06:00",
      lastModified: minutesAgo(minutes + index * 60),
    });
    const vod = tables.add("vods", {
      show: show.id,
      vodState: "complete",
      isWatchable: true,
      views: index,
      length: 60,
    });
    const reel = tables.add("reels", { show: show.id, reelNumber: 1, userFileName: `folder/meeting ${index}.mp4` });
    tables.change("shows", show.id, { vods: [vod.id], reels: [reel.id] });
    return show.id;
  });
}

const gets = (emulator: Emulator, from: number, path: string) =>
  emulator.calls.slice(from).filter(({ url }) => url.toLowerCase().includes(path));

describe("synchronising", () => {
  test("takes everything the first time: shows with names, VODs with views, files", async () => {
    const { emulator, catalog, counts } = await place();
    addShows(emulator, 250, 600);
    expect(await counts()).toEqual({ mode: "full", added: 255, changed: 0, unchanged: 0, removed: 0 });
    const { total, shows } = listShows(catalog, { search: "Meeting 7", limit: 20 });
    expect(total).toBe(11);
    expect(shows.find(({ title }) => title === "Meeting 77")).toMatchObject({
      category: "Birchwood",
      eventDate: "2026-01-05",
      vodState: "complete",
      views: 77,
    });
    expect(findReference(catalog, "Meeting 12.mp4")).toMatchObject({ kind: "reel" });
    // 255 shows in three calls, however the server pages.
    expect(gets(emulator, 0, "/shows?ids")).toHaveLength(3);
  });

  test("then only what changed: new, edited and removed ones", async () => {
    const { emulator, catalog, counts } = await place();
    const ids = addShows(emulator, 150, 600);
    await counts();
    const from = emulator.calls.length;
    expect(await counts()).toMatchObject({ mode: "incremental", added: 0, changed: 0 });
    // Two hours are asked for again, because the server's clock is not even.
    const [again] = gets(emulator, from, "/shows?ids");
    expect(again?.url.match(/ids/g)?.length ?? 0).toBeLessThanOrEqual(6);
    emulator.tables.change("shows", ids[3] ?? 0, { title: "Edited", lastModified: minutesAgo(1) });
    addShows(emulator, 1, 1);
    const before = catalog.database.select().from(cablecastShows).all();
    expect(await counts()).toMatchObject({ mode: "incremental", added: 1, changed: 1 });
    const rows = new Map(before.map((row) => [row.cablecastId, row]));
    const differing = catalog.database
      .select()
      .from(cablecastShows)
      .all()
      .filter((row) => JSON.stringify(row) !== JSON.stringify(rows.get(row.cablecastId)));
    expect(differing.map(({ title }) => title).toSorted()).toEqual(["Edited", "Meeting 0"]);
    emulator.tables.remove("shows", ids[5] ?? 0);
    expect(await counts(true)).toMatchObject({ mode: "full", removed: 1, added: 0, changed: 0, unchanged: 155 });
    expect(listShows(catalog, { search: "Meeting 5", limit: 1 }).shows[0]?.title).not.toBe("Meeting 5");
    const gone = catalog.database
      .select()
      .from(cablecastShows)
      .all()
      .filter(({ removedDate }) => removedDate !== null);
    expect(gone.map(({ cablecastId }) => cablecastId)).toEqual([ids[5]]);
    expect(findReference(catalog, "meeting 5.mp4")).toBeUndefined();
    // It comes back: it is there again.
    emulator.tables.add(
      "shows",
      { ...emptyShow, title: "Meeting 5", location: 1, lastModified: minutesAgo(0) },
      ids[5],
    );
    expect(await counts()).toMatchObject({ added: 1 });
  });

  test("a list that was cut short forgets nothing", async () => {
    const { emulator, catalog, counts } = await place();
    addShows(emulator, 30, 600);
    await counts();
    emulator.faults.shortSearches = 10;
    expect(await counts(true)).toMatchObject({ removed: 0 });
    expect(listShows(catalog).total).toBe(35);
  });

  test.each<[string, Partial<Emulator["faults"]>]>([
    ["brings no related records", { noSideloads: true }],
    ["pages by item", { offsetMode: "item" }],
    ["is old", { oldServer: true }],
    ["is new", { newServer: true }],
    ["fails now and then", { badGateways: 1 }],
  ])("with a server that %s", async (_, faults) => {
    const { emulator, catalog, counts } = await place();
    addShows(emulator, 12, 600);
    Object.assign(emulator.faults, faults);
    expect(await counts()).toMatchObject({ mode: "full", added: 17 });
    expect(catalog.database.select().from(cablecastVods).all()).toHaveLength(12);
    expect(findReference(catalog, "meeting 11.mp4")).toMatchObject({ kind: "reel" });
  });

  test("an end in the middle keeps what was loaded, and the next run finishes it", async () => {
    const { emulator, catalog, deps, counts } = await place();
    addShows(emulator, 250, 600);
    const stop = new AbortController();
    const stopping = {
      ...deps,
      signal: stop.signal,
      onProgress: (share: number) => {
        if (share > 0.5) stop.abort();
      },
    };
    await expect(syncShows(stopping, false)).rejects.toMatchObject({ code: "interrupted" });
    expect(findSyncState(catalog, 1)).toBeUndefined();
    expect(listShows(catalog).total).toBe(200);
    expect(await counts()).toEqual({ mode: "full", added: 55, changed: 0, unchanged: 200, removed: 0 });
  });

  test("views of linked shows are looked at though the show has not changed; a VOD that is gone is marked", async () => {
    const { emulator, catalog, counts } = await place();
    const [show = 0] = addShows(emulator, 1, 600);
    await counts();
    linkRecording(catalog, {
      server: emulator.url,
      recordingId: someRecording(catalog).id,
      showId: show,
      reason: "by hand",
      score: 1,
    });
    const [vod] = emulator.tables.all("vods");
    emulator.tables.change("vods", vod?.id ?? 0, { views: 4_711 });
    await counts();
    expect(listShows(catalog, { search: "Meeting 0" }).shows).toMatchObject([{ views: 4_711 }]);
    emulator.tables.remove("vods", vod?.id ?? 0);
    await counts();
    expect(catalog.database.select().from(cablecastVods).all()).toMatchObject([{ removedDate: expect.any(String) }]);
  });

  test("a file that the server knows and no show plays is not to be moved away", async () => {
    const { emulator, catalog, counts } = await place();
    copyFileSync(sampleVideo, join(emulator.content, "to be shown.mp4"));
    await counts();
    expect(findReference(catalog, "To Be Shown.mp4")).toMatchObject({ kind: "asset" });
  });
});

describe("dates of the server", () => {
  test("are compared with their offsets, and asked for by its own clock", () => {
    expect(laterDate("2026-05-05T08:00:01.1-04:00", "2026-05-05T13:00:00Z")).toBe("2026-05-05T13:00:00Z");
    expect(laterDate("2026-05-05T08:00:01.1-04:00", "nonsense")).toBe("2026-05-05T08:00:01.1-04:00");
    expect(laterDate(null, undefined)).toBeNull();
    // Two hours earlier: the hour that comes twice in autumn is asked for twice.
    expect(searchFrom("2026-11-01T01:30:00.187-05:00")).toBe("2026-10-31T23:30:00");
  });
});

describe("linking", () => {
  const compared = {
    recordingId: "0123456789abcdef-x",
    path: "/share/meeting 3.mp4",
    seconds: 60,
    title: "Oakdale City Council 2026-01-05",
    publicTitle: "Oakdale City Council",
    date: "2026-01-05",
  };

  test("by the file, with a score and the reason", async () => {
    const { emulator, catalog, counts } = await place();
    const ids = addShows(emulator, 5, 600);
    await counts();
    const recording = someRecording(catalog);
    const own = { ...compared, recordingId: recording.id };
    expect(linkClearly(catalog, emulator.url, own)).toBe("linked");
    expect(findLink(catalog, emulator.url, recording.id)).toEqual({
      showId: ids[3],
      reason: "it plays the same file",
      score: 1,
    });
  });

  test("by our mark, by title and day; two that fit are left to a person", async () => {
    const { emulator, catalog, counts } = await place();
    const add = (fields: object) =>
      emulator.tables.add("shows", { ...emptyShow, location: 1, title: "x", lastModified: minutesAgo(9), ...fields })
        .id;
    const first = add({ title: "Oakdale City Council", eventDate: "2026-01-05T19:00:00-06:00" });
    add({ title: "Lake Elmo Council", eventDate: "2026-01-05T19:00:00-06:00" });
    await counts();
    const recording = someRecording(catalog);
    const own = { ...compared, recordingId: recording.id, path: "/share/other.mp4" };
    expect(linkCandidates(catalog, emulator.url, own)).toMatchObject([
      { showId: first, score: 0.95, reasons: ["the same title and date"] },
    ]);
    const second = add({ title: "OAKDALE city council", eventDate: "2026-01-05T00:00:00-06:00" });
    await counts();
    expect(linkClearly(catalog, emulator.url, own)).toBe("unclear");
    expect(linkCandidates(catalog, emulator.url, own).map(({ showId }) => showId)).toEqual([first, second]);
    const ours = add({ localId: toShowMark(recording.id) });
    await counts();
    expect(linkClearly(catalog, emulator.url, own)).toBe("linked");
    expect(findLink(catalog, emulator.url, recording.id)).toMatchObject({ showId: ours });
  });

  test("nothing that fits is nothing", async () => {
    const { emulator, catalog, counts } = await place();
    await counts();
    expect(linkClearly(catalog, emulator.url, { ...compared, recordingId: someRecording(catalog).id })).toBe("none");
  });
});
