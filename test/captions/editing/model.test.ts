/** Random edits: what they keep true whatever happens, and a naive model beside them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cueText } from "../../../electron/captions/cue.ts";
import { computeChange } from "../../../electron/captions/editing/apply.ts";
import { inverse, withChange } from "../../../electron/captions/editing/change.ts";
import { type Command, commandSchema } from "../../../electron/captions/editing/command.ts";
import { type CaptionDocument, createDocument, type EditCue } from "../../../electron/captions/editing/document.ts";
import {
  buildStacks,
  type EditAction,
  type LogEntry,
  noStacks,
  replay,
  toChange,
  withEntry,
} from "../../../electron/captions/editing/history.ts";
import { EditError } from "../../../electron/captions/editing/refused.ts";
import { beginsTurn } from "../../../electron/captions/speaker-turn.ts";

const start = (): CaptionDocument =>
  createDocument(
    Array.from({ length: 12 }, (_, index) => ({
      startMs: 1_000 + index * 2_000,
      endMs: 2_600 + index * 2_000,
      lines: index % 3 === 0 ? [`caption number ${index}`, "has two lines"] : [`caption number ${index} has one`],
      ...(index % 4 === 0 ? { speaker: "Mayor" } : {}),
    })),
    [{ kind: "chapter", atMs: 1_000, text: "Call to order" }],
  );

/** Ids that mostly exist, and some that do not. */
const id = fc.integer({ min: 1, max: 24 });
const ms = fc.integer({ min: 0, max: 30_000 });
const words = fc.constantFrom("motion", "second", "all in favor", "aye", "any opposed", "the motion carries");
const lines = fc.array(words, { minLength: 1, maxLength: 2 });
const ids = fc.array(id, { minLength: 1, maxLength: 4 });

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ type: fc.constant("text" as const), cue: id, lines }),
  fc.record({ type: fc.constant("split" as const), cue: id, offset: fc.integer({ min: 1, max: 30 }), atMs: ms }),
  fc.record({ type: fc.constant("merge" as const), cue: id }),
  fc.record({ type: fc.constant("insert" as const), startMs: ms, endMs: ms, lines }),
  fc.record({ type: fc.constant("delete" as const), cues: ids }),
  fc.record({ type: fc.constant("time" as const), cue: id, startMs: ms, endMs: ms }),
  fc.record({ type: fc.constant("time" as const), cue: id, endMs: ms }),
  fc.record({ type: fc.constant("roll" as const), cue: id, atMs: ms }),
  fc.record({ type: fc.constant("shift" as const), from: id, byMs: fc.integer({ min: -3_000, max: 3_000 }) }),
  fc.record({ type: fc.constant("shift" as const), from: id, to: id, byMs: fc.integer({ min: -300, max: 300 }) }),
  fc.record({ type: fc.constant("stretch" as const), first: id, firstMs: ms, last: id, lastMs: ms }),
  fc.record({
    type: fc.constant("push" as const),
    cue: id,
    direction: fc.constantFrom("next" as const, "previous" as const),
  }),
  fc.record({
    type: fc.constant("push" as const),
    cue: id,
    direction: fc.constantFrom("next" as const, "previous" as const),
    atMs: ms,
  }),
  fc.record({ type: fc.constant("balance" as const), cues: ids }),
  fc.record({ type: fc.constant("speaker" as const), cues: ids, speaker: fc.constantFrom("Clerk", "Mayor", null) }),
  fc.record({
    type: fc.constant("rename-speaker" as const),
    from: fc.constantFrom("Clerk", "Mayor"),
    to: fc.constantFrom("Clerk", "Mayor", "Chair"),
  }),
  fc.record({
    type: fc.constant("rename-speaker" as const),
    from: fc.constantFrom("Clerk", "Mayor"),
    to: fc.constantFrom("Clerk", "Chair"),
    first: id,
  }),
  fc.record({
    type: fc.constant("place" as const),
    cues: ids,
    edge: fc.constantFrom("top" as const, "bottom" as const),
  }),
  fc.record({ type: fc.constant("place" as const), cues: ids, italic: fc.boolean() }),
  fc.record({ type: fc.constant("accept" as const), cues: ids }),
  fc.record({ type: fc.constant("unaccept" as const), cues: ids }),
  fc.record({
    type: fc.constant("exchange" as const),
    reason: fc.constant("revert" as const),
    from: fc.constant("version 0"),
    startMs: ms,
    endMs: ms,
    cues: fc.constant([...start().cues].map(({ id: _, ...cue }) => ({ ...cue, lines: [...cue.lines] })) as never),
  }),
  fc.record({
    type: fc.constant("mark" as const),
    kind: fc.constantFrom("bookmark" as const, "note" as const, "chapter" as const),
    atMs: ms,
    text: words,
  }),
  fc.record({
    type: fc.constant("ticks" as const),
    text: words,
    issues: fc.array(fc.record({ rule: fc.constantFrom("gap", "late"), atMs: ms, cue: id }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  fc.record({
    type: fc.constant("agenda" as const),
    from: fc.constant("agenda.pdf"),
    items: fc.array(fc.record({ atMs: ms, text: words.map((each) => `${each} item`) }), { minLength: 1, maxLength: 4 }),
    replaces: fc.boolean(),
  }),
  fc.record({ type: fc.constant("change-mark" as const), mark: id, atMs: ms }),
  fc.record({ type: fc.constant("remove-mark" as const), mark: id }),
);

const step = fc.oneof(
  { weight: 8, arbitrary: command },
  { weight: 2, arbitrary: fc.constant("undo" as const) },
  { weight: 1, arbitrary: fc.constant("redo" as const) },
  { weight: 1, arbitrary: fc.constant("crash" as const) },
);

function requireSound({ cues, marks, nextId }: CaptionDocument): void {
  for (const [index, cue] of cues.entries()) {
    expect(cue.startMs).toBeGreaterThanOrEqual(0);
    expect(cue.endMs).toBeGreaterThan(cue.startMs);
    const next = cues[index + 1];
    if (next === undefined) continue;
    expect(next.startMs).toBeGreaterThan(cue.startMs);
    expect(cue.endMs).toBeLessThanOrEqual(next.startMs);
  }
  const all = [...cues, ...marks].map((each) => each.id);
  expect(new Set(all).size).toBe(all.length);
  expect(Math.max(0, ...all)).toBeLessThan(nextId);
  expect(marks.map(({ atMs }) => atMs)).toEqual(marks.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
}

/** What some edits do, said as plainly as it can be, over an array that nobody shares. */
function naive(cues: readonly EditCue[], wanted: Command, nextId: number): readonly EditCue[] | undefined {
  const at = "cue" in wanted && wanted.cue !== undefined ? cues.findIndex((cue) => cue.id === wanted.cue) : -1;
  if (wanted.type === "delete") return cues.filter((cue) => !wanted.cues.includes(cue.id));
  if (wanted.type === "accept") {
    return cues.map((cue) => (wanted.cues.includes(cue.id) ? { ...cue, reviewed: true as const } : cue));
  }
  if (wanted.type === "time") {
    const { startMs, endMs } = wanted;
    return cues.map((cue, index) =>
      index === at
        ? { ...cue, ...(startMs === undefined ? {} : { startMs }), ...(endMs === undefined ? {} : { endMs }) }
        : cue,
    );
  }
  if (wanted.type === "rename-speaker") {
    const first = cues.findIndex((cue) => cue.id === wanted.first);
    return cues.map((cue, index) =>
      index >= first && cue.speaker === wanted.from ? { ...cue, speaker: wanted.to } : cue,
    );
  }
  if (wanted.type === "insert") {
    const { startMs, endMs, lines: own } = wanted;
    return [...cues, { id: nextId, startMs, endMs, lines: own }].toSorted((a, b) => a.startMs - b.startMs);
  }
  if (wanted.type === "shift" && wanted.to === undefined) {
    const from = cues.findIndex((cue) => cue.id === wanted.from);
    return cues.map((cue, index) =>
      index < from ? cue : { ...cue, startMs: cue.startMs + wanted.byMs, endMs: cue.endMs + wanted.byMs },
    );
  }
  return undefined;
}

const allWords = (cues: readonly EditCue[]): string => cues.map(cueText).join(" ").replace(/\s+/g, " ");

/** The words after an edit that keeps them. Where two people who are named come into one caption, the second one is marked. */
function keptWords(cues: readonly EditCue[], wanted: Command): string {
  if (wanted.type !== "merge") return allWords(cues);
  const at = cues.findIndex(({ id: each }) => each === wanted.cue);
  const [first, second] = [cues[at], cues[at + 1]];
  const areTwo = first?.speaker !== undefined && second?.speaker !== undefined && first.speaker !== second.speaker;
  if (!areTwo || beginsTurn(second.lines[0] ?? "")) return allWords(cues);
  return allWords(cues.map((cue) => (cue === second ? { ...cue, lines: [`>> ${cue.lines.join(" ")}`] } : cue)));
}

/** Edits that only move words about: none is lost, none is added. */
const keepsWords = new Set<Command["type"]>([
  "split",
  "merge",
  "push",
  "balance",
  "time",
  "roll",
  "shift",
  "stretch",
  "speaker",
  "rename-speaker",
  "place",
  "accept",
]);

describe("random edits", () => {
  test("keep the captions in order, are what a naive model says, and undo and redo bring back the very same", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const base = start();
        let document = base;
        let stacks = noStacks;
        const log: LogEntry[] = [];
        const states = new Map<number, CaptionDocument>([[0, base]]);
        const keep = (deed: EditAction, change: LogEntry["change"]): void => {
          const entry = {
            seq: log.length + 1,
            deed,
            change,
            view: { cue: null, row: 0 },
            date: "2026-03-02T00:00:00Z",
            by: "Anna",
          };
          log.push(entry);
          document = withChange(document, change);
          stacks = withEntry(stacks, entry);
          states.set(entry.seq, document);
        };
        for (const wanted of steps) {
          if (wanted === "crash") {
            // Only the log is left: everything comes of it.
            document = replay(base, log);
            stacks = buildStacks(log);
          } else if (wanted === "undo" || wanted === "redo") {
            const of = stacks[wanted].at(-1);
            if (of === undefined) continue;
            const entry = log[of - 1] as LogEntry;
            const before = document;
            const change = toChange(wanted, entry);
            keep({ type: wanted, of }, change);
            expect(withChange(document, inverse(change)).cues).toEqual(before.cues);
          } else {
            expect(commandSchema.parse(wanted)).toEqual(wanted);
            try {
              const { change, document: next } = computeChange(document, wanted);
              const model = naive(document.cues, wanted, document.nextId);
              if (model !== undefined) expect(next.cues).toEqual(model);
              if (keepsWords.has(wanted.type)) expect(allWords(next.cues)).toBe(keptWords(document.cues, wanted));
              expect(withChange(next, inverse(change))).toMatchObject({ cues: document.cues, marks: document.marks });
              keep(wanted, change);
            } catch (thrown) {
              if (!(thrown instanceof EditError)) throw thrown;
            }
          }
          requireSound(document);
        }
        const rebuilt = replay(base, JSON.parse(JSON.stringify(log)) as LogEntry[]);
        expect(rebuilt.cues).toEqual(document.cues);
        expect(rebuilt.marks).toEqual(document.marks);
        // Everything taken back, one after the other, is the beginning.
        while (stacks.undo.length > 0) {
          const of = stacks.undo.at(-1) as number;
          keep({ type: "undo", of }, toChange("undo", log[of - 1] as LogEntry));
        }
        expect(document.cues).toEqual(base.cues);
        expect(document.marks).toEqual(base.marks);
      }),
      { numRuns: 400 },
    );
  });
});
