/** What is decided about shares and files without touching any. */
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { captionProfiles } from "../../electron/captions/quality/caption-profile.ts";
import { captionProfileNames, type ShareSettings } from "../../electron/contract/settings/shares.ts";
import { readFileName } from "../../electron/shares/discovery/file-name.ts";
import { globs } from "../../electron/shares/discovery/globs.ts";
import { settle } from "../../electron/shares/discovery/settle.ts";
import { judgeShare } from "../../electron/shares/health/judge.ts";
import { outputPlace, toSlug } from "../../electron/shares/output-place.ts";
import type { FolderReport } from "../../electron/shares/share-probe.ts";
import { findCityOfPath, findShareOfPath } from "../../electron/shares/which-share.ts";
import { folderShare, settingsWith } from "../support/station/shares.ts";

const gigabyte = 1024 ** 3;
const marks = { warnPercent: 80, fullPercent: 90 };
const answers = (more: object = {}): FolderReport => ({
  ok: true,
  mountPoint: true,
  realPath: "/mnt/flex-1",
  readError: null,
  writing: "ok",
  totalBytes: 100 * gigabyte,
  freeBytes: 50 * gigabyte,
  latencyMs: 1.5,
  ...more,
});
const share: ShareSettings = {
  ...folderShare("/mnt/flex-1", "Birchwood"),
  mustBeMounted: true,
  mountCommand: "sudo mount /mnt/flex-1",
};

describe("the health of a share", () => {
  test.each<[string, FolderReport, string, string, RegExp]>([
    ["that answers", answers(), "ok", "healthy", /^It answers/],
    ["at exactly 80 %", answers({ freeBytes: 20 * gigabyte }), "ok", "healthy", /answers/],
    ["above 80 %", answers({ freeBytes: 19.9 * gigabyte }), "filling", "degraded", /80\.1 %/],
    ["at exactly 90 %", answers({ freeBytes: 10 * gigabyte }), "filling", "degraded", /90 %/],
    ["above 90 %", answers({ freeBytes: 9 * gigabyte }), "full", "unhealthy", /91 %.*Free some space/],
    ["that takes nothing more", answers({ writing: "ENOSPC" }), "full", "unhealthy", /Free/],
    ["whose quota is used up", answers({ writing: "EDQUOT" }), "full", "unhealthy", /Free/],
    ["that is read-only", answers({ writing: "EROFS" }), "read-only", "degraded", /write permission for \/mnt\/flex-1/],
    ["that may not be listed", answers({ readError: "EACCES" }), "unreadable", "unhealthy", /read permission/],
    ["that may not be entered", { ok: false, error: "EACCES" }, "unreadable", "unhealthy", /read permission/],
    [
      "that is not mounted",
      answers({ mountPoint: false }),
      "not-mounted",
      "unhealthy",
      /Mount it: sudo mount \/mnt\/flex-1/,
    ],
    ["whose folder is gone", { ok: false, error: "ENOENT" }, "not-mounted", "unhealthy", /no such folder.*sudo mount/],
    ["whose server forgot it", { ok: false, error: "ESTALE" }, "hung", "unhealthy", /ESTALE.*file server/],
    ["that hangs", "hung", "hung", "unhealthy", /does not answer/],
    ["that does not tell its size", answers({ totalBytes: null, freeBytes: null }), "ok", "healthy", /answers/],
    ["of no size", answers({ totalBytes: 0, freeBytes: 0 }), "ok", "healthy", /answers/],
  ])("%s", (_, report, condition, status, message) => {
    const health = judgeShare(share, report, marks, "2026-03-02T12:00:00.000Z");
    expect(health).toMatchObject({ condition, status });
    expect(health.message).toMatch(message);
    expect(health.isReadable).toBe(!["not-mounted", "hung", "unreadable"].includes(condition));
  });

  test("a share with no room for the files of a meeting", () => {
    const at = "2026-03-02T12:00:00.000Z";
    expect(judgeShare(share, answers({ freeBytes: 10 * 1024 ** 2 }), marks, at).hasRoom).toBe(false);
    expect(judgeShare(share, answers({ freeBytes: 9 * gigabyte }), marks, at).hasRoom).toBe(true);
    expect(judgeShare(share, answers({ writing: "EDQUOT" }), marks, at).hasRoom).toBe(false);
  });
});

describe("the name of a recording", () => {
  test.each<[string, string | undefined, string | undefined, string]>([
    ["2026-03-02 Oakdale City Council.mp4", "2026-03-02", "City Council", "Oakdale City Council"],
    ["Planning_Commission_03-02-2026.mov", "2026-03-02", "Planning Commission", "Planning Commission"],
    ["20260302_council.mkv", "2026-03-02", "City Council", "council"],
    ["WorkSession 3.2.26.mp4", "2026-03-02", undefined, "WorkSession"],
    ["Work Session 3-2-26.mp4", "2026-03-02", "Work Session", "Work Session"],
    ["Parks Commission 12 31 2025.mp4", "2025-12-31", "Parks Commission", "Parks Commission"],
    ["03022026 Town Board.ts", "2026-03-02", "Town Board", "Town Board"],
    ["School Board (ISD 622).mp4", undefined, "School Board", "School Board (ISD 622)"],
    ["2026-02-30 Council.mp4", undefined, "City Council", "2026-02-30 Council"],
    ["recording 1234567.mp4", undefined, undefined, "recording 1234567"],
    ["2026-03-02.mp4", "2026-03-02", undefined, "2026-03-02"],
    ["no extension", undefined, undefined, "no extension"],
    [".mp4", undefined, undefined, ""],
  ])("%s", (name, date, type, title) => {
    expect(readFileName(name)).toEqual({ date, type, title });
  });

  test("is read by a city's own pattern first", () => {
    const patterns = ["^(?<type>CC|PC)_(?<date>\\d{8})_(?<title>.+)$", "^(?<title>special)"];
    expect(readFileName("PC_20260302_Budget_hearing.mp4", patterns)).toEqual({
      date: "2026-03-02",
      type: "PC",
      title: "Budget hearing",
    });
    expect(readFileName("2026-03-02 Council.mp4", patterns).type).toBe("City Council");
  });

  test("of any kind is read without a fault", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const { date } = readFileName(name);
        if (date !== undefined) expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
      }),
    );
  });
});

