import { describe, expect, test } from "vitest";
import { computeWhisper, findCompute, findShape, toPrecision } from "../../../electron/speech/models/model-compute.ts";
import { officialModels } from "../../../electron/speech/models/official-models.ts";
import { estimateMinutesPerHour, estimateSpeed } from "../../../electron/speech/self-test/estimate.ts";
import { typicalMeasurement } from "../../support/speech/measurement.ts";

/**
 * Processor time of one thread (Zen 4, synthetic sound), in milliseconds for a window and for a token: networks with
 * made-up weights of the size of base and small, and OpenAI's base and tiny.en.
 */
const measured = {
  made: {
    q8_0: { precision: "q8_0", windowMs: 1_837, tokenMs: 4.3, sharedTokenMs: 5.3, windowsAtOnce: 5 },
    f16: { precision: "f16", windowMs: 1_869, tokenMs: 5.2, sharedTokenMs: 5.1, windowsAtOnce: 5 },
  },
  others: [
    ["base-q8_0", 1_606, 5.4],
    ["base", 1_714, 5.6],
    ["tiny.en-q8_0", 861, 1.8],
    ["tiny.en", 828, 2.7],
    ["small-q8_0", 5_653, 13.3],
  ],
} as const;

describe("what a model computes", () => {
  test("is known of every published speech model, and of no other", () => {
    for (const { name, kind } of officialModels) {
      if (kind === "speech") expect([name, findCompute(name)?.windowGflop]).toEqual([name, expect.any(Number)]);
    }
    expect(findCompute("my-own")).toBeUndefined();
    expect(findCompute("baseline")).toBeUndefined();
    expect(findCompute("tinyish.en")).toBeUndefined();
  });

  test("goes by family, language and precision in the name", () => {
    expect(findShape("large-v3-turbo-q5_0")?.decoderLayers).toBe(4);
    expect(findShape("large-v3-q5_0")?.decoderLayers).toBe(32);
    expect(findShape("medium.en-q8_0")).toEqual(findShape("medium"));
    expect(["base", "base.en-q5_1", "medium-q5_0", "small.en-q8_0"].map(toPrecision)).toEqual([
      "f16",
      "q5_1",
      "q5_1",
      "q8_0",
    ]);
    expect(toPrecision("parakeet-tdt-0.6b-v3-q4_k")).toBe("q5_1");
  });

  test("is about twice the weights of the encoder for each of its 1,500 positions", () => {
    // OpenAI's table of parameters: base has 74 million, of which 20 are the encoder's and 27 the table of words.
    const { windowGflop } = computeWhisper({ width: 512, encoderLayers: 6, decoderLayers: 6 }, "f16");
    expect(windowGflop).toBeGreaterThan((2 * 1_500 * 20e6) / 1e9);
    expect(windowGflop).toBeLessThan((2 * 2 * 1_500 * 20e6) / 1e9);
  });
});

describe("the estimate", () => {
  test.each(measured.others)("of %s is within 30 %% of what was measured", (name, windowMs, tokenMs) => {
    const estimate = estimateSpeed(name, [measured.made.q8_0, measured.made.f16]);
    expect(Math.abs((estimate?.windowMs ?? 0) / windowMs - 1)).toBeLessThan(0.3);
    // The tokens of an hour take a sixth of the time of its windows, so that they may be further off.
    const ofBoth = (speed: { readonly windowMs: number; readonly tokenMs: number } | undefined): number =>
      130 * (speed?.windowMs ?? 0) + 14_500 * (speed?.tokenMs ?? 0);
    expect(Math.abs(ofBoth(estimate) / ofBoth({ windowMs, tokenMs }) - 1)).toBeLessThan(0.3);
  });

  test("of the council meeting that it was compared with is near to what that takes", () => {
    // 316 seconds with base in q8_0, of which the windows and words took 10.3 seconds of two threads.
    const speed = { precision: "q8_0", windowMs: 750, tokenMs: 4, sharedTokenMs: 1.6, windowsAtOnce: 5 } as const;
    const seconds = ((estimateMinutesPerHour("base-q8_0", [speed]) ?? 0) * 60 * 316) / 3_600;
    expect(seconds).toBeGreaterThan(10.3);
    expect(seconds).toBeLessThan(10.3 * 1.3);
  });

  test("grows with the model, and is not known of others, nor without a measurement", () => {
    const minutes = ["tiny", "base", "small", "medium", "large-v3"].map((name) =>
      estimateMinutesPerHour(`${name}`, typicalMeasurement.speeds),
    );
    expect(minutes.every((value) => value !== undefined && value > 0)).toBe(true);
    expect(minutes).toEqual(minutes.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    expect(estimateMinutesPerHour("my-own", typicalMeasurement.speeds)).toBeUndefined();
    expect(estimateMinutesPerHour("base", [])).toBeUndefined();
  });

  test("takes the speed of the model's precision, else the one that there is", () => {
    const [q8] = typicalMeasurement.speeds;
    if (q8 === undefined) throw new Error("nothing was measured");
    const both = typicalMeasurement.speeds;
    expect(estimateMinutesPerHour("base", both)).toBeGreaterThan(estimateMinutesPerHour("base-q8_0", both) ?? 0);
    expect(estimateMinutesPerHour("base", [q8])).toBeDefined();
  });
});
