/** Hearing a span again: what gives way, what takes its place, and what people have said stays. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { computeChange } from "../../../electron/captions/editing/apply.ts";
import { inverse, withChange } from "../../../electron/captions/editing/change.ts";
import type { Command } from "../../../electron/captions/editing/command.ts";
import { type CaptionDocument, createDocument } from "../../../electron/captions/editing/document.ts";
import { listUntouched, planHearAgain, widenSpan } from "../../../electron/captions/editing/hear-again.ts";
import type { LogEntry } from "../../../electron/captions/editing/history.ts";
import { defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import type { TimeSpan } from "../../../electron/captions/time/span.ts";
import type { Word } from "../../../electron/captions/word.ts";
import { someCues } from "../../support/captions/transcriptions.ts";
import { spokenWords } from "../arbitraries.ts";

const machine = someCues(8);

/** The captions after edits of people. */
function edited(...commands: readonly Command[]): {
  document: CaptionDocument;
  entries: Pick<LogEntry, "deed" | "change">[];
} {
  let document = createDocument(machine);
  const entries = commands.map((deed) => {
    const result = computeChange(document, deed);
    document = result.document;
    return { deed, change: result.change };
  });
  return { document, entries };
}

/** A word every half second of a span. */
function wordsIn(startMs: number, endMs: number, text = (index: number): string => `new${index}`): Word[] {
  return Array.from({ length: Math.floor((endMs - startMs) / 500) }, (_, index) => ({
    text: text(index),
    startMs: startMs + index * 500,
    endMs: startMs + index * 500 + 400,
    probability: 0.9,
  }));
}

interface Heard {
  readonly span: TimeSpan;
  readonly words?: readonly Word[];
}

function hear(
  { document, entries }: ReturnType<typeof edited>,
  { span, words = wordsIn(span.startMs, span.endMs) }: Heard,
) {
  const untouched = listUntouched(document, machine, entries);
  const plan = planHearAgain({ document, untouched, span, words, profile: defaultProfile });
  const command = {
    type: "hear-again",
    hearing: "h",
    from: "base",
    replaced: plan.replaced,
    cues: [...plan.cues],
  } as const;
  return { plan, ...(plan.cues.length === 0 ? { document, change: undefined } : computeChange(document, command)) };
}

const textOf = ({ cues }: { readonly cues: readonly Cue[] }): string => cues.flatMap(({ lines }) => lines).join(" ");
// Captions 3 to 5 of the eight.
const span = { startMs: 5_000, endMs: 10_900 };

describe("hearing captions again", () => {
  test("puts what was heard into the place of captions that nobody has touched, as one edit that can be taken back", () => {
    const before = edited();
    const { plan, document, change } = hear(before, { span });
    expect(plan).toMatchObject({ replaced: [3, 4, 5], kept: [], unrecognized: [], spans: [span] });
    expect(textOf(plan)).toBe(
      wordsIn(5_000, 10_900)
        .map(({ text }) => text)
        .join(" "),
    );
    expect(document.cues.filter(({ id }) => [1, 2, 6, 7, 8].includes(id))).toEqual(
      before.document.cues.filter(({ id }) => [1, 2, 6, 7, 8].includes(id)),
    );
    // What a person is just typing into one of them still finds it.
    const first = document.cues.find(({ startMs }) => startMs === 5_000);
    expect(first?.id).toBe(3);
    if (change === undefined) throw new Error("nothing was changed");
    expect(withChange(document, inverse(change)).cues).toEqual(before.document.cues);
  });

  test.each<[string, Command]>([
    ["accepted", { type: "accept", cues: [4] }],
    ["changed the text of", { type: "text", cue: 4, lines: ["as a person heard it"] }],
    ["moved", { type: "time", cue: 4, endMs: 8_500 }],
    ["placed", { type: "place", cues: [4], edge: "top" }],
    ["named the speaker of", { type: "speaker", cues: [4], speaker: "Mayor" }],
    ["acknowledged a warning of", { type: "ticks", text: "ok", issues: [{ rule: "late", atMs: 7_000, cue: 4 }] }],
  ])("leaves a caption alone that a person has %s", (_what, command) => {
    const before = edited(command);
    const { plan, document } = hear(before, { span });
    expect(plan.kept).toEqual([4]);
    expect(plan.replaced).toEqual([3, 5]);
    expect(document.cues.find(({ id }) => id === 4)).toEqual(before.document.cues.find(({ id }) => id === 4));
    expect(plan.spans).toHaveLength(2);
  });

  test("takes an edit that was taken back for none, and its own earlier captions for the machine's", () => {
    const before = edited(
      { type: "text", cue: 4, lines: ["oh no"] },
      { type: "text", cue: 4, lines: machine[3]?.lines.slice() ?? [] },
    );
    expect(hear(before, { span }).plan.kept).toEqual([]);
    const once = hear(edited(), { span });
    const deed = {
      type: "hear-again",
      hearing: "h",
      from: "",
      replaced: once.plan.replaced,
      cues: [...once.plan.cues],
    } as const;
    const entries = [{ deed, change: once.change ?? { cues: [], marks: [] } }];
    const again = hear({ document: once.document, entries }, { span, words: wordsIn(5_000, 10_900, () => "other") });
    expect(again.plan.kept).toEqual([]);
    expect(textOf(again.document)).not.toContain("new");
  });

  test("fills speech that has no captions, and only there", () => {
    const before = edited({ type: "delete", cues: [4] });
    const { document, plan } = hear(before, { span: { startMs: 7_000, endMs: 8_900 } });
    expect(plan).toMatchObject({ replaced: [], kept: [], unrecognized: [] });
    expect(document.cues).toHaveLength(8);
    expect(document.cues[3]).toMatchObject({ startMs: 7_000, id: 9 });
  });

  test("never takes a caption away where nothing was heard", () => {
    const { plan, document } = hear(edited(), { span, words: [] });
    expect(plan).toMatchObject({ replaced: [], cues: [], spans: [], unrecognized: [3, 4, 5] });
    expect(document.cues).toHaveLength(8);
    const half = hear(edited({ type: "accept", cues: [4] }), { span, words: wordsIn(5_000, 6_500) });
    expect(half.plan).toMatchObject({ replaced: [3], kept: [4], unrecognized: [5] });
  });

  test("puts nothing where a person has said that nobody speaks", () => {
    const before = edited({ type: "delete", cues: [4] }, { type: "no-speech", startMs: 7_000, endMs: 8_900 });
    const { plan, document } = hear(before, { span });
    expect(plan.replaced).toEqual([3, 5]);
    expect(document.cues.filter(({ startMs, endMs }) => endMs > 7_000 && startMs < 8_900)).toEqual([]);
  });

  test("does not double the word at the edge of a caption that stays", () => {
    const before = edited({ type: "delete", cues: [4] }, { type: "accept", cues: [3, 5] });
    // Caption 3 ends with "2", caption 5 begins with "this": both were heard a little into the gap.
    const words = [
      { text: "2", startMs: 6_850, endMs: 7_150, probability: 0.9 },
      ...wordsIn(7_300, 8_400),
      { text: "This", startMs: 8_600, endMs: 8_850, probability: 0.9 },
    ];
    expect(textOf(hear(before, { span: { startMs: 6_900, endMs: 9_000 }, words }).plan)).toBe("new0 new1");
    // Said twice, it is written twice.
    const twice = [{ text: "2", startMs: 6_300, endMs: 6_600, probability: 0.9 }, ...words];
    expect(textOf(hear(before, { span: { startMs: 6_900, endMs: 9_000 }, words: twice }).plan)).toBe("2 new0 new1");
  });

  test("is refused where a caption has been accepted meanwhile, or is gone", () => {
    const { document } = edited({ type: "accept", cues: [4] });
    const cues = [{ startMs: 7_000, endMs: 8_900, lines: ["x"] }];
    const command = (replaced: number[]): Command => ({ type: "hear-again", hearing: "h", from: "", replaced, cues });
    expect(() => computeChange(document, command([4]))).toThrow(/accepted/);
    expect(() => computeChange(document, command([99]))).toThrow(/not there any more/);
    expect(() => computeChange(document, command([]))).toThrow(/order|at once/);
  });
});

