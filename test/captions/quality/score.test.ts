import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { captionProfiles } from "../../../electron/captions/quality/caption-profile.ts";
import { checkCues } from "../../../electron/captions/quality/checker.ts";
import type { DocumentFacts } from "../../../electron/captions/quality/document-facts.ts";
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
