import { describe, expect, test } from "vitest";
import { defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { encoderIssue } from "../../../electron/captions/quality/encoder-issues.ts";
import { decodeScc } from "../../../electron/captions/scc/decode.ts";
import { compareWithCues, encodeScc } from "../../../electron/captions/scc/encode.ts";
import { parseScc } from "../../../electron/captions/scc/file.ts";
import { msToFrame } from "../../../electron/captions/time/frame-rate.ts";
import { cue, series } from "../../support/captions/cues.ts";

describe("when captions come too close", () => {
  const two = ["A full line of thirty-two chars.", "And the second one is as long ok"];

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
    const cues = [cue(5_000, 5_400, "Yes."), cue(5_400, 8_000, ...two), cue(12_000, 14_000, ...two)];
    const seen = decodeScc(parseScc(encodeScc(cues).text));
    expect(seen[1]?.startFrame).toBeGreaterThan(msToFrame(5_400));
    expect(seen[2]?.startFrame).toBe(msToFrame(12_000));
  });

  test("sixty full captions every 1.1 s: the stretch is named with the delay that it reaches and the remedies", () => {
    const dense = series(60, 5_000, 1_100, "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const { notes } = encodeScc(dense);
    const stretch = notes.find(({ kind }) => kind === "too-dense");
    expect(stretch).toMatchObject({ kind: "too-dense", untilMs: dense.at(-1)?.endMs });
    const issue = stretch === undefined ? undefined : encoderIssue(stretch);
    expect(issue).toMatchObject({
      severity: "error",
      rule: "impossible-load",
      remedy: expect.stringMatching(/four rows.*roll-up.*shorten/),
    });
    // With four rows, two captions go out as one, and half of the overhead is gone.
    const merged = encodeScc(dense, { profile: { ...defaultProfile, maxMergedLines: 4 } });
    expect(merged.worstDelayMs).toBeLessThan(encodeScc(dense).worstDelayMs);
    expect(compareWithCues(merged.text, dense)).toBeUndefined();
  });
});
