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
      place: undefined,
    });
    expect(resolve(path, { language: "en" }).language).toBe("en");
    expect(resolve(path, { city: null })).toMatchObject({ language: "en", profile: null });
  });
});

describe("the date", () => {
  test("is unknown where no name tells it, and the folder says so", () => {
    expect(resolve("/mnt/flex/oakdale/Evening.mp4")).toMatchObject({
      date: null,
      place: "/mnt/flex/transcriptions/undated/undated-evening",
    });
  });

  test("that a person has cleared stays unknown, whatever the name says", () => {
    const path = "/mnt/flex/oakdale/2026-03-02 council.mp4";
    expect(resolve(path).date).toBe("2026-03-02");
    const cleared = resolve(path, { meeting: { date: null, type: null } });
    expect(cleared).toMatchObject({ date: null, type: null });
    expect(cleared.place).toMatch(/undated-council$/);
    expect(resolve(path, { meeting: { date: "2026-03-03" } })).toMatchObject({
      date: "2026-03-03",
      type: "City Council",
    });
  });
});

describe("the folder", () => {
  test("of a dropped file is the city's own where that needs no share", () => {
    expect(resolve("/home/anna/Lake Elmo.mp4").place).toBe("/captions/Lake Elmo/undated");
    const output = { output: { folder: "/srv/captions" } };
    expect(resolve("/home/anna/Lake Elmo.mp4", {}, output).place).toBeUndefined();
  });
});
