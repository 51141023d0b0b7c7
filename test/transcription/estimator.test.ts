import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Estimator } from "../../electron/transcription/estimator.ts";

describe("estimates", () => {
  function estimator(
    decodeMs: number,
    speechMs: number,
  ): { readonly at: Estimator; readonly pass: (ms: number) => void } {
    let now = 1_000;
    const clock = { now: () => new Date(now), monotonicMs: () => now };
    return {
      at: new Estimator(clock, decodeMs, speechMs),
      pass: (ms) => {
        now += ms;
      },
    };
  }

  test("say nothing about the end before something has been measured, then go by this machine's speed", () => {
    const { at, pass } = estimator(600_000, 600_000);
    expect(at.decoded(300_000).etaMs).toBeUndefined();
    expect(at.recognized(0).etaMs).toBeUndefined();
    pass(10_000);
    expect(at.recognized(100_000).etaMs).toBe(50_000);
    pass(10_000);
    expect(at.recognized(400_000).etaMs).toBe(10_000);
  });

  test("never go back, and stay inside 0 and 1, whatever is reported", () => {
    fc.assert(
      fc.property(
        fc.nat(10_000_000),
        fc.nat(10_000_000),
        fc.array(fc.tuple(fc.boolean(), fc.nat(12_000_000))),
        (decode, speech, reports) => {
          const { at, pass } = estimator(decode, speech);
          let last = 0;
          for (const [decoding, ms] of reports) {
            pass(1_000);
            const { share } = decoding ? at.decoded(ms) : at.recognized(ms);
            expect(share).toBeGreaterThanOrEqual(last);
            expect(share).toBeLessThanOrEqual(1);
            last = share;
          }
        },
      ),
    );
  });

  test("of resumed work begin at what is left", () => {
    const { at } = estimator(0, 300_000);
    expect(at.recognized(150_000).share).toBeCloseTo(0.49);
  });
});
