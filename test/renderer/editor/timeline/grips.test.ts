/** What the pointer takes hold of on the timeline, and what a drag makes of the captions. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computeChange } from "../../../../electron/captions/editing/apply.ts";
import { createDocument } from "../../../../electron/captions/editing/document.ts";
import { dragGrip, findGrip, type Grip } from "../../../../renderer/editor/timeline/grips.ts";
import { findLane, findRulerStep } from "../../../../renderer/editor/timeline/lanes.ts";
import { findPeak, readPeaks } from "../../../../renderer/editor/timeline/peaks.ts";
import { snapped } from "../../../../renderer/editor/timeline/snap.ts";
import { TimelineView } from "../../../../renderer/editor/timeline/timeline-view.ts";

const document = createDocument([
  { startMs: 1_000, endMs: 3_000, lines: ["one"] },
  { startMs: 3_067, endMs: 5_000, lines: ["two"] },
  { startMs: 8_000, endMs: 10_000, lines: ["three"] },
]);
const { cues } = document;
const options = { msPerPixel: 20, active: -1, closeGapMs: 500, isOnCaption: true };
const free = { durationMs: 20_000, snap: Math.round };

describe("taking hold", () => {
  test.each([
    ["the first edge", 1_050, {}, { kind: "start", index: 0 }],
    ["the border of two captions that meet", 3_030, {}, { kind: "border", index: 0 }],
    ["one edge of the border alone", 3_090, { isSingle: true, active: 1 }, { kind: "start", index: 1 }],
    ["the last edge before a pause", 4_950, {}, { kind: "end", index: 1 }],
    ["the start after a pause", 7_920, {}, { kind: "start", index: 2 }],
    ["the middle of a caption", 9_000, {}, { kind: "body", index: 2 }],
    ["the middle of a caption, on the sound", 9_000, { isOnCaption: false }, undefined],
    ["a caption and all that follow", 4_000, { isRipple: true }, { kind: "ripple", index: 1 }],
    ["nothing between captions", 6_500, {}, undefined],
    ["no border where zooming in has drawn them apart", 3_030, { msPerPixel: 1 }, undefined],
  ])("%s", (_, ms, own, grip) => {
    expect(findGrip(cues, ms, { ...options, ...own })).toEqual(grip);
  });
});

describe("dragging", () => {
  test.each<[string, Grip, number, object | undefined]>([
    [
      "an end stops at its neighbor",
      { kind: "end", index: 1 },
      9_000,
      { type: "time", cue: 2, startMs: 3_067, endMs: 8_000 },
    ],
    [
      "a start stops before its end",
      { kind: "start", index: 0 },
      9_000,
      { type: "time", cue: 1, startMs: 2_960, endMs: 3_000 },
    ],
    [
      "a body keeps its length",
      { kind: "body", index: 2 },
      -1_000,
      { type: "time", cue: 3, startMs: 7_000, endMs: 9_000 },
    ],
    [
      "a body stops at its neighbor",
      { kind: "body", index: 2 },
      -9_000,
      { type: "time", cue: 3, startMs: 5_000, endMs: 7_000 },
    ],
    ["a border moves both", { kind: "border", index: 0 }, 500, { type: "roll", cue: 1, atMs: 3_500 }],
    ["all that follow", { kind: "ripple", index: 1 }, 700, { type: "shift", from: 2, byMs: 700 }],
    [
      "all that follow, not over the one before",
      { kind: "ripple", index: 1 },
      -9_000,
      { type: "shift", from: 2, byMs: -67 },
    ],
    ["nothing", { kind: "end", index: 1 }, 0, undefined],
  ])("%s", (_, grip, byMs, command) => {
    expect(dragGrip(cues, grip, byMs, free).command).toEqual(command);
  });

  test("whatever is dragged wherever is an edit that the captions take, and what was shown", () => {
    const grip = fc.record({
      kind: fc.constantFrom("start", "end", "body", "border", "ripple"),
      index: fc.integer({ min: 0, max: 2 }),
    }) as fc.Arbitrary<Grip>;
    fc.assert(
      fc.property(grip, fc.integer({ min: -20_000, max: 20_000 }), (own, byMs) => {
        const { command, times } = dragGrip(cues, own, byMs, free);
        if (command === undefined) return;
        const { document: edited } = computeChange(document, command);
        for (const [id, span] of times) expect(edited.cues.find((cue) => cue.id === id)).toMatchObject(span);
      }),
    );
  });

  test("a dragged edge goes to what is near: a word, a silence, a neighbor, a shot, the playhead, otherwise a frame", () => {
    const facts = {
      neighbors: [{ startMs: 5_000, endMs: 6_000, lines: ["x"] }],
      silences: [{ startMs: 2_000, endMs: 2_400 }],
      words: [{ startMs: 3_000, endMs: 3_300 }],
      shots: [12_000],
      playheadMs: 9_000,
      minGapMs: 67,
      msPerPixel: 10,
    };
    expect([2_030, 3_280, 4_900, 9_050, 12_070].map((ms) => snapped(ms, facts))).toEqual([
      2_000, 3_300, 4_933, 9_000, 12_000,
    ]);
    expect(snapped(7_500, facts)).toBe(7_508);
  });
});

describe("the view", () => {
  test("zooms about a place, which stays where it is, and never goes past the recording", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0.3, max: 3, noNaN: true }), fc.integer({ min: 0, max: 600_000 }))),
        (steps) => {
          const view = new TimelineView(600_000);
          for (const [factor, ms] of steps) {
            view.zoom(factor, ms);
            const { fromMs, spanMs } = view.span;
            expect(fromMs).toBeGreaterThanOrEqual(0);
            expect(fromMs + spanMs).toBeLessThanOrEqual(600_000.001);
            expect(spanMs).toBeGreaterThanOrEqual(2_000);
          }
        },
      ),
    );
    const view = new TimelineView(600_000);
    view.pan(300_000);
    const part = (ms: number): number => (ms - view.span.fromMs) / view.span.spanMs;
    const before = part(310_000);
    view.zoom(0.5, 310_000);
    expect(part(310_000)).toBeCloseTo(before);
  });

  test("goes along with the playhead, and tells its listeners only of what is another part", () => {
    const view = new TimelineView(600_000);
    let told = 0;
    const end = view.listen(() => told++);
    view.follow(5_000);
    expect(told).toBe(0);
    view.follow(28_000);
    expect(view.span.fromMs).toBe(19_000);
    view.follow(1_000);
    expect([view.span.fromMs, told]).toEqual([0, 2]);
    end();
    view.center(300_000);
    expect([view.span.fromMs, told]).toEqual([285_000, 2]);
    expect([view.contains(284_999), view.contains(300_000)]).toEqual([false, true]);
  });

  test.each([
    [1, 100],
    [24, 5_000],
    [600, 60_000],
    [20_000, 1_800_000],
  ])("at %i ms a pixel the ruler has a label each %i ms", (msPerPixel, step) => {
    expect(findRulerStep(msPerPixel)).toBe(step);
  });

  test("has a ruler, captions, speakers and the sound, from its top", () => {
    expect([5, 30, 55, 200].map(findLane)).toEqual(["ruler", "captions", "speakers", "sound"]);
  });
});

describe("the waveform", () => {
  test("is the same at each resolution: nothing loud is lost where six hours are seen", () => {
    const count = 200_000;
    const bytes = new ArrayBuffer(20 + count * 2);
    const view = new DataView(bytes);
    [1, 1, 16_000, 160, count].forEach((value, index) => {
      view.setInt32(index * 4, value, true);
    });
    const pairs = new Int8Array(bytes, 20);
    pairs[2 * 123_456] = -100;
    pairs[2 * 123_456 + 1] = 90;
    const peaks = readPeaks(bytes);
    if (peaks === undefined) throw new Error("it is a waveform");
    expect(peaks.length).toBeGreaterThan(2);
    for (const size of [100, 1_000, 60_000, 600_000]) {
      const from = Math.floor(1_234_560 / size) * size;
      expect(findPeak(peaks, from, from + size)).toEqual({ low: -100, high: 90 });
    }
    expect(findPeak(peaks, 0, 1_000)).toEqual({ low: 0, high: 0 });
    expect(readPeaks(new ArrayBuffer(10))).toBeUndefined();
  });
});
