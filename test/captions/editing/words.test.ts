/** Words under edits: their times, what is suspicious in them, and finding them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alignWords } from "../../../electron/captions/editing/align-words.ts";
import { computeChange } from "../../../electron/captions/editing/apply.ts";
import { compareCues, compareWords } from "../../../electron/captions/editing/compare.ts";
import { createDocument } from "../../../electron/captions/editing/document.ts";
import { type FindOptions, findAll, replacement } from "../../../electron/captions/editing/find.ts";
import { findFixes } from "../../../electron/captions/editing/fixes.ts";
import { findSuspiciousWords, worstPerHour } from "../../../electron/captions/editing/suspicion.ts";
import { baseStyles } from "../../../electron/captions/house-style/style.ts";
import { defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import type { Word } from "../../../electron/captions/word.ts";

const spoken = (text: string, from = 1_000, each = 500): readonly Word[] =>
  text.split(" ").map((word, index) => ({
    text: word,
    startMs: from + index * each,
    endMs: from + index * each + 400,
    probability: 0.95,
  }));

describe("the times of words", () => {
  const machine = spoken("I move to approve the minits of march");
  const span = { startMs: 1_000, endMs: 5_000 };
  const times = (text: string) =>
    alignWords(text.split(" "), span, machine).map(
      ({ text: word, startMs, endMs, estimated }) => `${word} ${startMs}-${endMs}${estimated ? "~" : ""}`,
    );

  test("stay exact where the word stayed, whatever was done around it", () => {
    expect(times("I move to approve the minutes of March.")).toEqual([
      "I 1000-1400",
      "move 1500-1900",
      "to 2000-2400",
      "approve 2500-2900",
      "the 3000-3400",
      "minutes 3500-3900~",
      "of 4000-4400",
      "March. 4500-4900",
    ]);
  });

  test("of several words in the place of one are shared by their length", () => {
    expect(times("I move to approve the meeting minutes of march").slice(5, 7)).toEqual([
      "meeting 3500-3700~",
      "minutes 3700-3900~",
    ]);
  });

  test("of a word that nobody said lie between its neighbours", () => {
    expect(times("I now move to approve the minits of march")[1]).toBe("now 1400-1500~");
  });

  test("never go backwards, and there is one for each word", () => {
    const word = fc.constantFrom("I", "move", "to", "approve", "the", "minits", "of", "march", "new", "other");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (texts) => {
        const aligned = alignWords(texts, span, machine);
        expect(aligned.map(({ text }) => text)).toEqual(texts);
        for (const [index, { startMs, endMs }] of aligned.entries()) {
          expect(endMs).toBeGreaterThanOrEqual(startMs);
          expect(startMs).toBeGreaterThanOrEqual(aligned[index - 1]?.startMs ?? 0);
        }
      }),
    );
  });
});

describe("suspicious words", () => {
  const words: readonly Word[] = [
    { text: "The", startMs: 0, endMs: 100, probability: 0.9 },
    { text: "budjet", startMs: 200, endMs: 300, probability: 0.3 },
    { text: "of", startMs: 400, endMs: 500, probability: 0.5 },
    { text: "Gutierez", startMs: 600, endMs: 700, probability: 0.9 },
    { text: "is", startMs: 800, endMs: 900, probability: 0.95 },
    { text: "fine.", startMs: 4_000_000, endMs: 4_000_500, probability: 0.5 },
  ];

  test("are so for more than one reason, and little words for less", () => {
    const knows = (word: string) => !/budjet|gutierez/i.test(word);
    const found = findSuspiciousWords(words, { nearNames: new Set([3]), knows, loops: [{ startMs: 750, endMs: 950 }] });
    expect(found.map(({ word, reasons, strength }) => `${words[word]?.text} ${reasons.join("+")} ${strength}`)).toEqual(
      [
        "budjet unsure+unknown-word 3",
        "of unsure 1",
        "Gutierez near-name+unknown-word 3",
        "is loop 2",
        "fine. unsure 2",
      ],
    );
  });

  test("are shown only as far as a person wants them, the worst of each hour", () => {
    const found = findSuspiciousWords(words);
    expect(worstPerHour(found, words, 1).map(({ word }) => words[word]?.text)).toEqual(["budjet", "fine."]);
    expect(worstPerHour(found, words, 0)).toEqual([]);
  });
});

describe("finding", () => {
  const { cues } = createDocument([
    { startMs: 0, endMs: 1_000, lines: ["Mayor Gutiérrez", "called GUTIERREZ'S name."] },
    { startMs: 2_000, endMs: 3_000, lines: ["The water", "tower is a tower."] },
    { startMs: 4_000, endMs: 5_000, lines: ["$5.00 (five)"] },
  ]);
  const found = (options: FindOptions) => findAll(cues, options).map(({ index, from, to }) => [index, from, to]);

  test.each<[string, FindOptions, readonly (readonly number[])[]]>([
    [
      "without accents and capitals",
      { text: "gutierrez" },
      [
        [0, 6, 15],
        [0, 23, 32],
      ],
    ],
    ["with accents", { text: "gutierrez", matchAccents: true }, [[0, 23, 32]]],
    ["with capitals", { text: "Gutierrez", matchCase: true }, [[0, 6, 15]]],
    ["over the line break", { text: "water tower" }, [[1, 4, 15]]],
    ["whole words only", { text: "tow", wholeWords: true }, []],
    ["signs as they are", { text: "$5.00 (" }, [[2, 0, 7]]],
    [
      "a pattern",
      { text: "\\btower\\b", isPattern: true },
      [
        [1, 10, 15],
        [1, 21, 26],
      ],
    ],
    ["a pattern that is none", { text: "(", isPattern: true }, []],
    ["a pattern of nothing", { text: "x*", isPattern: true }, []],
    ["nothing", { text: "" }, []],
  ])("%s", (_, options, expected) => {
    expect(found(options)).toEqual(expected);
  });

  test("replaces with capitals as they were, over line breaks, with groups of a pattern", () => {
    const replaced = (options: FindOptions, text: string) =>
      replacement(cues, findAll(cues, options), options, { with: text, preserveCase: true }, defaultProfile).cues.map(
        ({ lines }) => lines.join("|"),
      );
    expect(replaced({ text: "gutierrez" }, "Lindqvist")).toEqual(["Mayor Lindqvist|called LINDQVIST'S name."]);
    expect(replaced({ text: "water tower" }, "water mill")).toEqual(["The water mill is a tower."]);
    expect(replaced({ text: "(\\w+) is a (\\w+)", isPattern: true }, "$2 is no $1")).toEqual([
      "The water|tower is no tower.",
    ]);
  });

  test("leaves two people's lines apart, and replaces what it found by a pattern wherever that stood", () => {
    const two = createDocument([
      { startMs: 0, endMs: 1_000, lines: ["- Yes, José.", "- No thanks"] },
      { startMs: 2_000, endMs: 3_000, lines: ["she lives here now"] },
    ]).cues;
    const replaced = (options: FindOptions, text: string) =>
      replacement(two, findAll(two, options), options, { with: text }, defaultProfile).cues.map(({ lines }) =>
        lines.join("|"),
      );
    expect(replaced({ text: "thanks" }, "thank you")).toEqual(["- Yes, José.|- No thank you"]);
    expect(replaced({ text: "Jose", isPattern: true }, "Joseph")).toEqual(["- Yes, Joseph.|- No thanks"]);
    expect(replaced({ text: "(?<=lives )here", isPattern: true }, "there")).toEqual(["she lives there now"]);
    expect(replaced({ text: "(J)os(e)", isPattern: true }, "$2-$1")).toEqual(["- Yes, é-J.|- No thanks"]);
  });

  test("never loses a word that it was not about", () => {
    const word = fc.constantFrom("alpha", "beta", "gamma", "délta");
    fc.assert(
      fc.property(
        fc.array(fc.array(word, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 }),
        word,
        (lines, sought) => {
          const own = createDocument([{ startMs: 0, endMs: 1_000, lines: lines.map((line) => line.join(" ")) }]).cues;
          const hits = findAll(own, { text: sought, wholeWords: true });
          const { cues: changed } = replacement(
            own,
            hits,
            { text: sought, wholeWords: true },
            { with: "omega" },
            defaultProfile,
          );
          const expected = lines.flat().map((each) => (each === sought ? "omega" : each));
          expect((changed[0]?.lines ?? own[0]?.lines ?? []).join(" ").split(" ")).toEqual(expected);
        },
      ),
    );
  });
});

describe("lists of fixes", () => {
  const { cues } = createDocument([
    { startMs: 1_000, endMs: 2_900, lines: ["one two three four"] },
    { startMs: 2_910, endMs: 3_200, lines: ["this is gone before anybody has read it"] },
    { startMs: 3_600, endMs: 15_000, lines: ["this one stays for very long and has a line that does not fit"] },
  ]);
  const reasons = (list: Parameters<typeof findFixes>[0]) =>
    findFixes(list, cues, { profile: defaultProfile, speech: [{ startMs: 1_300, endMs: 2_800 }] }).map(
      ({ cue, reason }) => `${cue} ${reason}`,
    );

  test("say what is wrong with each", () => {
    expect(reasons("gaps")).toEqual(["1 the gap of 0.01 s is too small", "2 the gap of 0.40 s is closed"]);
    expect(reasons("durations")).toEqual(["2 stays only 0.29 s", "3 stays 11.40 s"]);
    expect(reasons("lines")).toEqual(["2 does not fit the caption screen", "3 does not fit the caption screen"]);
    expect(reasons("frames").length).toBeGreaterThan(0);
    expect(reasons("speech")[0]).toMatch(/^1 speech begins/);
  });

  test("quotes, dashes and spaces are written plainly; styles of parts of a line stay where they are", () => {
    const { cues: untidy } = createDocument([
      { startMs: 0, endMs: 900, lines: ["She said “I’ll  second” – yes ."] },
      { startMs: 1_000, endMs: 1_900, lines: ['She said "I\'ll second."'] },
      { startMs: 2_000, endMs: 2_900, lines: ["two  words"], styles: [{ parts: [{ from: 0, to: 3, italic: true }] }] },
    ]);
    const houseStyle = { style: baseStyles.us, terms: ["Two Dollar Diner"] };
    const spoken = [
      { id: 1, startMs: 0, endMs: 2_000, lines: ["It costs five hundred", "dollars at six thirty p.m."] },
      // The turns of two people stay on their lines, and a name of the city is as it is.
      { id: 2, startMs: 2_100, endMs: 4_000, lines: ["- Forty dollars?", "- At the Two Dollar Diner."] },
      { id: 3, startMs: 4_100, endMs: 6_000, lines: ["Nothing to write otherwise."] },
      { id: 4, startMs: 6_100, endMs: 8_000, lines: ["Twenty dollars."], styles: [{ line: 0, parts: [] }] },
    ] as unknown as typeof untidy;
    expect(findFixes("style", spoken, { profile: defaultProfile, houseStyle })).toEqual([
      {
        cue: 1,
        lines: ["It costs $500 at 6:30 p.m."],
        reason: '"five hundred dollars" is written "$500", "six thirty p.m." is written "6:30 p.m."',
      },
      { cue: 2, lines: ["- $40?", "- At the Two Dollar Diner."], reason: '"Forty dollars?" is written "$40?"' },
    ]);
    expect(findFixes("style", spoken, { profile: defaultProfile })).toEqual([]);
    const accepted = spoken.map((cue) => ({ ...cue, reviewed: true as const }));
    expect(findFixes("style", accepted, { profile: defaultProfile, houseStyle })).toEqual([]);
    const isKept = (_: unknown, { heard }: { readonly heard: string }): boolean => heard === "five hundred dollars";
    expect(
      findFixes("style", spoken, { profile: defaultProfile, houseStyle: { ...houseStyle, isKept } })[0]?.lines,
    ).toEqual(["It costs five hundred", "dollars at 6:30 p.m."]);
    expect(findFixes("tidy", untidy, { profile: defaultProfile })).toEqual([
      { cue: 1, lines: ['She said "I\'ll second" - yes.'], reason: "quotes, dashes and spaces" },
    ]);
  });
});

test.each([
  [["one hundred twenty"], ["five thousand dollars on this."]],
  [["two million"], ["three hundred thousand dollars"]],
  [["the rate is ninety"], ["five percent this year"]],
  [["we meet at six"], ["thirty p.m. today"]],
])("an amount that goes on in the next caption stays as it is: %j, %j", (first, second) => {
  const { cues } = createDocument([
    { startMs: 0, endMs: 1_900, lines: first },
    { startMs: 2_000, endMs: 4_000, lines: second },
  ]);
  const houseStyle = { style: baseStyles.us, terms: [] };
  expect(findFixes("style", cues, { profile: defaultProfile, houseStyle })).toEqual([]);
});

test("an amount is not put together of what two people say", () => {
  const { cues } = createDocument([{ startMs: 0, endMs: 4_000, lines: ["- It is twenty", "- five dollars"] }]);
  const houseStyle = { style: baseStyles.us, terms: [] };
  expect(findFixes("style", cues, { profile: defaultProfile, houseStyle })).toEqual([]);
});

describe("two versions", () => {
  const before = createDocument([
    { startMs: 0, endMs: 900, lines: ["one"] },
    { startMs: 1_000, endMs: 1_900, lines: ["two words"] },
    { startMs: 2_000, endMs: 2_900, lines: ["three"] },
  ]).cues.map(({ id: _, ...cue }) => cue);

  test("are held against each other stretch by stretch, and word by word", () => {
    const after = [
      before[0],
      { ...before[1], lines: ["two other words"] },
      before[2],
      { startMs: 5_000, endMs: 6_000, lines: ["new"] },
    ] as typeof before;
    const differences = compareCues(before, after);
    expect(differences.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [1_000, 1_001],
      [5_000, 5_001],
    ]);
    const [first] = differences;
    expect(compareWords(first?.before ?? [], first?.after ?? [])).toEqual([
      { kind: "same", text: "two" },
      { kind: "new", text: "other" },
      { kind: "same", text: "words" },
    ]);
    expect(compareCues(before, before)).toEqual([]);
  });

  test("are one for each caption, also where they are next to one another", () => {
    const cue = (at: number, text: string) => ({ startMs: at, endMs: at + 900, lines: [text] });
    const before = [cue(0, "one"), cue(1_000, "two"), cue(2_000, "three"), cue(3_000, "four")];
    const after = [cue(0, "ONE"), cue(1_000, "TWO"), { startMs: 2_000, endMs: 3_900, lines: ["three four"] }];
    expect(compareCues(before, after).map((each) => [each.before.length, each.after.length])).toEqual([
      [1, 1],
      [1, 1],
      [2, 1],
    ]);
  });

  test("taken back one by one, in any order, make the one version out of the other", () => {
    const cues = fc
      .array(
        fc.record({
          gap: fc.integer({ min: 0, max: 3 }),
          length: fc.integer({ min: 1, max: 4 }),
          text: fc.constantFrom("a", "b", "c"),
        }),
        { maxLength: 12 },
      )
      .map((parts) => {
        let at = 0;
        return parts.map(({ gap, length, text }) => {
          const startMs = at + gap * 100;
          at = startMs + length * 100;
          return { startMs, endMs: at, lines: [text] };
        });
      });
    fc.assert(
      fc.property(cues, cues, fc.boolean(), (before, after, isBackwards) => {
        const differences = compareCues(before, after);
        let document = createDocument(after, []);
        for (const { startMs, endMs, ...each } of isBackwards ? differences.toReversed() : differences) {
          const cuesBefore = each.before.map((cue) => ({
            startMs: cue.startMs,
            endMs: cue.endMs,
            lines: [...cue.lines],
          }));
          const command = { type: "exchange", reason: "revert", from: "", startMs, endMs, cues: cuesBefore } as const;
          document = computeChange(document, command, defaultProfile).document;
        }
        expect(document.cues.map(({ id: _, ...cue }) => cue)).toEqual(before);
      }),
    );
  });
});