test("a span is widened to whole captions, but not to one that it hardly touches", () => {
  expect(widenSpan({ startMs: 6_000, endMs: 7_500 }, machine)).toEqual({ startMs: 5_000, endMs: 8_900 });
  expect(widenSpan({ startMs: 6_850, endMs: 9_050 }, machine)).toEqual({ startMs: 6_850, endMs: 9_050 });
  expect(widenSpan({ startMs: 50_000, endMs: 60_000 }, machine)).toEqual({ startMs: 50_000, endMs: 60_000 });
});

test("whatever was heard and whatever people did: what they touched stays as it is, and nothing is shown at once", () => {
  const touch = fc.constantFrom<Command["type"]>("accept", "text", "delete", "speaker");
  fc.assert(
    fc.property(
      spokenWords(60),
      fc.array(fc.tuple(touch, fc.integer({ min: 1, max: 8 })), { maxLength: 6 }),
      fc.integer({ min: 0, max: 15_000 }),
      fc.integer({ min: 200, max: 15_000 }),
      (words, touches, fromMs, lengthMs) => {
        const commands: Command[] = [];
        const gone = new Set<number>();
        for (const [type, cue] of touches) {
          if (gone.has(cue)) continue;
          if (type === "delete") gone.add(cue);
          if (type === "accept" || type === "delete") commands.push({ type, cues: [cue] });
          else if (type === "speaker") commands.push({ type, cues: [cue], speaker: "Clerk" });
          else commands.push({ type: "text", cue, lines: ["mine"] });
        }
        const before = edited(...commands);
        const wide = widenSpan({ startMs: fromMs, endMs: fromMs + lengthMs }, before.document.cues);
        const { plan, document, change } = hear(before, { span: wide, words });
        const untouched = listUntouched(before.document, machine, before.entries);
        for (const cue of before.document.cues) {
          if (!untouched.has(cue.id)) expect(document.cues.find(({ id }) => id === cue.id)).toEqual(cue);
        }
        expect(new Set(document.cues.map(({ id }) => id)).size).toBe(document.cues.length);
        document.cues.forEach((cue, index) => {
          expect(cue.endMs).toBeGreaterThan(cue.startMs);
          expect(cue.endMs).toBeLessThanOrEqual(document.cues[index + 1]?.startMs ?? Number.POSITIVE_INFINITY);
        });
        for (const { startMs, endMs } of plan.cues) {
          expect(plan.spans.some((room) => startMs >= room.startMs && endMs <= room.endMs)).toBe(true);
        }
        if (change !== undefined) expect(withChange(document, inverse(change)).cues).toEqual(before.document.cues);
      },
    ),
    { numRuns: 300 },
  );
});
