import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Word } from "../../../electron/captions/word.ts";
import { PackedTime } from "../../../electron/speech/recognition/packed-time.ts";
import { comparableWords, wordErrorRate } from "../../../electron/speech/recognition/word-error-rate.ts";
import { checkWordsInSpeech, checkWordTimes } from "../../../electron/speech/recognition/word-times.ts";

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
    expect(checked.words).toEqual([
      word("a", 0, 25),
      { ...word("b", 25, 50), estimated: true },
      word("c", 50, 70),
      word("d", 9_980, 10_000),
    ]);
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

describe("word times in stretches of speech", () => {
  const stretches = [
    { startMs: 1_000, endMs: 2_000 },
    { startMs: 10_000, endMs: 12_000 },
    { startMs: 30_000, endMs: 30_500 },
  ];

  test("that are right are not touched", () => {
    const words = [
      { text: "All", startMs: 1_000, endMs: 1_200, probability: 1 },
      { text: "right", startMs: 11_000, endMs: 11_400, probability: 1 },
    ];
    expect(checkWordsInSpeech(words, stretches)).toEqual({ words, repaired: 0 });
  });

  test("outside of speech are moved into it, and marked", () => {
    const lost = { text: "lost", startMs: 5_000, endMs: 5_400, probability: 1 };
    const [word] = checkWordsInSpeech([lost], stretches).words;
    expect(word).toMatchObject({ text: "lost", estimated: true });
    expect(stretches.some(({ startMs, endMs }) => startMs <= (word?.startMs ?? 0) && (word?.endMs ?? 0) <= endMs)).toBe(
      true,
    );
  });

  test("of any words are in order, each inside one stretch, and no word is lost", () => {
    const anyWord = fc.record({
      text: fc.constantFrom("aye", "no", "council."),
      startMs: fc.integer({ min: -10_000, max: 60_000 }),
      endMs: fc.integer({ min: -10_000, max: 60_000 }),
      probability: fc.constant(1),
    });
    const anyStretches = fc
      .array(fc.tuple(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 400, max: 9_000 })), {
        minLength: 1,
        maxLength: 8,
      })
      .map((pairs) => {
        let at = 0;
        return pairs.map(([gap, length]) => {
          const startMs = at + gap;
          at = startMs + length;
          return { startMs, endMs: at };
        });
      });
    fc.assert(
      fc.property(fc.array(anyWord, { maxLength: 15 }), anyStretches, (words, spans) => {
        const { words: checked } = checkWordsInSpeech(words, spans);
        expect(checked.map(({ text }) => text)).toEqual(words.map(({ text }) => text));
        let last = 0;
        for (const { startMs, endMs } of checked) {
          expect(startMs).toBeGreaterThanOrEqual(last);
          expect(endMs).toBeGreaterThan(startMs);
          expect(spans.some((span) => span.startMs <= startMs && endMs <= span.endMs)).toBe(true);
          last = endMs;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("there and back are the same inside of speech", () => {
    const line = new PackedTime(stretches);
    expect(line.lengthMs).toBe(3_500);
    expect(line.place({ startMs: 900, endMs: 1_000 })).toEqual({ startMs: 1_900, endMs: 2_000 });
    expect(line.place({ startMs: 1_000, endMs: 1_200 })).toEqual({ startMs: 10_000, endMs: 10_200 });
    // Over a seam: where the greater part lies.
    expect(line.place({ startMs: 900, endMs: 1_300 })).toEqual({ startMs: 10_000, endMs: 10_300 });
    for (const ms of [1_000, 1_500, 10_000, 11_999, 30_250]) {
      const joined = line.toJoined(ms);
      expect(line.place({ startMs: joined, endMs: joined + 1 }).startMs).toBe(ms);
    }
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
