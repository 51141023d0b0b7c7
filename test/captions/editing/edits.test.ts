/** Each edit, and what it refuses. */
import { describe, expect, test } from "vitest";
import { computeChange } from "../../../electron/captions/editing/apply.ts";
import { inverse, withChange } from "../../../electron/captions/editing/change.ts";
import type { Command } from "../../../electron/captions/editing/command.ts";
import { type CaptionDocument, createDocument } from "../../../electron/captions/editing/document.ts";
import { EditError } from "../../../electron/captions/editing/refused.ts";

const start = createDocument(
  [
    { startMs: 1_000, endMs: 3_000, lines: ["I move to approve", "the consent agenda."], speaker: "Anderson" },
    { startMs: 3_067, endMs: 5_000, lines: ["I will second that."], speaker: "Garcia" },
    { startMs: 8_000, endMs: 10_000, lines: ["All in favor say aye."], styles: [{ italic: true }] },
  ],
  [{ kind: "chapter", atMs: 1_000, text: "Consent agenda" }],
);

const edited = (command: Command) => computeChange(start, command).document;
const shown = (command: Command): readonly string[] =>
  edited(command).cues.map(({ startMs, endMs, lines }) => `${startMs}-${endMs} ${lines.join("|")}`);
const [first, second, third] = [
  "1000-3000 I move to approve|the consent agenda.",
  "3067-5000 I will second that.",
  "8000-10000 All in favor say aye.",
];

