import { describe, expect, test } from "vitest";
import { type FirstSight, whyNotAwaited } from "../../electron/intake/settling-files.ts";
import { settingsWith } from "../support/station/shares.ts";

const now = Date.parse("2026-03-02T20:00:00Z");
const { intake } = settingsWith({});
const file = { size: 5, modifiedMs: now - 3_600_000, stablePolls: 1, reason: null };
const first: FirstSight = { ...file, round: 1 };

describe("a new file", () => {
  test.each<[string, object, Partial<FirstSight>, number, string | undefined]>([
    ["that has not changed is waited for", {}, {}, 1, undefined],
    [
      "that was changed a minute ago is waited for",
      { modifiedMs: now - 60_000 },
      { modifiedMs: now - 60_000 },
      1,
      undefined,
    ],
    ["from the future is waited for", { modifiedMs: now + 9e9 }, { modifiedMs: now + 9e9 }, 1, undefined],
    ["that grows is not", { size: 6 }, {}, 1, "it is still being written"],
    ["that is written anew is not", { modifiedMs: now - 1 }, {}, 1, "it is still being written"],
    ["that is empty is not", { size: 0 }, { size: 0 }, 1, "it is empty so far"],
    ["that was found broken is not", { reason: "it is incomplete" }, {}, 2, "it is incomplete"],
    [
      "that an earlier run found broken is",
      { reason: "it is incomplete" },
      { reason: "it is incomplete" },
      2,
      undefined,
    ],
    [
      "that is found broken once more is not",
      { reason: "it is incomplete", stablePolls: 0 },
      { reason: "it is incomplete" },
      2,
      "it is incomplete",
    ],
    ["that never settles is not waited for without end", {}, {}, 8, "it could not be inspected"],
    ["nor one that was broken before", { reason: "x" }, { reason: "x" }, 8, "x"],
  ])("%s", (_, change, seen, round, why) => {
    expect(whyNotAwaited({ ...file, ...change }, { ...first, ...seen }, round, now, intake)).toBe(why);
  });

  test("is not waited for as long as a day, where the settings ask for one", () => {
    const fresh = { ...file, modifiedMs: now };
    const patient = { ...intake, minAgeSeconds: 86_400 };
    expect(whyNotAwaited(fresh, { ...fresh, round: 1 }, 1, now, patient)).toMatch(/too short a time ago/);
    const slow = { ...intake, pollSeconds: 3_600 };
    expect(whyNotAwaited(file, first, 1, now, slow)).toMatch(/too short a time ago/);
  });
});
