/** Old recordings move by rule, with all that is known of them. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findRecordingByPath } from "../../electron/catalog/repositories/recordings.ts";
import { listShareFiles } from "../../electron/catalog/repositories/share-files.ts";
import { planMoves, runMoves } from "../../electron/maintenance/life-cycle.ts";
import { put } from "../support/station/shares.ts";
import { meetingAt, testStation } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

async function agedRecording(settings: object = {}) {
  const root = temporaryFolder();
  const [active, secondary] = [join(root, "active"), join(root, "secondary")];
  for (const folder of [active, secondary]) mkdirSync(folder);
  const station = testStation({
    shares: [
      { label: "Active", path: active },
      { label: "Secondary", path: secondary, role: "secondary" },
    ],
    cities: [{ name: "Oakdale", shares: ["Active"] }],
    settings: { lifeCycle: { enabled: true, onlyPublished: false, ...settings } },
  });
  const video = meetingAt(join(active, "2026", "council.mp4"));
  const monthAgo = Date.now() / 1000 - 40 * 86_400;
  utimesSync(video, monthAgo, monthAgo);
  const id = station.add(video);
  await station.runtime.start();
  await expect.poll(() => station.job(id)?.state).toBe("completed");
  put(active, "2026/council.scc", "captions beside the video");
  for (let look = 0; look < 2; look++) await station.runtime.scanner.scan(station.runtime.monitor.shares[0] as never);
  const { services, runtime } = station;
  const deps = { services, monitor: runtime.monitor };
  return { station, deps, video, active, secondary };
}

describe("an old recording", () => {
  test("is moved by the schedule's job with its sidecar, and is known in its new place at once", async () => {
    const { station, video, active, secondary } = await agedRecording();
    const { runtime, catalog } = station;
    const schedule = runtime.schedules.find(({ name }) => name === "archive");
    if (schedule === undefined) throw new Error("there is no such schedule");
    expect(await runtime.scheduler.run(schedule)).toBe("put into the queue");
    await expect.poll(() => runtime.jobService.room()).toBe(100);
    expect(readdirSync(join(secondary, "2026")).toSorted()).toEqual(["council.mp4", "council.scc"]);
    expect(existsSync(video)).toBe(false);
    expect(readdirSync(join(active, "2026"))).toEqual([]);
    expect(findRecordingByPath(catalog, join(secondary, "2026", "council.mp4"))).toBeDefined();
    expect(
      listShareFiles(catalog, {})
        .map(({ share, state, reason }) => `${share} ${state} ${reason}`)
        .toSorted(),
    ).toEqual(["Active vanished moved to Secondary", "Secondary done this recording is done already"]);
  });

  test.skipIf(process.platform === "win32")(
    "goes to no folder that a link leads to, and is not taken from one",
    async () => {
      const { deps, video, active, secondary } = await agedRecording();
      const elsewhere = temporaryFolder();
      symlinkSync(elsewhere, join(secondary, "2026"));
      const refused = { moved: 0, failed: [{ path: video, reason: expect.stringMatching(/link/) }] };
      expect(await runMoves(deps)).toMatchObject(refused);
      rmSync(join(secondary, "2026"));
      renameSync(join(active, "2026"), join(elsewhere, "2026"));
      symlinkSync(join(elsewhere, "2026"), join(active, "2026"));
      expect(await runMoves(deps)).toMatchObject(refused);
      expect(readdirSync(elsewhere)).toEqual(["2026"]);
      expect(existsSync(video)).toBe(true);
    },
  );

  test("that a Cablecast reel names stays, with that reason, and nothing is touched", async () => {
    const { station, deps, video } = await agedRecording();
    station.catalog.database.$client
      .prepare("INSERT INTO cablecast_references (kind, cablecast_id, filename) VALUES ('reel', 4711, 'Council.MP4')")
      .run();
    expect(await planMoves(deps)).toMatchObject({
      moves: [],
      refused: [{ reason: "Cablecast's reel 4711 refers to it" }],
    });
    expect(await runMoves(deps)).toMatchObject({ moved: 0, failed: [] });
    expect(existsSync(video)).toBe(true);
  });

  test("that is not published, or is being edited, stays where the rule says so", async () => {
    const { station, deps } = await agedRecording({ onlyPublished: true });
    expect((await planMoves(deps)).refused).toMatchObject([{ reason: "its captions have not been published" }]);
    const { $client } = station.catalog.database;
    $client.prepare("UPDATE transcriptions SET vod_status = 'published'").run();
    expect((await planMoves(deps)).moves).toHaveLength(1);
    $client
      .prepare(
        "INSERT INTO versions (id, transcription_id, number, origin) SELECT 'v', id, 1, 'editor' FROM transcriptions",
      )
      .run();
    expect((await planMoves(deps)).refused).toMatchObject([{ reason: "its captions are being edited" }]);
  });
});
