import { describe, expect, test } from "vitest";
import { globs } from "../../../electron/shares/discovery/globs.ts";
import { settingsWith } from "../../support/station/shares.ts";

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
    ["[brackets] & 'quotes'.mp4", true],
  ])("%s: taken %s", (path, taken) => {
    expect(globs(include)(path) && !globs(exclude)(path)).toBe(taken);
  });

  test.each(["NFC", "NFD"] as const)("do not care how accents are composed, in %s", (form) => {
    const path = "Réunions/Séance.mp4".normalize(form);
    for (const typed of ["NFC", "NFD"]) {
      expect(globs(["RÉUNIONS".normalize(typed)])(path)).toBe(true);
      expect(globs(["**/Séance.*".normalize(typed)])(path)).toBe(true);
      expect(globs(["Reunions/**".normalize(typed)])(path)).toBe(false);
    }
  });
});
