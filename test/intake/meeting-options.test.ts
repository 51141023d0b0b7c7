/** What place and name of a recording say about its meeting, and what a person says instead. */
import { describe, expect, test } from "vitest";
import { type MeetingRequest, resolveMeetingOptions } from "../../electron/intake/meeting-options.ts";
import { settingsWith } from "../support/station/shares.ts";

const settings = (more: object = {}) =>
  settingsWith({
    shares: { servers: [{ label: "Flex", path: "/mnt/flex", mustBeMounted: false }] },
    cities: {
      members: [
        {
          name: "Oakdale",
          shares: ["Flex"],
          folders: ["oakdale"],
          glossary: "East Metro",
          language: "es",
          captionProfile: "netflix",
          namePatterns: ["^CC (?<date>\\d{8}) (?<title>.+) Oakdale$"],
        },
        { name: "Lake Elmo", shares: ["Flex"], folders: ["elmo"], output: "/captions/{city}/{date}" },
      ],
    },
    schedules: { timeZone: "America/Chicago" },
    ...more,
  });

const resolve = (path: string, request: Partial<MeetingRequest> = {}, more: object = {}) =>
  resolveMeetingOptions(settings(more), { path, ...request });

describe("the city", () => {
  test.each<[string, string, string | null | undefined, string | undefined, string | undefined]>([
    ["of the folder", "/mnt/flex/oakdale/council.mp4", undefined, "Oakdale", "East Metro"],
    ["of the folder, whatever the name says", "/mnt/flex/oakdale/Lake Elmo.mp4", undefined, "Oakdale", "East Metro"],
    ["in the name of a dropped file", "/home/anna/Oakdale council.mp4", undefined, "Oakdale", "East Metro"],
    ["in the name of an upload", "/data/uploads/1f/2026-03-02 lake_elmo.mp4", undefined, "Lake Elmo", "Lake Elmo"],
    ["in no city's folder of a share", "/mnt/flex/inbox/Oakdale.mp4", undefined, "Oakdale", "East Metro"],
    ["that a person chose", "/home/anna/Oakdale council.mp4", "lake elmo", "Lake Elmo", "Lake Elmo"],
    ["that the settings do not know", "/home/anna/Oakdale council.mp4", "Afton", "Afton", "Afton"],
    ["none, as a person chose", "/mnt/flex/oakdale/Oakdale council.mp4", null, undefined, undefined],
    ["none, where two are named", "/home/anna/Oakdale and Lake Elmo.mp4", undefined, undefined, undefined],
  ])("%s", (_, path, city, cityName, glossary) => {
    expect(resolve(path, { city })).toMatchObject({ cityName, glossary });
  });

  test("brings its language, its profile and its patterns, unless a person says otherwise", () => {
    const path = "/home/anna/CC 20260302 Budget Oakdale.mp4";
    expect(resolve(path)).toMatchObject({
      language: "es",
      profile: "netflix",
      date: "2026-03-02",
      title: "Budget",
    });
    expect(resolve(path, { language: "en" }).language).toBe("en");
    expect(resolve(path, { city: null })).toMatchObject({ language: "en", profile: null });
  });
});

describe("the date", () => {
  test("is unknown where no name tells it, and the folder bears the day of the file, by the station's clock", () => {
    const path = "/mnt/flex/oakdale/Evening.mp4";
    // 28 November, 02:30 in Greenwich.
    const modifiedMs = Date.UTC(2026, 10, 28, 2, 30);
    const at = (timeZone: string) => ({ schedules: { timeZone } });
    for (const [timeZone, day] of [
      ["America/Chicago", "2026-11-27"],
      ["Etc/UTC", "2026-11-28"],
    ] as const) {
      expect(resolve(path, { modifiedMs }, at(timeZone))).toMatchObject({
        date: null,
        folderDay: day,
        destination: { place: `/mnt/flex/transcriptions/2026/${day}-evening` },
      });
    }
    // Nor is the file known.
    expect(resolve(path)).toMatchObject({
      date: null,
      destination: { place: "/mnt/flex/transcriptions/undated/undated-evening" },
    });
  });

  test("that the name tells is the folder's, whenever the file was changed", () => {
    const modifiedMs = Date.UTC(2026, 10, 28);
    const { destination } = resolve("/mnt/flex/oakdale/2026-03-02 council.mp4", { modifiedMs });
    expect(destination.place).toMatch(/2026\/2026-03-02-council$/);
  });

  test("that a person has cleared stays unknown, whatever the name says", () => {
    const path = "/mnt/flex/oakdale/2026-03-02 council.mp4";
    expect(resolve(path).date).toBe("2026-03-02");
    const cleared = resolve(path, { modifiedMs: Date.UTC(2026, 10, 28), meeting: { date: null, type: null } });
    expect(cleared).toMatchObject({ date: null, type: null });
    expect(cleared.destination.place).toMatch(/undated-council$/);
    expect(resolve(path, { meeting: { date: "2026-03-03" } })).toMatchObject({
      date: "2026-03-03",
      type: "City Council",
    });
  });
});

