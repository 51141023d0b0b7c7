/** Cutting captions: when each part begins, with recognized words and with text that a person has typed. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alignWords } from "../../../electron/captions/editing/align-words.ts";
import { computeChange } from "../../../electron/captions/editing/apply.ts";
import { wordsOfText } from "../../../electron/captions/editing/cue-text.ts";
import { createDocument } from "../../../electron/captions/editing/document.ts";
import { findFixes } from "../../../electron/captions/editing/fixes.ts";
import { splitLongCue } from "../../../electron/captions/editing/split-long.ts";
import { findSplitTime } from "../../../electron/captions/editing/split-time.ts";
import { defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { checkCues } from "../../../electron/captions/quality/checker.ts";

const heard = "we will now take up the item".split(" ").map((text, index) => ({
  text,
  startMs: 1_000 + index * 400,
  endMs: 1_350 + index * 400,
  probability: 0.9,
}));
const span = { startMs: 1_000, endMs: 4_000 };
const options = { maxCharactersPerSecond: 20 };
const cut = (text: string, count: number, silences = [] as { startMs: number; endMs: number }[]): number =>
  findSplitTime(span, alignWords(text.split(" "), span, heard), count, { ...options, silences });

describe("when the second part begins", () => {
  test.each<[string, string, number, number]>([
    ["at its first word, where all words were recognized", "we will now take up the item", 4, 2_600],
    ["so too after a correction of one word", "we will now take up this item", 4, 2_600],
    ["so too at a corrected word", "we will now make up the item", 3, 2_200],
  ])("%s", (_, text, count, expected) => {
    expect(cut(text, count)).toBe(expected);
  });

  test("typed text shares the time by its characters, whatever it has in common with what was heard", () => {
    const typed = "the council has asked staff to prepare the item";
    const words = typed.split(" ");
    for (let count = 1; count < words.length; count++) {
      const at = cut(typed, count);
      const left = words.slice(0, count).join(" ").length / (at - span.startMs);
      const right = words.slice(count).join(" ").length / (span.endMs - at);
      expect(Math.max(left, right) * 1_000, `after ${count} words`).toBeLessThan(22);
    }
  });

  test("a pause near that place is taken, one far from it is not", () => {
    const typed = "completely other words than those before";
    const plain = cut(typed, 3);
    const pause = (ms: number) => [{ startMs: ms - 100, endMs: ms + 100 }];
    expect(cut(typed, 3, pause(plain + 200))).toBe(plain + 200);
    expect(cut(typed, 3, pause(plain + 900))).toBe(plain);
  });

  test("a long pause in recognized speech is kept", () => {
    const late = [
      heard[0],
      ...heard.slice(1).map((word) => ({ ...word, startMs: word.startMs + 5_000, endMs: word.endMs + 5_000 })),
    ];
    const long = { startMs: 1_000, endMs: 9_000 };
    const words = alignWords("we shall now take up the item".split(" "), long, late as typeof heard);
    expect(findSplitTime(long, words, 2, options)).toBe(6_800);
  });

  test("no part of a caption is much faster than the whole, and both last a moment", () => {
    const word = fc.constantFrom("we", "will", "now", "take", "up", "the", "item", "infrastructure", "a", "of");
    const texts = fc.array(word, { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(texts, fc.nat(), fc.integer({ min: 300, max: 6_000 }), (words, at, durationMs) => {
        const own = { startMs: 1_000, endMs: 1_000 + durationMs };
        const aligned = alignWords(words, own, heard);
        const count = 1 + (at % (words.length - 1));
        const ms = findSplitTime(own, aligned, count, options);
        expect(ms).toBeGreaterThan(own.startMs);
        expect(ms).toBeLessThan(own.endMs);
        if (aligned.every(({ source }) => source !== undefined)) return;
        const whole = (words.join(" ").length * 1_000) / durationMs;
        const limit = Math.max(20, 1.25 * whole) * 1.05 + 1;
        expect((words.slice(0, count).join(" ").length * 1_000) / (ms - own.startMs)).toBeLessThan(
          limit + 1_000 / (ms - own.startMs),
        );
        expect((words.slice(count).join(" ").length * 1_000) / (own.endMs - ms)).toBeLessThan(
          limit + 1_000 / (own.endMs - ms),
        );
      }),
    );
  });
});

describe("captions with more text than the screen holds", () => {
  const long =
    "The council will now take up the item on the agenda that concerns the bridge over the river, the budget of the public works department, and the schedule.";
  const { cues } = createDocument([
    { startMs: 0, endMs: 900, lines: ["Before it."] },
    { startMs: 1_000, endMs: 12_000, lines: [long], speaker: "Mayor", edge: "top" },
    { startMs: 12_100, endMs: 14_000, lines: ["this line does not fit in one row"] },
    { startMs: 14_100, endMs: 14_300, lines: [long] },
  ]);
  const document = { cues, marks: [], nextId: 5 };
  const facts = { profile: defaultProfile, words: heard, silences: [] };

  test("are cut; what fits once its lines are broken, or has no time for it, is left", () => {
    const fixes = findFixes("split", cues, facts);
    expect(fixes.map(({ cue, reason }) => `${cue} ${reason}`)).toEqual([
      expect.stringMatching(/^2 1\d\d characters become 3 captions$/),
    ]);
  });

  test("the fix keeps every word, the speaker and the place; nothing of the rules about lines is left", () => {
    const [fix] = findFixes("split", cues, facts);
    if (fix?.pieces === undefined) throw new Error("nothing is proposed");
    const { document: after } = computeChange(document, {
      type: "fix",
      list: "Captions that are too long",
      cues: [{ cue: fix.cue, pieces: fix.pieces }],
    });
    const parts = after.cues.slice(1, 4);
    expect(parts.flatMap(({ lines }) => wordsOfText(lines)).join(" ")).toBe(long);
    expect(parts.map(({ id, speaker, edge }) => [id, speaker, edge])).toEqual([
      [2, "Mayor", "top"],
      [5, "Mayor", "top"],
      [6, "Mayor", "top"],
    ]);
    expect([parts[0]?.startMs, parts[2]?.endMs]).toEqual([1_000, 12_000]);
    const issues = checkCues(parts).map(({ rule }) => rule);
    for (const rule of ["columns", "lines", "overlap", "gap", "too-short", "reading-speed"])
      expect(issues).not.toContain(rule);
  });

  test("several fixes of one list are one edit, those that only change times too", () => {
    const [fix] = findFixes("split", cues, facts);
    const { document: after } = computeChange(document, {
      type: "fix",
      list: "x",
      cues: [
        { cue: 1, endMs: 933 },
        { cue: 2, pieces: fix?.pieces ?? [] },
        { cue: 3, lines: ["this line does not", "fit in one row"] },
      ],
    });
    expect(after.cues.map(({ id }) => id)).toEqual([1, 2, 5, 6, 3, 4]);
    expect(after.cues[0]?.endMs).toBe(933);
    expect(after.cues[4]?.lines).toHaveLength(2);
  });

  test("are not cut into words that they do not have any more", () => {
    const pieces = [
      { startMs: 1_000, endMs: 5_000, lines: ["other words"] },
      { startMs: 5_000, endMs: 12_000, lines: ["than it has"] },
    ];
    expect(() => computeChange(document, { type: "fix", list: "x", cues: [{ cue: 2, pieces }] })).toThrow(
      /another text/,
    );
  });

  test("any text: every word stays in order, pieces follow each other, all within the time", () => {
    const word = fc.stringMatching(/^[a-z]{1,20}[.,]?$/);
    const line = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 500, max: 20_000 }),
        (lines, durationMs) => {
          const cue = { id: 1, startMs: 1_000, endMs: 1_000 + durationMs, lines };
          const pieces = splitLongCue(cue, facts);
          if (pieces.length === 0) return;
          expect(pieces.flatMap((piece) => [...wordsOfText(piece.lines)])).toEqual(wordsOfText(lines));
          let at = cue.startMs;
          for (const piece of pieces) {
            expect(piece.startMs).toBe(at);
            expect(piece.endMs).toBeGreaterThan(piece.startMs);
            at = piece.endMs;
          }
          expect(at).toBe(cue.endMs);
        },
      ),
    );
  });
});
