/** Where the items of an agenda are called, and whose names are in it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findAgendaNames } from "../../../electron/insight/agenda/agenda-names.ts";
import { alignAgenda } from "../../../electron/insight/agenda/align-agenda.ts";
import { parseAgenda } from "../../../electron/insight/agenda/parse-agenda.ts";

const entries = (text: string) => parseAgenda(text.split("\n").map((line) => ({ text: line, indent: 0 })));

/** Sentences at their seconds. */
const spoken = (...sentences: readonly (readonly [second: number, text: string])[]) =>
  sentences.map(([second, text]) => ({ startMs: second * 1_000, endMs: second * 1_000 + 4_000, lines: [text] }));

const meeting = spoken(
  [1, "Good evening, I would like to call this regular meeting to order."],
  [8, "Would the clerk please call the roll?"],
  [20, "Please join me for the pledge of allegiance,"],
  [30, "and then we will move to the approval of the minutes."],
  [36, "Are there corrections to the minutes of February the twenty-fourth?"],
  [60, "Item five is the public hearing on the Elm Street bridge replacement."],
  [75, "The bridge was built in nineteen fifty-eight."],
  [140, "I will now open the public hearing. Please state your name."],
  [200, "I move that we approve resolution twenty-six dash fourteen on the Elm Street bridge."],
  [260, "Our next item is the second reading of an ordinance relating to noise."],
  [300, "Leaf blowers are loud, the noise is bad."],
  [400, "Before we adjourn, registration for summer camp opens on Friday."],
);

const agenda = entries(`1. CALL TO ORDER
2. ROLL CALL
3. PLEDGE OF ALLEGIANCE
4. APPROVAL OF MINUTES, FEBRUARY 24, 2026
5. PUBLIC HEARING: Elm Street bridge replacement, Resolution 26-14
6. SISTER CITY DELEGATION REPORT
7. SECOND READING OF ORDINANCE 318, NOISE
8. ADJOURNMENT`);

describe("the items of an agenda", () => {
  test("begin where they are called, in their order; one that is not called is not found", () => {
    expect(
      alignAgenda(agenda, meeting).map(({ number, startMs }) => [number, startMs === null ? null : startMs / 1000]),
    ).toEqual([
      ["1", 1],
      ["2", 8],
      ["3", 20],
      ["4", 30],
      ["5", 60],
      ["6", null],
      ["7", 260],
      ["8", 400],
    ]);
  });

  test("are surer where they are called by their words than by a few of them", () => {
    const [hearing, noise] = [
      alignAgenda(agenda, meeting)[4],
      alignAgenda(agenda, spoken([5, "There was noise on Elm Street."]))[4],
    ];
    expect(hearing?.confidence).toBeGreaterThan(0.6);
    expect(noise?.confidence ?? 1).toBeLessThan(hearing?.confidence ?? 0);
  });

  test("of a meeting without captions are not found", () => {
    expect(alignAgenda(agenda, []).every(({ startMs }) => startMs === null)).toBe(true);
    expect(alignAgenda([], meeting)).toEqual([]);
  });

  test("whatever is said, they keep their order and begin with a caption", () => {
    const word = fc.constantFrom("minutes", "bridge", "item", "roll", "call", "order", "noise", "five", "elm", "well");
    const sentences = fc.array(fc.array(word, { minLength: 1, maxLength: 6 }), { maxLength: 40 });
    fc.assert(
      fc.property(sentences, (said) => {
        const cues = spoken(...said.map((words, index) => [index * 7, words.join(" ")] as const));
        const starts = alignAgenda(agenda, cues).flatMap(({ startMs }) => startMs ?? []);
        expect(starts).toEqual([...new Set(starts)].toSorted((a, b) => a - b));
        for (const start of starts) expect(cues.some(({ startMs }) => startMs === start)).toBe(true);
      }),
    );
  });
});

test("names are told by offices and by streets; ordinary words and known names are none", () => {
  const lines = [
    "COUNCIL MEMBER JANE DOE IN CAPITALS",
    "Presentation by Chief Eric Werner on the annual report",
    "Rezoning of 7400 Elm Creek Boulevard (Applicant: Ryan McAllister)",
    "Dana Okafor, Public Works Director",
    "Approve Public Hearing on State Street, City Clerk Maria de la Cruz",
    "Mayor Lind will report",
  ].map((text) => ({ text }));
  expect(findAgendaNames(lines, ["Lind"]).map(({ name, isSure }) => `${name}${isSure ? "" : "?"}`)).toEqual([
    "Eric Werner",
    "Ryan McAllister",
    "Elm Creek Boulevard?",
    "Dana Okafor",
    "Maria de la Cruz",
  ]);
});
