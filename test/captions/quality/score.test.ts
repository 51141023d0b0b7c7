import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { captionProfiles } from "../../../electron/captions/quality/caption-profile.ts";
import { checkCues } from "../../../electron/captions/quality/checker.ts";
import type { DocumentFacts } from "../../../electron/captions/quality/document-facts.ts";
import { findIssues } from "../../../electron/captions/quality/find-issues.ts";
import { scoreCaptions } from "../../../electron/captions/quality/score.ts";
import type { Word } from "../../../electron/captions/word.ts";
import { cue } from "../../support/captions/cues.ts";
import { cueList } from "../arbitraries.ts";

const word = (text: string, startMs: number, endMs: number, probability = 0.9): Word => ({
  text,
  startMs,
  endMs,
  probability,
});

describe("the score", () => {
  const words = [word("good", 0, 500, 1), word("evening", 500, 1_000, 1)];
  const score = (cues: readonly Cue[], facts: DocumentFacts = {}) =>
    scoreCaptions(cues, checkCues(cues, captionProfiles.standard, facts), captionProfiles.standard, facts);

  test("of clean captions is one, and they pass", () => {
    expect(score([cue(0, 2_000, "Good evening.")], { words })).toMatchObject({ overall: 1, passed: true });
  });

  test("of nothing, where something was said, is below the mark", () => {
    expect(score([], { words }).passed).toBe(false);
    expect(score([], { words: [] }).passed).toBe(false);
    expect(score([])).toMatchObject({ overall: 0, passed: false });
  });

  test("counts only what can be known", () => {
    expect(Object.keys(score([cue(0, 2_000, "Hi.")]).groups)).not.toContain("audio-quality");
    expect(Object.keys(score([cue(0, 2_000, "Hi.")], { words }).groups)).toContain("audio-quality");
    expect(Object.keys(score([cue(0, 2_000, "Hi.")]).groups)).not.toContain("speaker-identification");
    expect(Object.keys(score([cue(0, 2_000, "Hi.")], { speakersKnown: true }).groups)).toContain(
      "speaker-identification",
    );
  });

  test("falls with the share of the speech that has no captions", () => {
    const cues = [cue(0, 4_000, "the council has seen the plan", "and will vote on it this evening")];
    const completeness = (endMs: number) => {
      const facts = { speech: [{ startMs: 0, endMs }] };
      const issues = findIssues(cues, facts, captionProfiles.standard);
      return scoreCaptions(cues, issues, captionProfiles.standard, facts).groups["content-completeness"];
    };
    expect(completeness(4_000)).toBe(1);
    // The error alone takes all of the only caption; the share is what counts where there are many.
    expect(completeness(40_000)).toBeLessThan(0.15);
    const many = Array.from({ length: 100 }, (_, at) =>
      cue(at * 4_000, at * 4_000 + 3_900, "the council has seen the plan", "and will vote on it this evening"),
    );
    const facts = { speech: [{ startMs: 0, endMs: 800_000 }] };
    const issues = findIssues(many, facts, captionProfiles.standard);
    const { groups, passed } = scoreCaptions(many, issues, captionProfiles.standard, facts);
    expect(groups["content-completeness"]).toBeCloseTo(0.5, 1);
    expect(passed).toBe(false);
  });

  test("falls with every fault, and stays from 0 to 1", () => {
    fc.assert(
      fc.property(cueList(15), (cues) => {
        const { overall, groups } = score(cues);
        for (const part of [overall, ...Object.values(groups)]) {
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(1);
        }
      }),
    );
    const bad = Array.from({ length: 10 }, (_, index) => cue(index * 100, index * 100 + 80, "漢".repeat(40)));
    expect(score(bad).passed).toBe(false);
  });
});