describe("a file on its way", () => {
  const rules = { stablePolls: 2, minAgeSeconds: 120 };
  const now = Date.parse("2026-03-02T12:00:00Z");
  const old = { size: 10, modifiedMs: now - 3_600_000 };

  test.each<[string, Parameters<typeof settle>, boolean, number]>([
    ["that is new", [undefined, 0, old, now, rules], false, 0],
    ["that was the same once", [old, 0, old, now, rules], false, 1],
    ["that was the same twice", [old, 1, old, now, rules], true, 2],
    ["that has grown", [{ ...old, size: 9 }, 5, old, now, rules], false, 0],
    ["whose time has changed", [{ ...old, modifiedMs: 0 }, 5, old, now, rules], false, 0],
    [
      "that is stable but young",
      [{ size: 10, modifiedMs: now - 60_000 }, 5, { size: 10, modifiedMs: now - 60_000 }, now, rules],
      false,
      6,
    ],
    [
      "from a server whose clock is ahead",
      [{ size: 10, modifiedMs: now + 600_000 }, 5, { size: 10, modifiedMs: now + 600_000 }, now, rules],
      true,
      6,
    ],
    ["that is empty", [{ ...old, size: 0 }, 5, { ...old, size: 0 }, now, rules], false, 6],
  ])("%s", (_, given, isSettled, stablePolls) => {
    expect(settle(...given)).toEqual({ isSettled, stablePolls });
  });
});

describe("patterns", () => {
  const { include, exclude } = settingsWith({}).intake;
  test.each<[string, boolean]>([
    ["council.mp4", true],
    ["2026/march/Council.MP4", true],
    ["a/b.m2ts", true],
    ["notes.txt", false],
    ["transcriptions/2026/x/clip.mp4", false],
    [".hidden.mp4", false],
    [".Trash/council.mp4", false],
    ["@eaDir/council.mp4", false],
    ["a/#recycle/council.mp4", false],
    ["$RECYCLE.BIN/council.mp4", false],
    ["[brackets] & 'quotes'.mp4", true],
  ])("%s: taken %s", (path, taken) => {
    expect(globs(include)(path) && !globs(exclude)(path)).toBe(taken);
  });
});

describe("whose a file is", () => {
  const shares = [
    folderShare("/mnt/flex", "All"),
    folderShare("/mnt/flex/inner", "Inner"),
    folderShare("\\\\server\\flex-2", "Windows"),
  ];
  const { members } = settingsWith({
    cities: {
      members: [
        { name: "Dellwood", shares: ["All"], folders: ["dellwood", "Grant/**"] },
        { name: "Everyone else", shares: ["All"] },
      ],
    },
  }).cities;

  test.each<[string, string | undefined, string | undefined]>([
    ["/mnt/flex/a.mp4", "All", "a.mp4"],
    ["/mnt/flex/inner/x/a.mp4", "Inner", "x/a.mp4"],
    ["/mnt/flexible/a.mp4", undefined, undefined],
    ["\\\\server\\flex-2\\2026\\a.mp4", "Windows", "2026/a.mp4"],
  ])("%s lies on %s", (path, label, below) => {
    const held = findShareOfPath(shares, path);
    expect([held?.share.label, held?.below]).toEqual([label, below]);
  });

  test.each<[string, string]>([
    ["Dellwood/2026/a.mp4", "Dellwood"],
    ["grant/a.mp4", "Dellwood"],
    ["other/a.mp4", "Everyone else"],
  ])("%s is %s's", (below, name) => expect(findCityOfPath(members, "All", below)?.name).toBe(name));

  test("the caption profiles of the settings are those of the captions", () => {
    expect([...captionProfileNames].toSorted()).toEqual(Object.keys(captionProfiles).toSorted());
  });
});

describe("the place of the files", () => {
  const facts = {
    share: "/mnt/flex-1",
    city: "Lake Elmo",
    date: "2026-03-02",
    type: "City Council",
    title: "Regular: Council/Board, São",
  };

  test.each<[string, string]>([
    [
      "{share}/transcriptions/{year}/{date}-{slug}",
      "/mnt/flex-1/transcriptions/2026/2026-03-02-regular-council-board-sao",
    ],
    [
      "{share}/{city}/{year}/{month}/{type}/{title}",
      "/mnt/flex-1/Lake Elmo/2026/03/City Council/Regular- Council-Board, São",
    ],
    ["/captions/{city}", "/captions/Lake Elmo"],
    ["{share}/{unknown}", "/mnt/flex-1/{unknown}"],
  ])("%s", (pattern, place) => expect(outputPlace(pattern, facts)).toBe(join(place)));

  test("never leaves the share, whatever a recording is called", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (title, type, city) => {
        const place = outputPlace("{share}/{city}/{type}/{title}/{slug}", {
          share: "/mnt/flex",
          date: "2026-03-02",
          title,
          type,
          city,
        });
        expect(place.startsWith("/mnt/flex/")).toBe(true);
        expect(place.split("/").length).toBe(7);
      }),
    );
    expect(toSlug("../../etc")).toBe("etc");
  });
});
