import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EditCue } from "../../../../electron/captions/editing/document.ts";
import { PlayedCaptions } from "../../../../renderer/editor/session/played-captions.ts";

/** Captions of two seconds with half a second between them, from 1 s on. */
const cues: readonly EditCue[] = Array.from({ length: 20 }, (_, index) => ({
  id: index + 1,
  startMs: 1_000 + index * 2_500,
  endMs: 3_000 + index * 2_500,
  lines: ["Words."],
}));

/** Plays spans frame by frame. @returns ids of what was heard, in order */
function hear(spans: readonly (readonly [fromMs: number, toMs: number])[], frameMs = 33): readonly number[] {
  const heard = new PlayedCaptions();
  const ids: number[] = [];
  for (const [from, to] of spans) {
    for (let ms = from; ms <= to; ms += frameMs) ids.push(...heard.advance(cues, ms, true).map(({ id }) => id));
    heard.advance(cues, to, false);
  }
  return ids;
}

describe("a caption has been heard", () => {
  test.each<[string, readonly (readonly [number, number])[], readonly number[]]>([
    ["when it was played from its start to its end", [[900, 3_100]], [1]],
    ["with those after it", [[0, 8_100]], [1, 2, 3]],
    ["a moment before its very end", [[900, 2_800]], [1]],
    ["not when it began before", [[2_000, 3_400]], []],
    ["not when it goes on", [[900, 2_500]], []],
    [
      "not in two halves",
      [
        [900, 2_000],
        [2_000, 3_200],
      ],
      [],
    ],
    [
      "not when it was jumped over",
      [
        [900, 1_200],
        [6_100, 8_000],
      ],
      [3],
    ],
    [
      "not when the place jumps back",
      [
        [900, 2_400],
        [0, 900],
      ],
      [],
    ],
  ])("%s", (_, spans, ids) => expect(hear(spans)).toEqual(ids));

  test("also when frames are late, as they are at twice the speed on a busy machine", () => {
    expect(hear([[0, 8_600]], 400)).toEqual([1, 2, 3]);
  });

  test("never in a pause, and each once however it is played", () => {
    const heard = new PlayedCaptions();
    for (let ms = 0; ms < 10_000; ms += 100) expect(heard.advance(cues, ms, false)).toEqual([]);
    const frames = fc.array(fc.integer({ min: 1, max: 1_400 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(frames, (steps) => {
        const each = new PlayedCaptions();
        let ms = 0;
        const ids = steps.flatMap((step) => {
          ms += step;
          return each.advance(cues, ms, true).map(({ id }) => id);
        });
        expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
      }),
    );
  });
});
