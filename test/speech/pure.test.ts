import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Word } from "../../electron/captions/word.ts";
import { planChunks } from "../../electron/speech/chunk-plan.ts";
import { comparableWords, wordErrorRate } from "../../electron/speech/word-error-rate.ts";
import { checkWordTimes } from "../../electron/speech/word-times.ts";

const minute = 60_000;

describe("the plan", () => {
  const silences = [
    { startMs: 9.8 * minute, endMs: 9.8 * minute + 500 },
    { startMs: 10.5 * minute, endMs: 10.5 * minute + 3_000 },
    { startMs: 20 * minute, endMs: 20 * minute + 800 },
  ];

  test("of a short recording is one piece", () => {
    expect(planChunks({ durationMs: 5 * minute, silences, chunkMs: 10 * minute })).toEqual([
      { startMs: 0, endMs: 5 * minute },
    ]);
  });

  test("cuts in the middle of silences, and takes a detour for a long one", () => {
    const plan = planChunks({ durationMs: 30 * minute, silences, chunkMs: 10 * minute });
    expect(plan.map(({ endMs }) => endMs)).toEqual([10.5 * minute + 1_500, 20 * minute + 400, 30 * minute]);
  });

  test("where there is no silence, cuts where it is quietest", () => {
    const plan = planChunks({
      durationMs: 20 * minute,
      silences: [],
      chunkMs: 10 * minute,
      quietestPoint: (fromMs, toMs) => (fromMs + toMs) / 2 + 1_234,
    });
    expect(plan[0]?.endMs).toBe(10 * minute + 1_234);
  });

  test("of any recording covers it once, in pieces of about the length, never inside speech where a silence is near", () => {
    const recording = fc.record({
      durationMs: fc.integer({ min: 100, max: 3_600_000 }),
      chunkMs: fc.integer({ min: 6_000, max: 600_000 }),
      gaps: fc.array(fc.tuple(fc.integer({ min: 300, max: 60_000 }), fc.integer({ min: 300, max: 5_000 })), {
        maxLength: 100,
      }),
    });
    fc.assert(
      fc.property(recording, ({ durationMs, chunkMs, gaps }) => {
        let at = 0;
        const quiet = gaps.map(([speech, silence]) => {
          const startMs = at + speech;
          at = startMs + silence;
          return { startMs, endMs: at };
        });
        const plan = planChunks({ durationMs, silences: quiet, chunkMs });
        expect(plan[0]?.startMs).toBe(0);
        expect(plan.at(-1)?.endMs).toBe(durationMs);
        plan.forEach(({ startMs, endMs }, index) => {
          expect(endMs).toBeGreaterThan(startMs);
          expect(endMs - startMs).toBeLessThanOrEqual(chunkMs * 1.25 + 1);
          const next = plan[index + 1];
          if (next === undefined) return;
          expect(next.startMs).toBe(endMs);
          expect(endMs - startMs).toBeGreaterThanOrEqual(chunkMs * 0.75 - 1);
          const reachable = quiet.filter((silence) => {
            const from = Math.max(silence.startMs, startMs + chunkMs * 0.75);
            return Math.min(silence.endMs, startMs + chunkMs * 1.25) - from > 1;
          });
          const isInSilence = quiet.some((silence) => silence.startMs <= endMs && endMs <= silence.endMs);
          if (reachable.length > 0) expect(isInSilence).toBe(true);
        });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("word times on arrival", () => {
  const word = (text: string, startMs: number, endMs: number) => ({ text, startMs, endMs, probability: 0.5 });

  test("that are right are not touched", () => {
    const words = [word("All", 1_000, 1_200), word("those", 1_200, 1_400), word("in", 1_500, 1_600)];
    expect(checkWordTimes(words, 0, 10_000)).toEqual({ words, repaired: 0 });
  });

  test("that overlap, run backwards or leave the piece are put right and counted", () => {
    const words = [word("a", -50, 100), word("b", 90, 80), word("c", 50, 60), word("d", 9_990, 12_000)];
    const checked = checkWordTimes(words, 0, 10_000);
    expect(checked.repaired).toBe(4);
    expect(checked.words).toEqual([word("a", 0, 25), word("b", 25, 50), word("c", 50, 70), word("d", 9_980, 10_000)]);
  });

  test.each([
    ["end far too late", word("b", 200, 590_000)],
    ["start far too late", word("b", 580_000, 590_000)],
    ["start before the piece", word("b", -90_000, 300)],
  ])("one %s moves no other word", (_name, wrong) => {
    const right = [word("a", 0, 100), word("c", 700, 800), word("d", 900, 1_000), word("e", 300_000, 300_500)];
    const [first, ...rest] = right;
    const { words: checked, repaired } = checkWordTimes([first as Word, wrong, ...rest], 0, 600_000);
    expect(repaired).toBe(1);
    expect(checked.filter(({ text }) => text !== "b")).toEqual(right);
  });

  test("of any words are in order, inside, without overlap, and no word is lost", () => {
    const anyWord = fc.record({
      text: fc.constantFrom("aye", "no", " ", "council."),
      startMs: fc.integer({ min: -10_000, max: 40_000 }),
      endMs: fc.integer({ min: -10_000, max: 40_000 }),
      probability: fc.constant(1),
    });
    fc.assert(
      fc.property(fc.array(anyWord, { maxLength: 60 }), fc.integer({ min: 1_300, max: 30_000 }), (words, lengthMs) => {
        const startMs = 5_000;
        const { words: checked } = checkWordTimes(words, startMs, startMs + lengthMs);
        expect(checked.map(({ text }) => text)).toEqual(
          words.map(({ text }) => text).filter((text) => text.trim() !== ""),
        );
        let last = startMs;
        for (const { startMs: start, endMs: end } of checked) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(startMs + lengthMs);
      }),
      { numRuns: 1_000 },
    );
  });

  test("of more words than a piece can hold share it", () => {
    const words = Array.from({ length: 100 }, () => word("x", 0, 0));
    const { words: checked, repaired } = checkWordTimes(words, 1_000, 1_500);
    expect(repaired).toBe(100);
    expect(checked.at(-1)?.endMs).toBe(1_500);
  });
});

describe("word error rate", () => {
  test.each([
    ["the motion carries", "the motion carries", 0],
    ["The motion carries.", "the motion, carries", 0],
    ["the motion carries", "the motion", 1 / 3],
    ["the motion carries", "the notion carries now", 2 / 3],
    ["", "", 0],
    ["", "something", 1],
    ["one", "one two three", 2],
  ])("of %j heard as %j is %f", (reference, heard, rate) => {
    expect(wordErrorRate(reference, heard)).toBeCloseTo(rate);
  });

  test("compares words without case and punctuation, with either apostrophe", () => {
    expect(comparableWords("It’s item FOUR, isn't it?")).toEqual(["it's", "item", "four", "isn't", "it"]);
  });
});
