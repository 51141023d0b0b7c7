/** Which language is spoken where: stable against doubtful detections, and no moment of speech is lost. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type TimeSpan, totalMs } from "../../../electron/captions/time/span.ts";
import {
  cutAtPauses,
  type DetectedPiece,
  decideLanguages,
  planLanguages,
} from "../../../electron/speech/recognition/several-languages.ts";

/** "en 0.98 30" is thirty seconds that sound like English. */
const pieces = (text: string): readonly DetectedPiece[] =>
  text.split(", ").map((piece) => {
    const [language, probability, seconds] = piece.split(" ");
    return { ms: Number(seconds) * 1000, ...(language === "?" ? {} : { language, probability: Number(probability) }) };
  });

describe("the language of each piece", () => {
  test.each<[string, string, string]>([
    ["one language stays one", "en 0.98 30, en 0.99 30, en 0.97 30", "en en en"],
    ["a public comment is found, with its borders", "en 0.98 30, es 0.98 12, es 0.99 30, en 0.97 30", "en es es en"],
    ["a doubtful piece between two others is not believed", "en 0.98 30, es 0.7 30, en 0.98 30", "en en en"],
    ["nor is one in the other language", "es 0.98 30, es 0.98 30, en 0.6 10, es 0.97 30", "es es es es"],
    ["a clear piece by itself is believed", "en 0.98 30, es 0.99 8, en 0.98 30", "en es en"],
    ["two pieces support each other", "en 0.98 30, es 0.85 10, es 0.85 10, en 0.98 30", "en es es en"],
    ["a short answer takes the language of its neighbors", "es 0.98 9, en 0.9 1, es 0.97 9", "es es es"],
    ["what was not listened to does as well", "es 0.98 9, ? 0 1, es 0.97 9", "es es es"],
    ["at a border it stays with what was before", "en 0.98 9, ? 0 1, es 0.99 9, es 0.99 9", "en en es es"],
    ["a language that nobody expects tells nothing", "en 0.98 30, gl 0.9 10, en 0.98 30", "en en en"],
    ["within another one neither", "es 0.98 30, gl 0.9 10, es 0.98 30", "es gl es".replace("gl", "es")],
    ["it may begin with another language", "es 0.98 20, es 0.98 20, en 0.98 30", "es es en"],
    ["and end with one", "en 0.98 30, es 0.96 20", "en es"],
  ])("%s", (_name, heard, expected) => {
    const decided = decideLanguages(pieces(heard), ["en", "es"]).join(" ");
    // At a border a piece that tells nothing may go either way.
    if (expected === "en en es es") expect(["en en es es", "en es es es"]).toContain(decided);
    else expect(decided).toBe(expected);
  });

  test("is the same for the same pieces, one of those expected, and the meeting's own where nothing is heard", () => {
    const piece = fc.record({
      ms: fc.integer({ min: 100, max: 30_000 }),
      language: fc.constantFrom("en", "es", "so", "gl", undefined),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (list) => {
        const decided = decideLanguages(list, ["en", "es", "so"]);
        expect(decided).toHaveLength(list.length);
        expect(decided.every((language) => ["en", "es", "so"].includes(language))).toBe(true);
        expect(decideLanguages(list, ["en", "es", "so"])).toEqual(decided);
        // No language begins that was heard nowhere.
        for (const language of decided) {
          expect(language === "en" || list.some((each) => each.language === language)).toBe(true);
        }
        expect(
          decideLanguages(
            list.map(({ ms }) => ({ ms })),
            ["en", "es"],
          ),
        ).toEqual(list.map(() => "en"));
      }),
    );
  });
});

/** Speech of four seconds with a pause of half a second after each. */
const speechOf = (seconds: number): readonly TimeSpan[] =>
  Array.from({ length: Math.floor(seconds / 4.5) }, (_, index) => ({
    startMs: index * 4_500,
    endMs: index * 4_500 + 4_000,
  }));
const sumOf = (parts: readonly (readonly TimeSpan[])[]): number => parts.reduce((sum, part) => sum + totalMs(part), 0);

