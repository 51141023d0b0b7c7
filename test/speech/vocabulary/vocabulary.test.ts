import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Word } from "../../../electron/captions/word.ts";
import type { GlossaryTerm } from "../../../electron/catalog/repositories/glossary.ts";
import { findNearMisses } from "../../../electron/speech/vocabulary/near-misses.ts";
import { promptTerms } from "../../../electron/speech/vocabulary/prompt-terms.ts";
import { readTermList } from "../../../electron/speech/vocabulary/term-list.ts";

const term = (text: string, kind: GlossaryTerm["kind"] = "other", timesHeard = 0): GlossaryTerm => ({
  term: text,
  kind,
  timesHeard,
});

function said(text: string): readonly Word[] {
  return text.split(" ").map((word, index) => ({
    text: word,
    startMs: index * 400,
    endMs: index * 400 + 350,
    probability: 0.9,
  }));
}

describe("the names for the prompt", () => {
  test("are people before places before titles, and what is often heard before what never was", () => {
    const glossary = [
      term("city administrator", "title"),
      term("Birchwood", "place"),
      term("Wahlstrom", "person"),
      term("Mahtomedi", "place", 20),
      term("storm water", "other"),
    ];
    expect(promptTerms(glossary)).toEqual(["Mahtomedi", "Wahlstrom", "Birchwood", "storm water", "city administrator"]);
  });

  test("are the same for the same glossary in another order", () => {
    const glossary = ["Oakdale", "Dellwood", "Grant", "Willernie", "Lake Elmo"].map((text) => term(text, "place"));
    expect(promptTerms(glossary)).toEqual(promptTerms(glossary.toReversed()));
  });

  test("are not thousands", () => {
    expect(promptTerms(Array.from({ length: 5_000 }, (_, index) => term(`Name ${index}`))).length).toBeLessThan(500);
  });
});

describe("near misses", () => {
  const glossary = [
    term("White Bear Lake", "place"),
    term("Mahtomedi", "place"),
    term("Birchwood", "place"),
    term("Wahlstrom", "person"),
    term("Louismet", "person"),
    term("Willernie", "place"),
    term("Ek", "person"),
  ];

  test.each([
    ["the city of White Bare Lake has", "White Bare Lake", "White Bear Lake"],
    ["the city of Whitebear Lake has", "Whitebear Lake", "White Bear Lake"],
    ["people from Mathomedi came", "Mathomedi", "Mahtomedi"],
    ["people from Birch wood came", "Birch wood", "Birchwood"],
    ["council member Wallstrom, please", "Wallstrom", "Wahlstrom"],
    ["Mr. Louis met said", "Louis met", "Louismet"],
    ["it is in Willerny.", "Willerny", "Willernie"],
  ])("%j: %j may be %j", (text, heard, meant) => {
    const { proposals } = findNearMisses(said(text), glossary);
    expect(proposals).toMatchObject([{ heard, term: meant }]);
    const [proposal] = proposals;
    expect(
      text
        .split(" ")
        .slice(proposal?.wordIndex, (proposal?.wordIndex ?? 0) + (proposal?.wordCount ?? 0))
        .join(" "),
    ).toContain(heard);
  });

  test.each([
    "the white bear by the lake was seen in town",
    "we walked in the birch woods yesterday",
    "the motion carries five to zero and the meeting is adjourned",
    "a walk and a storm, and more of it",
  ])("there are none in %j", (text) => {
    const { proposals } = findNearMisses(said(text), glossary);
    expect(proposals.map(({ heard }) => heard)).toEqual(text.includes("birch woods") ? ["birch woods"] : []);
  });

  test("are none where the name is spelt right, whatever its case, and it counts as heard", () => {
    const { proposals, heardTerms } = findNearMisses(said("in white bear lake and in Mahtomedi, yes"), glossary);
    expect(proposals).toEqual([]);
    expect(heardTerms).toEqual(["Mahtomedi", "White Bear Lake"]);
  });

  test("are found at every place, with their times", () => {
    const { proposals } = findNearMisses(said("Wallstrom moves and Wallstrom seconds"), glossary);
    expect(proposals.map(({ wordIndex, startMs }) => [wordIndex, startMs])).toEqual([
      [0, 0],
      [3, 1_200],
    ]);
  });

  test("never share a word, whatever is said and whatever is in the glossary", () => {
    const syllables = fc.constantFrom("bir", "ch", "wood", "ma", "to", "me", "di", "lake", "el", "mo");
    const name = fc.array(syllables, { minLength: 2, maxLength: 4 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 40 }),
        fc.array(fc.array(name, { minLength: 1, maxLength: 3 }), { maxLength: 8 }),
        (text, names) => {
          const { proposals } = findNearMisses(
            said(text.join(" ")),
            names.map((parts) => term(parts.join(" "))),
          );
          const claimed = new Set<number>();
          for (const { wordIndex, wordCount, likeness } of proposals) {
            for (let at = wordIndex; at < wordIndex + wordCount; at++) {
              expect(claimed.has(at)).toBe(false);
              claimed.add(at);
            }
            expect(likeness).toBeGreaterThan(0);
            expect(likeness).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("a list of names", () => {
  test("is one a line, with kinds, comments and what people's editors leave behind", () => {
    const text =
      "\uFEFF# Oakdale\r\nperson: Jane  Doe\r\n\r\nPlace:Hadley Avenue\n  Oakdale \nOakdale\nnote: this is a name";
    expect(readTermList(text.replace("\uFEFF", ""))).toEqual([
      { term: "Jane Doe", kind: "person" },
      { term: "Hadley Avenue", kind: "place" },
      { term: "Oakdale", kind: "other" },
      { term: "note: this is a name", kind: "other" },
    ]);
  });

  test.each([
    ["person:", /line 1: this is not a name/],
    [`ok\n${"x".repeat(101)}`, /line 2: this is longer than 100 characters/],
    ["a\u0000b", /line 1: this is not a name/],
    [Array.from({ length: 5_001 }, (_, index) => `n${index}`).join("\n"), /there are 5001 names in it/],
  ])("says what is wrong with it", (text, message) => {
    expect(() => readTermList(text)).toThrow(message);
  });
});
