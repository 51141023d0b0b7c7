/** A day is the station's day, wherever it is derived from a point in time. */
import { mkdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { newId } from "../../electron/catalog/ids.ts";
import { upsertRecording } from "../../electron/catalog/repositories/recordings.ts";
import { listShareFiles } from "../../electron/catalog/repositories/share-files.ts";
import { addTranscription, finishTranscription } from "../../electron/catalog/repositories/transcriptions.ts";
import { getStationFigures } from "../../electron/monitoring/dashboard.ts";
import { toDay } from "../../electron/platform/calendar.ts";
import { testHost } from "../support/station/host.ts";
import { put } from "../support/station/shares.ts";
import { meetingAt, testStation } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

/** The two ends of the world: it is never the same day in both, except for an hour. */
const zones = ["Pacific/Pago_Pago", "Pacific/Kiritimati"] as const;

// 27 November in Chicago, 28 November in UTC.
const evening = new Date("2026-11-28T02:30:00Z");

describe.each(zones)("in %s", (timeZone) => {
  const settings = { schedules: { timeZone } };

  test("the date of a recording whose name tells none stays unknown, and its folder bears the day of the file", async () => {
    const station = testStation({ settings });
    const path = meetingAt(join(temporaryFolder(), "Evening.mp4"));
    utimesSync(path, evening, evening);
    await station.runtime.start();
    const id = station.add(path, { modifiedMs: evening.getTime() });
    await expect.poll(() => station.job(id)?.state, { timeout: 120_000 }).toBe("completed");
    const { folder } = JSON.parse(station.job(id)?.result ?? "{}") as { folder: string };
    expect(folder).toBe(join(station.folder.output, `${toDay(evening, timeZone)}-Evening`));
    expect(JSON.parse(station.job(id)?.payload ?? "{}")).toMatchObject({ meeting: { date: null } });
  });

  test("files are found by it, where their names tell no date", async () => {
    const share = join(temporaryFolder(), "flex");
    mkdirSync(share);
    const station = testStation({
      shares: [{ label: "Flex", path: share }],
      cities: [{ name: "Oakdale", shares: ["Flex"] }],
      settings,
    });
    const file = put(share, "Evening.mp4");
    utimesSync(file, evening, evening);
    await station.runtime.scanner.scan(station.settings.shares.servers[0] as never);
    const day = toDay(evening, timeZone);
    const find = (since: string) => listShareFiles(station.catalog, { since, timeZone }).map(({ path }) => path);
    expect(find(day)).toEqual(["Evening.mp4"]);
    expect(find(toDay(evening.getTime() + 86_400_000, timeZone))).toEqual([]);
  });
});

test("figures, library and session go by the station's clock", async () => {
  const timeZone = "America/Chicago";
  const host = await testHost({ settings: { schedules: { timeZone } } });
  const { catalog, services, runtime } = host;
  // One minute before and after midnight in Chicago, both on the same day in UTC.
  for (const [name, at] of [
    ["late.mp4", "2026-03-09T04:59:00.000Z"],
    ["early.mp4", "2026-03-09T05:01:00.000Z"],
  ] as const) {
    const recording = upsertRecording(catalog, {
      fingerprint: newId(),
      filename: name,
      filePath: `/${name}`,
      fileSize: 1,
      modifiedMs: Date.parse(at),
      container: "mp4",
      durationMs: 60_000,
      media: {},
    });
    const { id } = addTranscription(catalog, {
      recordingId: recording.id,
      modelFingerprint: "m",
      optionsKey: name,
      filename: name,
      filePath: recording.filePath,
      fileSize: 1,
      language: "en",
      model: "m",
      options: {},
      outputFolder: `/${name}`,
      createdDate: at,
    });
    finishTranscription(catalog, id, { status: "completed", completedDate: at, durationMs: 60_000, elapsedMs: 1 });
  }
  const clock = { now: () => new Date("2026-03-09T05:30:00Z"), monotonicMs: () => 0 };
  const figures = await getStationFigures({ ...services, clock }, runtime.monitor);
  expect(figures.days.map(({ date }) => date).slice(-3)).toEqual(["2026-03-07", "2026-03-08", "2026-03-09"]);
  expect(figures.days.map(({ recordings }) => recordings).slice(-3)).toEqual([0, 1, 1]);

  const client = await host.connect();
  const { meetings } = await client.library.list({ sort: "date", descending: false, limit: 10, offset: 0 });
  expect(meetings.toSorted((a, b) => b.filename.localeCompare(a.filename))).toMatchObject([
    { filename: "late.mp4", date: null },
    { filename: "early.mp4", date: null },
  ]);
  expect(await client.session.look()).toMatchObject({ timeZone });
});
