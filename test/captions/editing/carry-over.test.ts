/** What people have made of captions, carried over to a recording that holds the same sound. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { carryOver } from "../../../electron/captions/editing/carry-over.ts";
import { type CaptionDocument, createDocument, type EditCue } from "../../../electron/captions/editing/document.ts";

const cue = (startMs: number, text: string): EditCue => ({ startMs, endMs: startMs + 900, lines: [text], id: 0 });
const texts = ({ cues }: CaptionDocument): readonly string[] => cues.map(({ lines }) => lines.join(" "));

describe("captions of people", () => {
  test("stay, what was missing is filled, nothing is shown twice", () => {
    const document = createDocument([cue(0, "Edited."), cue(1_000, "Kept."), cue(7_000, "After.")]);
    const machine = [cue(0, "Machine."), cue(1_000, "Machine."), cue(4_000, "Found."), cue(6_500, "Twice.")];
    const spans = [
      { startMs: 0, endMs: 3_000, shiftMs: 0 },
      { startMs: 7_000, endMs: 60_000, shiftMs: 0 },
    ];
    expect(texts(carryOver([{ document, spans }], machine).document)).toEqual(["Edited.", "Kept.", "Found.", "After."]);
  });

  test("keep nothing of the machine where there was sound, even where a person deleted a caption", () => {
    const document = createDocument([]);
    const machine = [cue(0, "Deleted by a person."), cue(4_000, "Found.")];
    const carried = carryOver([{ document, spans: [{ startMs: 0, endMs: 3_000, shiftMs: 0 }] }], machine);
    expect(texts(carried.document)).toEqual(["Found."]);
  });

  test("of two parts follow one another, accepted, with their marks and speakers", () => {
    const part = (text: string): CaptionDocument => {
      const document = createDocument(
        [{ ...cue(1_000, text), speaker: "Chair" }],
        [
          { kind: "note", atMs: 1_500, text: `note of ${text}` },
          { kind: "tick", atMs: 1_000, text: "read", rule: "word-rate", cue: 1 },
          { kind: "no-speech", atMs: 5_000, untilMs: 8_000, text: "", by: "Anna" },
        ],
      );
      return { ...document, cues: document.cues.map((each) => ({ ...each, reviewed: true })) };
    };
    const works = [
      { document: part("one"), spans: [{ startMs: 0, endMs: 10_000, shiftMs: 0 }] },
      { document: part("two"), spans: [{ startMs: 0, endMs: 10_000, shiftMs: 10_000 }] },
    ];
    const { document, left } = carryOver(works, []);
    expect(left).toEqual([]);
    expect(document.cues).toMatchObject([
      { id: 1, startMs: 1_000, lines: ["one"], reviewed: true, speaker: "Chair" },
      { id: 2, startMs: 11_000, lines: ["two"], reviewed: true, speaker: "Chair" },
    ]);
    expect(document.marks.map(({ kind, atMs, untilMs, cue: of }) => [kind, atMs, untilMs, of])).toEqual([
      ["tick", 1_000, undefined, 1],
      ["note", 1_500, undefined, undefined],
      ["no-speech", 5_000, 8_000, undefined],
      ["tick", 11_000, undefined, 2],
      ["note", 11_500, undefined, undefined],
      ["no-speech", 15_000, 18_000, undefined],
    ]);
  });

  test("whose sound is not there are named, and only they", () => {
    const document = createDocument([cue(0, "There."), cue(20_000, "Cut away.")]);
    const { left } = carryOver([{ document, spans: [{ startMs: 0, endMs: 10_000, shiftMs: 5_000 }] }], []);
    expect(left.map(({ lines }) => lines[0])).toEqual(["Cut away."]);
  });

  test("make a document in every case: starts that increase, ids of their own, no caption lost", () => {
    const cues = fc
      .array(fc.nat(100_000), { maxLength: 40 })
      .map((starts) =>
        createDocument(starts.toSorted((a, b) => a - b).map((startMs, index) => cue(startMs, `words ${index}`))),
      );
    const span = fc.record({
      from: fc.nat(100_000),
      length: fc.nat(50_000),
      shiftMs: fc.integer({ min: -50_000, max: 90_000 }),
    });
    fc.assert(
      fc.property(cues, cues, span, span, fc.array(fc.nat(200_000), { maxLength: 20 }), (a, b, one, two, machine) => {
        const toSpans = ({ from, length, shiftMs }: typeof one) => [{ startMs: from, endMs: from + length, shiftMs }];
        const works = [
          { document: a, spans: toSpans(one) },
          { document: b, spans: toSpans(two) },
        ];
        const { document, left } = carryOver(
          works,
          machine.toSorted((x, y) => x - y).map((at) => cue(at, "machine")),
        );
        const people = document.cues.filter(({ lines }) => lines[0] !== "machine");
        expect(people.length + left.length).toBe(a.cues.length + b.cues.length);
        expect(new Set(document.cues.map(({ id }) => id)).size).toBe(document.cues.length);
        for (const [index, each] of document.cues.entries()) {
          expect(each.startMs).toBeGreaterThan(document.cues[index - 1]?.startMs ?? -1);
          expect(each.endMs).toBeGreaterThan(each.startMs);
        }
        expect(document.nextId).toBeGreaterThan(Math.max(0, ...document.cues.map(({ id }) => id)));
      }),
      { numRuns: 300 },
    );
  });
});
