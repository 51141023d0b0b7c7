import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { during, type TimeSpan, totalMs, uncovered } from "../../../electron/captions/time/span.ts";
import { detectByEnergy, levelMs } from "../../../electron/speech/detection/energy-detector.ts";
import { planWindows } from "../../../electron/speech/detection/window-plan.ts";

/** Levels of a room of `floor` dB below full scale, with louder stretches; both waver as sound does. */
function levels(
  seconds: number,
  floor: number,
  loud: readonly (readonly [from: number, to: number, level: number])[],
): Uint8Array {
  const waver = (index: number): number => ((index * 2_654_435_761) >>> 28) % 3;
  const result = new Uint8Array((seconds * 1_000) / levelMs);
  for (let index = 0; index < result.length; index++) {
    const at = (index * levelMs) / 1_000;
    const here = loud.find(([from, to]) => from <= at && at < to);
    result[index] = (here === undefined ? floor : here[2]) - waver(index) + 1;
  }
  return result;
}

const inSeconds = (spans: readonly TimeSpan[]): readonly (readonly [number, number])[] =>
  spans.map(({ startMs, endMs }) => [startMs / 1_000, endMs / 1_000]);

describe("the detector by loudness", () => {
  test("finds speech in a quiet room", () => {
    expect(
      inSeconds(
        detectByEnergy(
          levels(60, 70, [
            [5, 8, 25],
            [20, 20.5, 30],
          ]),
        ),
      ),
    ).toEqual([
      [5, 8],
      [20, 20.5],
    ]);
  });

  test("hears somebody far from the microphone beside somebody near it, half an hour apart and a sentence apart", () => {
    const found = detectByEnergy(
      levels(1_900, 70, [
        [5, 60, 15],
        [63, 66, 55],
        [1_800, 1_810, 58],
      ]),
    );
    expect(inSeconds(found)).toEqual([
      [5, 60],
      [63, 66],
      [1_800, 1_810],
    ]);
  });

  test("takes what is steady for the room: hum, a fan, hiss, a test tone at −40 dB", () => {
    for (const floor of [40, 50, 60, 70]) expect(detectByEnergy(levels(120, floor, []))).toEqual([]);
    expect(inSeconds(detectByEnergy(levels(120, 45, [[30, 33, 30]])))).toEqual([[30, 33]]);
  });

  test("finds speech again in a room that has become louder", () => {
    const noisy = levels(240, 70, [
      [60, 180, 42],
      [30, 32, 30],
    ]);
    noisy.fill(25, (100 * 1_000) / levelMs, (102 * 1_000) / levelMs);
    const found = inSeconds(detectByEnergy(noisy));
    expect(found).toContainEqual([30, 32]);
    expect(found).toContainEqual([100, 102]);
  });

  test("hears nothing in digital silence, and everything that is not", () => {
    expect(detectByEnergy(new Uint8Array(50 * 60).fill(96))).toEqual([]);
    expect(inSeconds(detectByEnergy(levels(60, 96, [[10, 12, 60]])))).toEqual([[10, 12]]);
  });

  test("keeps speech without a pause: a level that never falls to the room's", () => {
    expect(totalMs(detectByEnergy(levels(120, 20, [])))).toBeGreaterThan(119_000);
  });

  test("bridges stop consonants, cuts at pauses, and leaves clicks out", () => {
    const found = detectByEnergy(
      levels(30, 70, [
        [5, 5.4, 30],
        [5.5, 6, 30],
        [6.4, 7, 30],
        [12, 12.04, 20],
      ]),
    );
    expect(inSeconds(found)).toEqual([
      [5, 6],
      [6.4, 7],
    ]);
  });

  test("of any levels gives spans in order, without overlap, inside the recording", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5_000, max: 96 }), (anything) => {
        let last = -1;
        for (const { startMs, endMs } of detectByEnergy(anything)) {
          expect(startMs).toBeGreaterThan(last);
          expect(endMs).toBeGreaterThan(startMs);
          last = endMs;
        }
        expect(last).toBeLessThanOrEqual(anything.length * levelMs);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the plan of windows", () => {
  const plan = (speech: readonly TimeSpan[], durationMs = 3_600_000, windowMs = 29_000) =>
    planWindows({ speech, durationMs, windowMs, quietestPoint: (fromMs, toMs) => Math.round((fromMs + toMs) / 2) });
  const span = (from: number, to: number): TimeSpan => ({ startMs: from * 1_000, endMs: to * 1_000 });

  test("of no speech is empty", () => {
    expect(plan([])).toEqual([]);
  });

  test("puts sentences together, with quiet around them, and leaves the silence out", () => {
    expect(plan([span(10, 12), span(12.5, 15), span(60, 65)])).toEqual([
      {
        stretches: [
          { startMs: 9_750, endMs: 15_350 },
          { startMs: 59_750, endMs: 65_350 },
        ],
      },
    ]);
  });

  test("stays inside the recording", () => {
    expect(plan([span(0.1, 59.9)], 60_000)[0]?.stretches[0]?.startMs).toBe(0);
    expect(plan([span(0.1, 20)], 20_100)[0]?.stretches.at(-1)?.endMs).toBe(20_100);
  });

  test("closes a window at the longest pause near its end rather than at the last one", () => {
    const speech = [span(0.3, 10), span(10.2, 26.6), span(27.4, 27.6), span(27.8, 40)];
    const [first] = plan(speech);
    expect(first?.stretches.at(-1)?.endMs).toBeGreaterThanOrEqual(26_600);
    expect(first?.stretches.at(-1)?.endMs).toBeLessThanOrEqual(27_400);
  });

  test("cuts speech without a pause where it is quietest", () => {
    const windows = planWindows({
      speech: [span(1, 61)],
      durationMs: 100_000,
      windowMs: 29_000,
      quietestPoint: (fromMs, toMs) => {
        expect(toMs).toBeGreaterThan(fromMs);
        return 25_123;
      },
    });
    expect(windows[0]?.stretches.at(-1)?.endMs).toBe(25_123);
  });

  test("of any speech covers it once, in windows that the model can hold, cut only in pauses where there are any", () => {
    const meeting = fc.record({
      pieces: fc.array(fc.tuple(fc.integer({ min: 160, max: 40_000 }), fc.integer({ min: 100, max: 70_000 })), {
        maxLength: 120,
      }),
      windowMs: fc.integer({ min: 5_000, max: 29_000 }),
    });
    fc.assert(
      fc.property(meeting, ({ pieces, windowMs }) => {
        let at = 0;
        const speech = pieces.map(([pause, length]) => {
          const startMs = at + pause;
          at = startMs + length;
          return { startMs, endMs: at };
        });
        const windows = plan(speech, at + 500, windowMs);
        const stretches = windows.flatMap((window) => window.stretches);
        let last = 0;
        for (const { startMs, endMs } of stretches) {
          expect(startMs).toBeGreaterThanOrEqual(last);
          expect(endMs).toBeGreaterThan(startMs);
          last = endMs;
        }
        expect(last).toBeLessThanOrEqual(at + 500);
        // Every moment of speech is in one of them.
        expect(uncovered(speech, stretches)).toEqual([]);
        for (const window of windows) expect(totalMs(window.stretches)).toBeLessThanOrEqual(windowMs + 1);
        // Silence is left out, but for short pauses and what is kept around speech.
        for (const silence of uncovered([{ startMs: 0, endMs: at }], speech, 1_700)) {
          const kept = during(stretches, silence).reduce(
            (sum, { startMs, endMs }) => sum + Math.min(endMs, silence.endMs) - Math.max(startMs, silence.startMs),
            0,
          );
          expect(kept).toBeLessThanOrEqual(600);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("fills its windows: dense speech needs hardly more of them than its length asks for", () => {
    const speech: TimeSpan[] = [];
    for (let at = 0, index = 0; at < 3_500_000; index++) {
      const length = 1_200 + ((index * 7_919) % 4_000);
      speech.push({ startMs: at, endMs: at + length });
      at += length + 200 + ((index * 104_729) % 500);
    }
    const windows = plan(speech);
    const soundMs = windows.reduce((sum, { stretches }) => sum + totalMs(stretches), 0);
    expect(windows.length / (soundMs / 29_000)).toBeLessThan(1.08);
  });
});
