/** Two recordings of one meeting: where the sound of the earlier one is in the later one. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findAgreeingSpans } from "../../../electron/captions/recognition/agreeing-spans.ts";
import type { Word } from "../../../electron/captions/word.ts";

const vocabulary = ["the", "motion", "carries", "council", "street", "budget", "and", "of", "a", "to", "sewer", "vote"];

/** Words of a meeting, two a second. @param seed decides which */
function words(count: number, seed = 1): readonly Word[] {
  let state = seed;
  return Array.from({ length: count }, (_, index) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const text = `${vocabulary[state % vocabulary.length]}${index % 7 === 0 ? Math.floor(state / 4_096) % 90 : ""}`;
    return { text, startMs: index * 500, endMs: index * 500 + 400, probability: 0.9 };
  });
}

const moved = (some: readonly Word[], byMs: number): readonly Word[] =>
  some.map((word) => ({ ...word, startMs: word.startMs + byMs, endMs: word.endMs + byMs }));

describe("a later recording", () => {
  test("that begins earlier has the whole of it, later", () => {
    const earlier = words(400);
    const [span, ...others] = findAgreeingSpans(earlier, [...words(40, 7), ...moved(earlier, 20_000)]);
    expect(others).toEqual([]);
    expect(span).toMatchObject({ startMs: 0, shiftMs: 20_000 });
    expect(span?.endMs).toBeGreaterThanOrEqual(earlier.at(-1)?.endMs ?? 0);
  });

  test("that begins later has no place for what comes before it", () => {
    const earlier = words(400);
    const [span] = findAgreeingSpans(earlier, moved(earlier.slice(60), -30_000));
    expect(span).toMatchObject({ startMs: 30_000, shiftMs: -30_000 });
  });

  test("from which a recess was cut has both sides at their own distance", () => {
    const earlier = words(400);
    const later = [...earlier.slice(0, 150), ...moved(earlier.slice(250), -50_000)];
    const spans = findAgreeingSpans(earlier, later);
    expect(spans.map(({ shiftMs }) => shiftMs)).toEqual([0, -50_000]);
    expect(spans[0]?.endMs).toBeLessThanOrEqual(spans[1]?.startMs ?? 0);
  });

  test("of another meeting has nothing of it, though all of its words are said there", () => {
    expect(findAgreeingSpans(words(400), words(400, 99))).toEqual([]);
    expect(findAgreeingSpans([], words(10))).toEqual([]);
    expect(findAgreeingSpans(words(10), [])).toEqual([]);
  });

  test("whose clock runs faster by a thousandth is followed in steps", () => {
    const earlier = words(4_000);
    const later = earlier.map((word) => ({ ...word, startMs: word.startMs * 0.999, endMs: word.endMs * 0.999 }));
    for (const { startMs, endMs, shiftMs } of findAgreeingSpans(earlier, later)) {
      const middle = (startMs + endMs) / 2;
      expect(Math.abs(middle * 0.999 - middle - shiftMs)).toBeLessThan(200);
    }
  });

  test("with words taken for others is found all the same, and spans never overlap", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(399), { maxLength: 60 }), fc.integer({ min: 0, max: 90_000 }), (wrong, byMs) => {
        const earlier = words(400);
        const later = moved(earlier, byMs).map((word, index) =>
          wrong.includes(index) ? { ...word, text: "uh" } : word,
        );
        const spans = findAgreeingSpans(earlier, later);
        expect(spans.length).toBeGreaterThan(0);
        for (const [index, span] of spans.entries()) {
          expect(span.shiftMs).toBe(byMs);
          expect(span.startMs).toBeLessThan(span.endMs);
          expect(span.startMs).toBeGreaterThanOrEqual(spans[index - 1]?.endMs ?? 0);
        }
      }),
      { numRuns: 50 },
    );
  });
});