describe("the folder", () => {
  const shares = {
    servers: [
      { label: "Old", path: "/mnt/old", role: "archive", mustBeMounted: false },
      { label: "Flex", path: "/mnt/flex", mustBeMounted: false },
      { label: "Elmo", path: "/mnt/elmo", mustBeMounted: false },
      { label: "Other", path: "/mnt/other", mustBeMounted: false },
    ],
  };
  const members = [
    { name: "Oakdale", shares: ["Old", "Flex", "Elmo"], output: "{share}/captions/{date}" },
    { name: "Lake Elmo", shares: ["Elmo"], folders: ["elmo"] },
    { name: "Afton", shares: ["Old"], output: "{share}/captions/{slug}" },
    { name: "Stillwater", shares: ["Flex"], folders: ["sw"], output: "/srv/own/{city}" },
    { name: "Hugo", shares: ["Flex"], folders: ["hugo"], output: "by-city/{city}" },
  ];
  const more = { shares, cities: { members } };
  const folder = { output: { folder: "/srv/captions" } };

  test.each<[string, string, string | null | undefined, object, string, string | undefined, string | undefined]>([
    [
      "of a dropped file is on the city's first active share",
      "/home/anna/a.mp4",
      "Oakdale",
      {},
      "city",
      "/mnt/flex/captions/undated",
      "Flex",
    ],
    ["of an upload, too", "/data/uploads/1/Oakdale.mp4", undefined, {}, "city", "/mnt/flex/captions/undated", "Flex"],
    [
      "is on the recording's own share, if it is one of the city's",
      "/mnt/elmo/a.mp4",
      "Oakdale",
      {},
      "city",
      "/mnt/elmo/captions/undated",
      "Elmo",
    ],
    [
      "is on the city's share where the recording lies on another's",
      "/mnt/other/a.mp4",
      "Lake Elmo",
      {},
      "pattern",
      "/mnt/elmo/transcriptions/undated/undated-a",
      "Elmo",
    ],
    [
      "follows the station's pattern where the city has none",
      "/home/anna/a.mp4",
      "Lake Elmo",
      {},
      "pattern",
      "/mnt/elmo/transcriptions/undated/undated-a",
      "Elmo",
    ],
    [
      "of no city is on the recording's share",
      "/mnt/other/a.mp4",
      null,
      {},
      "pattern",
      "/mnt/other/transcriptions/undated/undated-a",
      "Other",
    ],
    ["of no city and no share is in the data folder", "/home/anna/a.mp4", null, {}, "data", undefined, undefined],
    [
      "of a city that the settings do not know is in the data folder",
      "/home/anna/a.mp4",
      "Grant",
      {},
      "data",
      undefined,
      undefined,
    ],
    [
      "of a city without an active share is in the data folder",
      "/home/anna/a.mp4",
      "Afton",
      {},
      "data",
      undefined,
      undefined,
    ],
    [
      "of a pattern without a share needs none",
      "/home/anna/a.mp4",
      "Stillwater",
      {},
      "city",
      "/srv/own/Stillwater",
      undefined,
    ],
    [
      "of a pattern that begins nowhere is in the output folder",
      "/home/anna/a.mp4",
      "Hugo",
      {},
      "city",
      "by-city/Hugo",
      undefined,
    ],
    [
      "in the settings leaves a city's own pattern alone",
      "/home/anna/a.mp4",
      "Oakdale",
      folder,
      "city",
      "/mnt/flex/captions/undated",
      "Flex",
    ],
    [
      "in the settings comes before the station's pattern",
      "/mnt/elmo/a.mp4",
      "Lake Elmo",
      folder,
      "folder",
      undefined,
      undefined,
    ],
    ["in the settings takes what belongs to no city", "/mnt/other/a.mp4", null, folder, "folder", undefined, undefined],
  ])("%s", (_, path, city, settingGroups, reason, place, share) => {
    const { destination } = resolve(path, { city }, { ...more, ...settingGroups });
    expect({ ...destination, share: destination.share?.label }).toEqual({ reason, place, share });
  });
});

describe("speakers", () => {
  const cities = (speakerLabels: string | null) => ({
    cities: { members: [{ name: "Oakdale", shares: ["Flex"], speakerLabels }] },
  });
  test.each<[string | null, boolean | undefined, string | undefined]>([
    ["names", undefined, "names"],
    ["names", true, "names"],
    ["names", false, "none"],
    ["none", true, "arrows"],
    [null, undefined, undefined],
    [null, true, undefined],
    [null, false, "none"],
  ])("of a city with %s, when a person says %s", (labels, speakers, expected) => {
    expect(resolve("/home/anna/Oakdale.mp4", { speakers }, cities(labels)).speakerLabels).toBe(expected);
  });
});
