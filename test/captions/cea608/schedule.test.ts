import { describe, expect, test } from "vitest";
import { maxEarlyFrames } from "../../../electron/captions/cea608/schedule/limits.ts";
import type { Cue } from "../../../electron/captions/cue.ts";
import { captionProfiles, defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { encoderIssue } from "../../../electron/captions/quality/encoder-issues.ts";
import { findIssues } from "../../../electron/captions/quality/find-issues.ts";
import { decodeScc } from "../../../electron/captions/scc/decode.ts";
import type { DenseRemedy } from "../../../electron/captions/scc/dense-stretch.ts";
import { compareWithCues, type EncodeOptions, encodeScc } from "../../../electron/captions/scc/encode.ts";
import { parseScc } from "../../../electron/captions/scc/file.ts";
import { msToFrame } from "../../../electron/captions/time/frame-rate.ts";
import { cue, series } from "../../support/captions/cues.ts";

const two = ["A full line of thirty-two chars.", "And the second one is as long ok"] as const;

describe("when captions come too close", () => {
  test("the erase goes into the load", () => {
    const cues = [cue(5_000, 7_000, "First."), cue(7_600, 10_000, ...two)];
    const { notes } = encodeScc(cues);
    expect(notes).toEqual([]);
  });

  test("the old caption stays until the new one, before anything else is given up", () => {
    // 42 frames for the load and its flip, 46 with erase and tab offsets: 44 are there.
    const cues = [cue(5_000, 5_800, "First."), cue(6_440, 9_000, ...two)];
    expect(encodeScc(cues).notes).toMatchObject([{ kind: "repaired", repairs: ["erase-left-out"] }]);
  });

  test("then a clear that is not needed, then exact centring", () => {
    const odd = ["A line of thirty chars, about ok", "one that is odder"];
    const before = [cue(2_000, 3_000, "Zero."), cue(4_000, 5_000, "First.")];
    const repairs = (startMs: number): readonly string[] => {
      const note = encodeScc([...before, cue(startMs, startMs + 3_000, ...odd)]).notes.find(
        ({ kind }) => kind === "repaired",
      );
      return note?.kind === "repaired" ? note.repairs : [];
    };
    const seen = new Set(Array.from({ length: 30 }, (_, index) => repairs(4_800 + index * 33).join("+")));
    expect([...seen].some((list) => list === "erase-left-out+clear-left-out" || list === "clear-left-out")).toBe(true);
    expect([...seen].some((list) => list.includes("moved-left"))).toBe(true);
  });

  test("then the two are shown as one, where the profile has rows for that", () => {
    const cues = [cue(5_000, 5_400, "Yes."), cue(5_400, 8_000, ...two)];
    const profile = { ...defaultProfile, maxMergedLines: 4 };
    const { text, notes } = encodeScc(cues, { profile });
    expect(notes.some((note) => note.kind === "repaired" && note.repairs.includes("merged"))).toBe(true);
    const seen = decodeScc(parseScc(text));
    expect(seen.map(({ rows }) => rows.map((row) => row.text))).toEqual([["Yes.", ...two]]);
    expect(seen[0]?.startFrame).toBe(msToFrame(5_000));
    expect(compareWithCues(text, cues)).toBeUndefined();
  });

  test("then it is late, and back in time after the next pause", () => {
    const cues = [cue(5_000, 5_200, ...two), cue(5_200, 8_000, ...two), cue(12_000, 14_000, ...two)];
    const seen = decodeScc(parseScc(encodeScc(cues).text));
    expect(seen[1]?.startFrame).toBeGreaterThan(msToFrame(5_200));
    expect(seen[2]?.startFrame).toBe(msToFrame(12_000));
  });

  test("a caption is shown a little early where that makes room for what follows", () => {
    const cues = [cue(5_000, 6_100, ...two), cue(6_100, 8_000, ...two)];
    const { text, notes } = encodeScc(cues);
    expect(notes).toMatchObject([{ kind: "repaired", repairs: ["early"], cues: [0] }]);
    const [first, second] = decodeScc(parseScc(text)).map(({ startFrame }) => startFrame);
    expect(second).toBe(msToFrame(6_100));
    expect(msToFrame(5_000) - (first ?? 0)).toBeGreaterThan(0);
    expect(msToFrame(5_000) - (first ?? 0)).toBeLessThanOrEqual(maxEarlyFrames);
  });

  test("words of captions that are too short to be loaded alone share rows, and it is told which", () => {
    const cues = [
      cue(5_000, 5_200, "for"),
      cue(5_200, 5_400, "the"),
      cue(5_400, 5_600, "deadline"),
      cue(5_600, 8_000, "of the budget."),
    ];
    const { text, notes } = encodeScc(cues);
    const joined = notes.filter((note) => note.kind === "repaired").find(({ repairs }) => repairs.includes("joined"));
    expect(joined?.cues.length).toBeGreaterThan(1);
    expect(joined?.text).toBe(joined?.cues.map((index) => cues[index]?.lines[0]).join(" "));
    expect(decodeScc(parseScc(text)).every(({ rows }) => rows.length <= 2)).toBe(true);
    expect(compareWithCues(text, cues)).toBeUndefined();
  });
});

describe("a stretch that is later than two seconds", () => {
  const narrow = ["abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"] as const;
  const find = (cues: readonly Cue[], options: Partial<EncodeOptions> = {}) => {
    const stretches = encodeScc(cues, options).notes.filter((note) => note.kind === "too-dense");
    return { stretches, issues: stretches.map(encoderIssue) };
  };

  test("is named once, with the delay that it reaches, its cause and what helps", () => {
    const dense = series(60, 5_000, 1_100, ...narrow);
    const { stretches, issues } = find(dense);
    expect(stretches).toMatchObject([{ kind: "too-dense", untilMs: dense.at(-1)?.endMs, cause: "pace" }]);
    expect(stretches[0]?.captions).toBeLessThan(60);
    expect(issues).toMatchObject([
      {
        severity: "error",
        rule: "impossible-load",
        message: expect.stringMatching(
          /up to \d\.\d\d s late here: they follow each other faster than they can be sent/,
        ),
        remedy: expect.stringMatching(/^Allow four rows .*paint-on.*or shorten/),
      },
    ]);
  });

  test.each([
    ["narrow rows", series(60, 5_000, 1_100, ...narrow)],
    ["narrow rows a little slower", series(60, 5_000, 1_150, ...narrow)],
    ["full rows", series(100, 5_000, 1_300, ...two)],
    ["a caption of four rows at the very beginning", [cue(0, 8_000, ...two, ...two)]],
  ])("is in time with each remedy that is named: %s", (_name, cues) => {
    const { stretches } = find(cues);
    expect(stretches).toHaveLength(1);
    const remedies: Readonly<Record<DenseRemedy, Partial<EncodeOptions> | undefined>> = {
      "begin-at-hour-one": { startFrame: msToFrame(3_600_000) },
      "four-rows": { profile: { ...defaultProfile, maxMergedLines: 4 } },
      "paint-on": { mode: "paint-on" },
      "roll-up": { mode: "roll-up-3" },
      shorten: undefined,
    };
    expect(stretches[0]?.remedies.length).toBeGreaterThan(1);
    for (const remedy of stretches[0]?.remedies ?? []) {
      const options = remedies[remedy];
      if (options === undefined) continue;
      expect(find(cues, options).stretches, remedy).toEqual([]);
      expect(compareWithCues(encodeScc(cues, options).text, cues, options), remedy).toBeUndefined();
    }
  });

  test("proposes roll-up where that keeps up", () => {
    expect(find(series(60, 5_000, 1_150, ...narrow)).issues[0]?.remedy).toMatch(/use roll-up captions/);
  });

  test("has more text than the channel carries only where full rows without a pause would be late as well", () => {
    const { stretches, issues } = find(series(60, 5_000, 900, ...two));
    expect(stretches).toMatchObject([{ cause: "text", remedies: ["shorten"] }]);
    expect(issues[0]).toMatchObject({
      message: expect.stringMatching(/more text than the caption channel carries/),
      remedy: "Shorten the text of this stretch.",
    });
  });

  test("is an error of the document, in the one engine, and none where captions keep up", () => {
    const errors = (everyMs: number) =>
      findIssues(series(60, 5_000, everyMs, ...narrow), {}, captionProfiles.standard)
        .filter(({ severity }) => severity === "error")
        .map(({ rule }) => rule);
    expect(errors(1_100)).toEqual(["impossible-load"]);
    expect(errors(1_300)).toEqual([]);
  });
});
