import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findSilences, LevelReducer, quietest, silenceThreshold } from "../../electron/media/levels.ts";
import { PeakReducer, quietestPoint, sampleRate } from "../../electron/media/peaks.ts";

/** A tone of a loudness (0 to 1) for some seconds. */
function tone(seconds: number, loudness: number): Int16Array {
  const samples = new Int16Array(Math.round(seconds * sampleRate));
  for (let index = 0; index < samples.length; index++) {
    samples[index] = Math.round(Math.sin((index * 2 * Math.PI * 220) / sampleRate) * loudness * 32_767);
  }
  return samples;
}

function makeLevels(...parts: readonly Int16Array[]): Uint8Array {
  const reducer = new LevelReducer();
  for (const part of parts) reducer.push(part);
  return reducer.finish();
}

function join(...parts: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

describe("levels", () => {
  test("are decibels below full scale", () => {
    const levels = makeLevels(tone(1, 1), tone(1, 0.1), tone(1, 0));
    expect(levels).toHaveLength(150);
    expect(levels[25]).toBe(3);
    expect(levels[75]).toBe(23);
    expect(levels[125]).toBe(quietest);
  });

  test("are the same however the samples arrive", () => {
    const whole = join(tone(0.5, 0.5), tone(0.3, 0.01), tone(0.21, 0.3));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 10 }), (cuts) => {
        const reducer = new LevelReducer();
        let at = 0;
        for (const cut of cuts) {
          reducer.push(whole.subarray(at, at + cut));
          at += cut;
        }
        reducer.push(whole.subarray(at));
        expect(reducer.finish()).toEqual(makeLevels(whole));
      }),
    );
  });
});

describe("silences", () => {
  test("are found between words in a quiet room and in a humming one", () => {
    for (const hum of [0, 0.003, 0.03]) {
      const levels = makeLevels(tone(1, 0.5), tone(0.6, hum), tone(2, 0.4), tone(1, hum), tone(1, 0.5));
      expect(findSilences(levels)).toEqual([
        { startMs: 1_000, endMs: 1_600 },
        { startMs: 3_600, endMs: 4_600 },
      ]);
    }
  });

  test("shorter than asked for are not given", () => {
    const levels = makeLevels(tone(1, 0.5), tone(0.2, 0), tone(1, 0.5));
    expect(findSilences(levels)).toEqual([]);
    expect(findSilences(levels, 100)).toEqual([{ startMs: 1_000, endMs: 1_200 }]);
  });

  test("one steady sound has none, nothing but silence is one", () => {
    expect(findSilences(makeLevels(tone(5, 0.5)))).toEqual([]);
    expect(findSilences(makeLevels(tone(5, 0)))).toEqual([{ startMs: 0, endMs: 5_000 }]);
    expect(findSilences(new Uint8Array())).toEqual([]);
    expect(silenceThreshold(makeLevels(tone(1, 0)))).toBe(0);
  });
});

describe("peaks", () => {
  function makePeaks(...parts: readonly Int16Array[]): Buffer {
    const reducer = new PeakReducer();
    for (const part of parts) reducer.push(part);
    return reducer.finish();
  }

  test("are an audiowaveform file: header, then the smallest and greatest sample of each hundredth", () => {
    const file = makePeaks(tone(1, 1), tone(0.5, 0));
    expect([0, 4, 8, 12, 16].map((at) => file.readInt32LE(at))).toEqual([1, 1, 16_000, 160, 150]);
    expect(file).toHaveLength(20 + 150 * 2);
    expect([file.readInt8(20 + 100), file.readInt8(21 + 100)]).toEqual([-128, 127]);
    expect([file.readInt8(20 + 240), file.readInt8(21 + 240)]).toEqual([0, 0]);
  });

  test("of a part of a hundredth are kept", () => {
    const file = makePeaks(tone(0.015, 0.5));
    expect(file.readUInt32LE(16)).toBe(2);
  });

  test("tell where it is quietest", () => {
    const file = makePeaks(tone(1, 0.5), tone(0.3, 0.05), tone(1, 0.5));
    const point = quietestPoint(file, 0, 2_300);
    expect(point).toBeGreaterThanOrEqual(1_100);
    expect(point).toBeLessThanOrEqual(1_200);
    expect(quietestPoint(file, 1_500, 2_000)).toBeGreaterThanOrEqual(1_500);
  });

  test("of any sound span what the sound spans", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -32_768, max: 32_767 }), { minLength: 1, maxLength: 2_000 }), (values) => {
        const file = makePeaks(Int16Array.from(values));
        let lowest = 127;
        let highest = -128;
        for (let at = 20; at < file.length; at += 2) {
          lowest = Math.min(lowest, file.readInt8(at));
          highest = Math.max(highest, file.readInt8(at + 1));
        }
        expect(lowest).toBe(Math.min(...values) >> 8);
        expect(highest).toBe(Math.max(...values) >> 8);
      }),
    );
  });
});