describe("an edit", () => {
  test.each<[string, Command, readonly string[]]>([
    ["text", { type: "text", cue: 2, lines: ["Second."] }, [first, "3067-5000 Second.", third]],
    [
      "split between words",
      { type: "split", cue: 1, offset: 9, atMs: 2_000 },
      ["1000-1933 I move to", "2000-3000 approve the consent agenda.", second, third],
    ],
    [
      "split inside a word takes its nearer end",
      { type: "split", cue: 1, offset: 3, atMs: 2_000 },
      ["1000-1933 I", "2000-3000 move to approve|the consent agenda.", second, third],
    ],
    [
      "merge keeps two speakers apart",
      { type: "merge", cue: 1 },
      ["1000-5000 I move to approve|the consent agenda.|>> I will second that.", third],
    ],
    [
      "merge of one speaker breaks the lines anew",
      { type: "merge", cue: 2 },
      [first, "3067-10000 I will second that.|All in favor say aye."],
    ],
    [
      "insert",
      { type: "insert", startMs: 6_000, endMs: 7_000, lines: ["[applause]"] },
      [first, second, "6000-7000 [applause]", third],
    ],
    ["delete", { type: "delete", cues: [1, 3] }, [second]],
    ["time", { type: "time", cue: 3, startMs: 7_000 }, [first, second, "7000-10000 All in favor say aye."]],
    [
      "roll keeps the pause between two captions",
      { type: "roll", cue: 1, atMs: 3_500 },
      ["1000-3500 I move to approve|the consent agenda.", "3567-5000 I will second that.", third],
    ],
    [
      "shift from here",
      { type: "shift", from: 2, byMs: 500 },
      [first, "3567-5500 I will second that.", "8500-10500 All in favor say aye."],
    ],
    [
      "shift of a stretch",
      { type: "shift", from: 2, to: 2, byMs: 1_000 },
      [first, "4067-6000 I will second that.", third],
    ],
    [
      "stretch",
      { type: "stretch", first: 1, firstMs: 2_000, last: 3, lastMs: 16_000 },
      [
        "2000-6000 I move to approve|the consent agenda.",
        "6134-10000 I will second that.",
        "16000-18000 All in favor say aye.",
      ],
    ],
    [
      "push the last word on, with its time",
      { type: "push", cue: 1, direction: "next", atMs: 2_600 },
      ["1000-2533 I move to approve the consent", "2600-5000 agenda. I will second that.", third],
    ],
    [
      "pull the first word back",
      { type: "push", cue: 2, direction: "previous" },
      ["1000-3000 I move to approve|the consent agenda. I", "3067-5000 will second that.", third],
    ],
    ["balance", { type: "balance", cues: [1] }, ["1000-3000 I move to approve|the consent agenda.", second, third]],
    [
      "replace in several",
      { type: "replace", what: "aye", with: "yes", cues: [{ cue: 3, lines: ["All in favor say yes."] }] },
      [first, second, "8000-10000 All in favor say yes."],
    ],
    [
      "fix",
      { type: "fix", list: "gaps", cues: [{ cue: 2, endMs: 7_933 }] },
      [first, "3067-7933 I will second that.", third],
    ],
  ])("%s", (_, command, expected) => {
    expect(shown(command)).toEqual(expected);
    const { change, document } = computeChange(start, command);
    expect(withChange(document, inverse(change)).cues).toEqual(start.cues);
  });

  test("of a caption of two people keeps their lines, and a dash with its word", () => {
    const two = createDocument([
      { startMs: 1_000, endMs: 3_000, lines: ["- Yes, sir.", "- No thanks, I am fine."] },
      { startMs: 4_000, endMs: 6_000, lines: ["- Well,", "- good."] },
    ]);
    const lines = (command: Command) => computeChange(two, command).document.cues.map((cue) => cue.lines.join("|"));
    expect(lines({ type: "split", cue: 1, offset: 24, atMs: 2_000 })).toEqual([
      "- Yes, sir.|- No thanks,",
      "I am fine.",
      "- Well,|- good.",
    ]);
    expect(lines({ type: "split", cue: 1, offset: 13, atMs: 2_000 })).toEqual([
      "- Yes, sir.",
      "- No thanks, I am fine.",
      "- Well,|- good.",
    ]);
    expect(lines({ type: "push", cue: 2, direction: "previous" })).toEqual([
      "- Yes, sir.|- No thanks, I am fine. - Well,",
      "- good.",
    ]);
  });

  test("of many at once cuts what would clash, instead of refusing all of it", () => {
    const fixed = computeChange(start, {
      type: "fix",
      list: "speech",
      cues: [
        { cue: 1, endMs: 3_500 },
        { cue: 2, startMs: 2_900 },
        { cue: 3, startMs: 7_500 },
      ],
    });
    expect(fixed.document.cues.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [1_000, 3_067],
      [3_067, 5_000],
      [7_500, 10_000],
    ]);
  });

  test("of looks keeps what it is not about", () => {
    expect(edited({ type: "place", cues: [3], edge: "top" }).cues[2]).toMatchObject({
      edge: "top",
      styles: [{ italic: true }],
    });
    expect(edited({ type: "place", cues: [3], italic: false }).cues[2]).not.toHaveProperty("styles");
    expect(edited({ type: "speaker", cues: [1, 2], speaker: null }).cues[0]).not.toHaveProperty("speaker");
    expect(edited({ type: "text", cue: 3, lines: ["All in favor", "say aye."] }).cues[2]?.styles).toEqual([
      { italic: true },
      { italic: true },
    ]);
    expect(edited({ type: "accept", cues: [1] }).cues[0]?.reviewed).toBe(true);
  });

  test("of several spans exchanges each of them, in one change, and leaves what is between them", () => {
    const other = [
      { startMs: 1_000, endMs: 3_000, lines: ["Other one."] },
      { startMs: 3_067, endMs: 5_000, lines: ["Other two."] },
      { startMs: 8_000, endMs: 9_000, lines: ["Other three."] },
      { startMs: 10_100, endMs: 11_000, lines: ["And four."] },
    ];
    const command = (...spans: readonly (readonly [number, number])[]): Command => ({
      type: "exchange",
      reason: "revert",
      from: "version 0",
      spans: spans.map(([startMs, endMs]) => ({ startMs, endMs })),
      cues: other,
    });
    const { change, document } = computeChange(start, command([1_000, 1_001], [8_000, 10_101]));
    expect(document.cues.map(({ lines }) => lines.join("|"))).toEqual([
      "Other one.",
      "I will second that.",
      "Other three.",
      "And four.",
    ]);
    expect(change.cues.map(({ at, removed }) => [at, removed.length])).toEqual([
      [0, 1],
      [2, 1],
    ]);
    expect(withChange(document, inverse(change)).cues).toEqual(start.cues);
    // A span in which nothing begins on one side takes captions out, or puts them in.
    expect(computeChange(start, command([6_000, 7_000])).change.cues).toEqual([]);
    expect(computeChange(start, command([10_050, 10_200])).document.cues).toHaveLength(4);
    expect(() => computeChange(start, command([8_000, 10_101], [1_000, 1_001]))).toThrow(EditError);
  });

  test("of an agenda adds all items at once, in the place of those that are there, and loses none at the same time", () => {
    const items = [
      { atMs: 3_000, text: "1. Call to Order" },
      { atMs: 3_000, text: "2. Roll Call" },
      { atMs: 9_000, text: "3. Adjourn" },
    ];
    const command = { type: "agenda", from: "agenda.pdf", items, replaces: true } as const;
    const { change, document } = computeChange(start, command);
    expect(document.marks.map(({ atMs, text }) => [atMs, text])).toEqual([
      [3_000, "1. Call to Order; 2. Roll Call"],
      [9_000, "3. Adjourn"],
    ]);
    expect(withChange(document, inverse(change)).marks).toEqual(start.marks);
    expect(computeChange(start, { ...command, replaces: false }).document.marks).toHaveLength(3);
    // The same agenda again changes nothing.
    expect(computeChange(document, command).change.marks).toEqual([]);
  });

  test("of who speaks: renamed everywhere, made one with another, and from a caption on somebody else", () => {
    const speakers = (from: CaptionDocument, wanted: Command): readonly (string | undefined)[] =>
      computeChange(from, wanted).document.cues.map(({ speaker }) => speaker);
    let named = edited({ type: "speaker", cues: [1, 3], speaker: "Speaker 1" });
    named = computeChange(named, { type: "speaker", cues: [2], speaker: "Clerk" }).document;
    named = computeChange(named, { type: "accept", cues: [1] }).document;
    const renamed = computeChange(named, { type: "rename-speaker", from: "Speaker 1", to: "Mayor Lind" }).document;
    expect(renamed.cues.map(({ speaker }) => speaker)).toEqual(["Mayor Lind", "Clerk", "Mayor Lind"]);
    expect(renamed.cues[0]?.reviewed).toBe(true);
    expect(speakers(named, { type: "rename-speaker", from: "Speaker 1", to: "Clerk" })).toEqual([
      "Clerk",
      "Clerk",
      "Clerk",
    ]);
    expect(speakers(named, { type: "rename-speaker", from: "Speaker 1", to: "Guest", first: 2 })).toEqual([
      "Speaker 1",
      "Clerk",
      "Guest",
    ]);
    expect(computeChange(named, { type: "rename-speaker", from: "Nobody", to: "Guest" }).change.cues).toEqual([]);
  });

  test("of marks adds, changes and removes; a tick is there once", () => {
    const ticked = edited({ type: "mark", kind: "tick", atMs: 3_067, text: "quoted", rule: "gap", cue: 2 });
    const again = computeChange(ticked, {
      type: "mark",
      kind: "tick",
      atMs: 3_067,
      text: "as read",
      rule: "gap",
      cue: 2,
    }).document;
    expect(again.marks.map(({ kind, text }) => `${kind} ${text}`)).toEqual(["chapter Consent agenda", "tick as read"]);
    const id = again.marks[0]?.id ?? 0;
    const moved = computeChange(again, { type: "change-mark", mark: id, atMs: 9_000 }).document;
    expect(moved.marks.map(({ atMs }) => atMs)).toEqual([3_067, 9_000]);
    expect(computeChange(moved, { type: "remove-mark", mark: id }).document.marks).toHaveLength(1);
  });

  test("say that nobody speaks in a place, with who says so, once; the place stays where it is", () => {
    const author = { by: "Anna", date: "2026-11-29T12:00:00.000Z" };
    const command = { type: "no-speech", startMs: 5_000, endMs: 8_000 } as const;
    const { change, document } = computeChange(start, command, undefined, author);
    const [, mark] = document.marks;
    expect(mark).toMatchObject({ kind: "no-speech", atMs: 5_000, untilMs: 8_000, ...author });
    expect(withChange(document, inverse(change)).marks).toEqual(start.marks);
    expect(computeChange(document, command, undefined, { ...author, by: "Ben" }).document).toEqual(document);
    const id = mark?.id ?? 0;
    expect(() => computeChange(document, { type: "change-mark", mark: id, atMs: 1_000 })).toThrow(/stays there/);
    expect(() => edited({ ...command, endMs: 5_000 })).toThrow(/last a moment/);
    expect(computeChange(document, { type: "remove-mark", mark: id }).document.marks).toEqual(start.marks);
  });

  test("in the place of all keeps what is the same, and the ids of what begins at the same time", () => {
    const cues = start.cues.map(({ id: _, ...cue }) => ({ ...cue, lines: [...cue.lines] }));
    const changed = cues.with(1, { ...(cues[1] as (typeof cues)[number]), lines: ["Seconded."] });
    const { change, document } = computeChange(start, {
      type: "exchange",
      reason: "import",
      from: "x.srt",
      cues: changed as never,
    });
    expect(change.cues).toHaveLength(1);
    expect(document.cues.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  test.each<[string, Command, RegExp]>([
    ["a caption that is gone", { type: "text", cue: 9, lines: ["x"] }, /not there any more/],
    ["a split with nothing on one side", { type: "split", cue: 3, offset: 1, atMs: 9_000 }, /nothing to split/],
    ["a split outside of its time", { type: "split", cue: 2, offset: 8, atMs: 7_000 }, /outside/],
    ["a merge at the end", { type: "merge", cue: 3 }, /no caption after it/],
    ["two captions at once", { type: "insert", startMs: 2_000, endMs: 2_500, lines: ["x"] }, /shown at once/],
    ["two beginnings at once", { type: "insert", startMs: 3_067, endMs: 3_100, lines: ["x"] }, /begins there already/],
    ["an end before its beginning", { type: "time", cue: 3, endMs: 7_000 }, /last a moment/],
    ["a change of order", { type: "time", cue: 3, startMs: 500 }, /order|at once/],
    ["a time before the recording", { type: "shift", from: 1, byMs: -2_000 }, /before the recording/],
    ["a border after the last caption", { type: "roll", cue: 3, atMs: 9_000 }, /no caption follows/],
    ["a border past the next caption", { type: "roll", cue: 1, atMs: 5_500 }, /last a moment/],
    ["the last word of a caption", { type: "push", cue: 3, direction: "next" }, /no caption to give it to/],
    [
      "a stretch backwards",
      { type: "stretch", first: 3, firstMs: 9_000, last: 1, lastMs: 10_000 },
      /has to come after/,
    ],
    ["a chapter without a name", { type: "mark", kind: "chapter", atMs: 1, text: " " }, /needs a title/],
  ])("is refused where it makes no sense: %s", (_, command, reason) => {
    expect(() => computeChange(start, command)).toThrow(reason);
  });
});
