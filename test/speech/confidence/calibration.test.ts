import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Word } from "../../../electron/captions/word.ts";
import {
  type Band,
  type Calibration,
  findCalibration,
  hearings,
  rateWords,
  toConfidence,
} from "../../../electron/speech/confidence/calibration.ts";
import { projectRoot } from "../../support/paths.ts";
import { calibrate, type JudgedWord, judgeWords, measureMarks } from "../../support/speech/real/calibrate.ts";

const bytes = 78 * 1024 * 1024;
const toBands = (shares: readonly number[], words = 1_000): Band[] =>
  shares.map((share, index) => ({
    from: index / shares.length,
    to: (index + 1) / shares.length,
    words,
    wrong: Math.round(share * words),
  }));
const made: Calibration = {
  model: "made",
  second: "other",
  bands: {
    alone: toBands([0.6, 0.3, 0.1, 0.02]),
    agreed: toBands([0.3, 0.1, 0.03, 0.01]),
    disagreed: toBands([0.9, 0.7, 0.5, 0.3]),
  },
};

describe("the calibration of a model", () => {
  test.each<[string, number, string]>([
    ["base", bytes, "base"],
    ["base-q8_0", bytes, "base"],
    ["base-q5_1", bytes / 2, "base"],
    ["base.en", bytes, "base"],
    ["tiny.en-q8_0", bytes / 2, "tiny.en"],
    ["tiny", bytes, "tiny.en"],
    ["small.en-q5_1", 3 * bytes, "base"],
    ["large-v3-turbo", 20 * bytes, "base"],
    ["our own model", 20 * bytes, "base"],
    ["our own small model", bytes / 2, "tiny.en"],
  ])("%s of %i bytes is that of its family, or of the measured model of its size", (name, sizeBytes, expected) => {
    expect(findCalibration({ name, sizeBytes }).model).toBe(expected);
  });

  test.each(["base", "tiny.en"])("of %s is measured on many words, alone and with a second model", (name) => {
    const { bands, second } = findCalibration({ name, sizeBytes: bytes });
    const count = (hearing: (typeof hearings)[number]) => bands[hearing].reduce((sum, { words }) => sum + words, 0);
    expect(count("alone")).toBeGreaterThan(500);
    expect(count("agreed") + count("disagreed")).toBe(count("alone"));
    expect(second).not.toBe(name);
    for (const hearing of hearings) {
      for (const [index, band] of bands[hearing].entries()) {
        expect(band.wrong).toBeLessThanOrEqual(band.words);
        expect(band.from).toBe(index === 0 ? 0 : bands[hearing][index - 1]?.to);
      }
      expect(bands[hearing].at(-1)?.to).toBe(1);
    }
  });

  test("is drawn for each model", () => {
    const folder = join(projectRoot, "electron/speech/confidence/figures");
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name), "utf8")).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    expect(readdirSync(folder).sort()).toEqual(["base.svg", "tiny.en.svg"]);
  });
});

describe("the likelihood that a word is right", () => {
  test("is what was measured", () => {
    expect(toConfidence(0.125, made)).toBeCloseTo(0.4, 1);
    expect(toConfidence(0.875, made)).toBeCloseTo(0.98, 1);
    expect(toConfidence(0.875, made, "disagreed")).toBeCloseTo(0.7, 1);
    expect(toConfidence(0.125, made, "agreed")).toBeCloseTo(0.7, 1);
  });

  const band = fc.record({ words: fc.nat({ max: 500 }), share: fc.double({ min: 0, max: 1, noNaN: true }) });
  const bands = fc.array(band, { minLength: 2, maxLength: 12 }).map((all) =>
    all.map(
      ({ words, share }, index): Band => ({
        from: index / all.length,
        to: (index + 1) / all.length,
        words,
        wrong: Math.round(words * share),
      }),
    ),
  );
  const probability = fc.double({ min: 0, max: 1, noNaN: true });

  test("lies between 0 and 1 and grows with the probability, whatever was measured", () => {
    fc.assert(
      fc.property(bands, probability, probability, (alone, a, b) => {
        const table = { ...made, bands: { ...made.bands, alone } };
        const [low, high] = [toConfidence(Math.min(a, b), table), toConfidence(Math.max(a, b), table)];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(high).toBeGreaterThanOrEqual(low - 1e-12);
        if (Math.abs(a - b) > 1e-6) expect(high).toBeGreaterThan(low);
      }),
    );
  });

  test("is lower where a second model disagrees, higher where it agrees, and times stay", () => {
    const words: readonly Word[] = ["the", "motion", "carries"].map((text, index) => ({
      text,
      startMs: index * 300,
      endMs: index * 300 + 250,
      probability: 0.6,
    }));
    const alone = rateWords(words, made);
    const both = rateWords(words, made, [{ from: 1, to: 2, startMs: 300, endMs: 550, other: "emotion" }]);
    expect(both[1]?.probability).toBeLessThan(alone[1]?.probability ?? 0);
    expect(both[0]?.probability).toBeGreaterThan(alone[0]?.probability ?? 1);
    expect(both.map(({ probability: _, ...rest }) => rest)).toEqual(words.map(({ probability: _, ...rest }) => rest));
  });
});

describe("measuring", () => {
  const toWords = (text: string, probability = 0.9): readonly Word[] =>
    text.split(" ").map((each, index) => ({ text: each, startMs: index * 300, endMs: index * 300 + 250, probability }));

  test("a word is wrong when another was said, disputed when another model has another, and a dash is neither", () => {
    const words = judgeWords({
      recording: "made",
      truth: "The council member from Orchard Lane spoke at six thirty",
      words: toWords("The Councilmember - from Arch Lane spoke at 6:30"),
      second: toWords("The Councilmember from Orchard Lane broke at six thirty"),
    });
    const pick = (key: "isWrong" | "isDisputed") => words.filter((word) => word[key]).map(({ text }) => text);
    expect(words.map(({ text }) => text)).not.toContain("-");
    expect(pick("isWrong")).toEqual(["Arch"]);
    expect(pick("isDisputed")).toEqual(["Arch", "spoke"]);
    expect(measureMarks(words, ({ isDisputed }) => isDisputed)).toEqual({ marks: 2, recall: 1, precision: 0.5 });
    expect(measureMarks(words, () => false)).toEqual({ marks: 0, recall: 0, precision: 0 });
  });

  test("every word is in one band", () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    const word = fc.record({ probability, isWrong: fc.boolean(), isDisputed: fc.boolean() });
    fc.assert(
      fc.property(fc.array(word), (all) => {
        const words = all.map((each): JudgedWord => ({ ...each, text: "a", startMs: 0, endMs: 1, recording: "made" }));
        const { bands } = calibrate("a", "b", words);
        const sum = (key: "words" | "wrong") => bands.alone.reduce((total, each) => total + each[key], 0);
        expect(sum("words")).toBe(words.length);
        expect(sum("wrong")).toBe(words.filter(({ isWrong }) => isWrong).length);
      }),
    );
  });
});
