/** What whisper.cpp itself makes of the demo model and of single blocks, and what numbers become with 16 bits. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quantizationNames } from "../../../electron/contract/model-quantization.ts";
import { fromBfloat16, fromHalf, toHalf } from "../../../electron/speech/conversion/half-float.ts";
import { computeMelFilters } from "../../../electron/speech/conversion/mel-filters.ts";
import { blockValues, quantizations, quantize } from "../../../electron/speech/conversion/quantization.ts";
import { demoModel } from "../../support/paths.ts";
import { convert } from "../../support/speech/conversion/convert.ts";
import { readGgml } from "../../support/speech/conversion/tensors.ts";

describe("quantizing", () => {
  // SHA-256 of what whisper.cpp 1.9.1's own program (examples/quantize) makes of the demo model.
  test.each([
    ["q8_0", "76def600916722aa969d4ecc34a003475b6b70b6aa2881c76153fd9e52207a2b"],
    ["q5_0", "1d4c02de4786455333c31e2816e998097db19f4f365c60858a1bb8349c69059c"],
    ["q4_0", "a0e167ca7ee070e90242d958878120b53c10697de57d50349d2f68af931a3cbc"],
  ] as const)("%s makes the file that whisper.cpp makes", async (kind, sha256) => {
    const path = await convert(demoModel, kind);
    expect(createHash("sha256").update(readFileSync(path)).digest("hex")).toBe(sha256);
  });

  test("a quantized model again is refused", async () => {
    const path = await convert(demoModel, "q8_0");
    await expect(convert(path, "q4_0")).rejects.toMatchObject({ message: expect.stringMatching(/quantized already/) });
  });

  test("keeps every value within half a step", () => {
    const value = fc.float({ min: -1_000, max: 1_000, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: blockValues, maxLength: blockValues }), (list) => {
        const values = Float32Array.from(list);
        const max = values.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
        for (const kind of quantizationNames) {
          const bytes = quantize(values, kind);
          expect(bytes).toHaveLength(quantizations[kind].blockBytes);
          const scale = fromHalf((bytes[0] as number) | ((bytes[1] as number) << 8));
          // Of 256 levels the outermost is never cut off; of 16 and 32, one side has a level less.
          const step = { q8_0: max / 127, q5_0: max / 16, q4_0: max / 8 }[kind];
          expect(Math.abs(Math.abs(scale) - step)).toBeLessThanOrEqual(step * 2 ** -10 + 2 ** -24);
          if (kind !== "q8_0") continue;
          const numbers = new Int8Array(bytes.buffer, 2);
          numbers.forEach((number, index) => {
            const error = Math.abs(number * (max / 127) - (values[index] as number));
            expect(error).toBeLessThanOrEqual((max / 127) * 0.501);
          });
        }
      }),
    );
  });

  test("a block of zeros stays zeros", () => {
    for (const kind of quantizationNames) {
      const { blockBytes } = quantizations[kind];
      const middle = { q8_0: 0, q5_0: 0, q4_0: 0x88 }[kind];
      expect(quantize(new Float32Array(blockValues), kind)[blockBytes - 1], kind).toBe(middle);
    }
  });
});

describe("numbers with 16 bits", () => {
  test("survive the way to 32 bits and back, all of them", () => {
    for (let bits = 0; bits < 0x1_0000; bits++) {
      const value = fromHalf(bits);
      if (Number.isNaN(value)) expect(toHalf(value) & 0x7c00).toBe(0x7c00);
      else expect(toHalf(value)).toBe(bits);
    }
  });

  test.each([
    [1, 0x3c00],
    [-2, 0xc000],
    [65_504, 0x7bff],
    [65_519.99, 0x7bff],
    [65_520, 0x7c00],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [2 ** -25 * 1.001, 0x0001],
    [1.5 * 2 ** -24, 0x0002],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
  ])("round %d to the nearest, ties to even", (value, bits) => {
    expect(toHalf(value)).toBe(bits);
  });

  test("are the nearest there are", () => {
    fc.assert(
      fc.property(fc.float({ min: -60_000, max: 60_000, noNaN: true }), (value) => {
        const bits = toHalf(value);
        const error = Math.abs(fromHalf(bits) - value);
        for (const neighbor of [bits - 1, bits + 1]) {
          if ((neighbor & 0x7c00) === 0x7c00 || neighbor < 0 || (neighbor ^ bits) & 0x8000) continue;
          expect(error).toBeLessThanOrEqual(Math.abs(fromHalf(neighbor) - value));
        }
      }),
    );
  });

  test("of the other kind are the upper half of 32 bits", () => {
    expect([0x3f80, 0xbfc0, 0x4248, 0x0000].map(fromBfloat16)).toEqual([1, -1.5, 50, 0]);
  });
});

describe("mel filters", () => {
  test("are OpenAI's, which the demo model has", () => {
    const { filters } = readGgml(demoModel);
    const computed = computeMelFilters(80);
    expect(computed).toHaveLength(filters.length);
    // Other mathematics libraries differ in the last bit.
    const worst = computed.reduce((most, value, index) => Math.max(most, Math.abs(value - (filters[index] ?? 0))), 0);
    expect(worst).toBeLessThan(1e-8);
  });

  test("each have the same area, and follow one another, for large models too", () => {
    const computed = computeMelFilters(128);
    const rows = Array.from({ length: 128 }, (_, band) => computed.subarray(band * 201, (band + 1) * 201));
    // The widest bands have many bins: their sum is near the true area, two over the width of a bin.
    for (const row of rows.slice(100)) expect(row.reduce((sum, value) => sum + value, 0) * 40).toBeCloseTo(1, 1);
    const peaks = rows.map((row) => row.indexOf(Math.max(...row)));
    expect(peaks).toEqual(peaks.toSorted((a, b) => a - b));
  });
});