describe("a window is cut", () => {
  test("in pauses, into pieces that tell something", () => {
    const parts = cutAtPauses([{ startMs: 0, endMs: 29_000 }], speechOf(29));
    expect(parts.map(([piece]) => piece?.startMs)).toEqual([0, 4_250, 8_750, 13_250, 17_750, 22_250]);
    expect(sumOf(parts)).toBe(29_000);
  });

  test("not where nobody stops, and not near its end", () => {
    expect(cutAtPauses([{ startMs: 0, endMs: 20_000 }], [{ startMs: 200, endMs: 19_800 }])).toHaveLength(1);
    const speech = [
      { startMs: 0, endMs: 9_000 },
      { startMs: 9_500, endMs: 11_000 },
    ];
    expect(cutAtPauses([{ startMs: 0, endMs: 11_300 }], speech)).toEqual([[{ startMs: 0, endMs: 11_300 }]]);
  });
});

describe("the plan", () => {
  /** Three windows of 27 s; from 36 s to 63 s somebody speaks Spanish. */
  const speech = speechOf(81);
  const windows = [0, 27_000, 54_000].map((startMs) => [{ startMs, endMs: startMs + 27_000 }]);
  const spanish = { startMs: 36_000, endMs: 63_000 };
  const listenTo = (asked: TimeSpan[]) => (spans: readonly TimeSpan[]) => {
    asked.push(...spans);
    return Promise.resolve(
      spans.map(({ startMs, endMs }) => {
        const shared =
          Math.max(0, Math.min(endMs, spanish.endMs) - Math.max(startMs, spanish.startMs)) / (endMs - startMs);
        return { language: shared > 0.5 ? "es" : "en", probability: 0.98 - 0.9 * Math.min(shared, 1 - shared) };
      }),
    );
  };

  test("has a language for each window, cuts those that hold two, and listens closely to these alone", async () => {
    const asked: TimeSpan[] = [];
    const plan = await planLanguages({
      windows,
      speech,
      languages: ["en", "es"],
      windowMs: 30_000,
      listen: listenTo(asked),
    });
    expect(plan.map(({ language, stretches }) => [language, stretches[0]?.startMs, stretches.at(-1)?.endMs])).toEqual([
      ["en", 0, 27_000],
      ["en", 27_000, 35_750],
      ["es", 35_750, 62_750],
      ["en", 62_750, 81_000],
    ]);
    expect(sumOf(plan.map(({ stretches }) => stretches))).toBe(81_000);
    // Three windows, and the pieces of two of them.
    expect(asked.length).toBeLessThan(3 + 2 * 7);
  });

  test("of one language is the one that was given", async () => {
    const listen = (spans: readonly TimeSpan[]) =>
      Promise.resolve(spans.map(() => ({ language: "en", probability: 0.98 })));
    const plan = await planLanguages({ windows, speech, languages: ["en", "es"], windowMs: 30_000, listen });
    expect(plan.map(({ stretches }) => stretches)).toEqual(windows);
    const none = await planLanguages({ windows: [], speech: [], languages: ["en", "es"], windowMs: 30_000, listen });
    expect(none).toEqual([]);
  });

  test("loses no moment of speech and doubles none, whatever is detected", async () => {
    const detection = fc.record({
      language: fc.constantFrom("en", "es", "gl"),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(detection, { minLength: 40, maxLength: 40 }), async (detections) => {
        let next = 0;
        const listen = (spans: readonly TimeSpan[]) =>
          Promise.resolve(spans.map(() => detections[next++ % 40] ?? { language: "en", probability: 1 }));
        const plan = await planLanguages({ windows, speech, languages: ["en", "es"], windowMs: 30_000, listen });
        const stretches = plan.flatMap((window) => window.stretches);
        expect(totalMs(stretches)).toBe(81_000);
        stretches.forEach((stretch, index) => {
          expect(stretch.endMs).toBeLessThanOrEqual(stretches[index + 1]?.startMs ?? Number.POSITIVE_INFINITY);
        });
        for (const window of plan) expect(totalMs(window.stretches)).toBeLessThanOrEqual(30_000);
      }),
    );
  });
});
