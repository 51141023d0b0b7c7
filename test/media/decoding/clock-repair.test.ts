import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { repairClock, type StampPoint } from "../../../electron/media/decoding/clock-repair.ts";

const second = 16_000;
/** Samples of a frame: 64 ms. */
const frame = 1_024;

/** The points of a stream whose frames have these deviations, in seconds. */
function toPoints(deviations: readonly number[]): readonly StampPoint[] {
  return deviations.flatMap((deviation, index) =>
    deviation === deviations[index - 1] ? [] : [{ sample: index * frame, deviation: Math.round(deviation * second) }],
  );
}

const frames = (count: number, deviation: (index: number) => number): readonly number[] =>
  Array.from({ length: count }, (_, index) => deviation(index));

/** One minute. */
const minute = 940;

describe("a clock", () => {
  test.each<[string, (index: number) => number, number, [number, number][]]>([
    ["that runs by itself", () => 2, 2, []],
    ["with a gap of five seconds", (index) => (index < 400 ? 0 : 5), 0, [[400, 5]]],
    [
      "with two gaps close to each other",
      (i) => (i < 400 ? 0 : i < 411 ? 5 : 9),
      0,
      [
        [400, 5],
        [411, 4],
      ],
    ],
    ["with a gap soon after its begin", (index) => (index < 30 ? 0 : 3), 0, [[30, 3]]],
    ["with one wrong stamp", (index) => (index === 400 ? 20 : 0), 0, []],
    ["with one stamp an hour too early", (index) => (index === 400 ? -3_600 : 0), 0, []],
    ["with a wrong first stamp", (index) => (index === 0 ? 20 : 0), 0, []],
    ["with a wrong last stamp", (index) => (index === minute - 1 ? 20 : 0), 0, []],
    ["with a second of wrong stamps", (index) => (index >= 400 && index < 415 ? -3 : 0), 0, []],
    ["that is away for twenty seconds and comes back", (index) => (index >= 300 && index < 612 ? 20 : 0), 0, []],
    ["that is set back", (index) => (index < 400 ? 0 : -2), 0, [[400, -2]]],
    ["that drifts by less than a frame", (index) => index / 40_000, 0, []],
  ])("%s", (_, deviation, start, steps) => {
    const clock = repairClock(toPoints(frames(minute, deviation)), minute * frame);
    expect(clock.start / second).toBeCloseTo(start, 1);
    expect(clock.steps.map(({ sample, change }) => [sample / frame, Math.round(change / second)])).toEqual(steps);
  });

  test("whose stamps all jitter by 300 ms stays where it is", () => {
    const jitter = fc.array(fc.integer({ min: -300, max: 300 }), { minLength: minute, maxLength: minute });
    fc.assert(
      fc.property(jitter, (ms) => {
        const clock = repairClock(toPoints(ms.map((each) => each / 1000)), minute * frame);
        const levels = [clock.start, ...clock.steps.map(({ change }) => change)].map((_, index, all) =>
          all.slice(0, index + 1).reduce((sum, change) => sum + change, 0),
        );
        for (const level of levels) expect(Math.abs(level)).toBeLessThan(0.12 * second);
      }),
      { numRuns: 30 },
    );
  });

  test("with a gap among jittering stamps has that gap, at most half a second off", () => {
    const jitter = fc.array(fc.integer({ min: -300, max: 300 }), { minLength: minute, maxLength: minute });
    fc.assert(
      fc.property(jitter, fc.integer({ min: 200, max: 700 }), (ms, at) => {
        const deviations = ms.map((each, index) => each / 1000 + (index < at ? 0 : 8));
        const { steps } = repairClock(toPoints(deviations), minute * frame);
        const [gap] = steps.filter(({ change }) => change > 4 * second);
        expect(Math.abs((gap?.sample ?? 0) - at * frame)).toBeLessThan(0.6 * second);
      }),
      { numRuns: 30 },
    );
  });

  test("of six hours in which every stamp is noise is repaired in a number of steps that grows with it alone", () => {
    const noisy = (count: number): number =>
      repairClock(toPoints(frames(count, (index) => ((index * 7_919) % 601) / 1000)), count * frame).steps.length;
    expect(noisy(8 * minute)).toBeLessThanOrEqual(8 * Math.max(1, noisy(minute)) + 8);
  });
});
