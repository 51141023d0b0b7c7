import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Word } from "../../../electron/captions/word.ts";
import { compareHearings } from "../../../electron/speech/confidence/compare-hearings.ts";
import { isSpokenWord, withoutNonWords } from "../../../electron/speech/confidence/spoken-word.ts";

/** Words of a third of a second each, with a pause after each sentence. */
function toWords(text: string): readonly Word[] {
  let startMs = 0;
  return text
    .split(" ")
    .filter((each) => each !== "")
    .map((each) => {
      const word = { text: each, startMs, endMs: startMs + 300, probability: 0.9 };
      startMs += /[.?!]$/.test(each) ? 1_000 : 330;
      return word;
    });
}

const disagreements = (first: string, other: string): readonly string[] => {
  const words = toWords(first);
  return compareHearings(words, toWords(other)).map((found) => {
    const own = words.slice(found.from, found.to).map(({ text }) => text);
    return `${own.join(" ")} | ${found.other}`;
  });
};

describe("two hearings", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["the same", "Thank you, Mayor.", "thank you mayor", []],
    ["another word", "on Orchard Lane", "on Arch Effort Lane", ["Orchard | Arch Effort"]],
    ["a word less", "the motion has carried", "the motion carried", ["has | "]],
    ["a word more, at its place", "the motion carried", "the motion has carried", [" | has"]],
    ["nothing on one side", "", "Here. Present.", [" | Here. Present."]],
    ["nothing on the other", "Here.", "", ["Here. | "]],
    ["both empty", "", "", []],
    ["numbers are written in many ways", "at six thirty on March tenth", "at 6:30 on March 10th", []],
    ["but a number is no word", "we have 4 votes", "we have for votes", ["4 | for"]],
    ["a motion is seconded by a word", "is there a second", "is there a 2nd", ["second | 2nd"]],
    ["one word or two", "Councilmember Brennan and the cross walk", "Council member Brennan and the crosswalk", []],
    ["one word or two with a hyphen", "a follow-up", "a followup", []],
    ["spelling of either country", "in favour of the organised centre", "in favor of the organized center", []],
    ["apostrophes", "the council’s plan isn't", "the councils plan isnt", []],
    ["accents are letters", "el señor dijo sí", "el senor dijo si", ["señor | senor", "sí | si"]],
    ["dashes are no words", "yes - we do", "yes we do", []],
    ["a sign that is read aloud is one", "Smith & Sons", "Smith Sons", ["& | "]],
    ["several places", "a big red dog ran home", "a pig red dog run home", ["big | pig", "ran | run"]],
  ])("%s", (_name, first, other, expected) => {
    expect(disagreements(first, other)).toEqual(expected);
  });

  test("a disagreement lies where its words do, and where only the other has words, where those are", () => {
    const words = toWords("the motion has carried");
    const [less] = compareHearings(words, toWords("the motion carried"));
    expect(less).toMatchObject({ from: 2, to: 3, startMs: words[2]?.startMs, endMs: words[2]?.endMs });
    const [more] = compareHearings(toWords("the motion carried"), words);
    expect(more).toMatchObject({ from: 2, to: 2, other: "has", startMs: words[2]?.startMs, endMs: words[2]?.endMs });
  });

  const spoken = fc.array(fc.constantFrom("the", "motion", "5", "ten", "carries.", "Council", "member", "aye.", "-"), {
    maxLength: 60,
  });

  test("nobody disagrees with himself", () => {
    fc.assert(
      fc.property(spoken, (texts) => {
        expect(compareHearings(toWords(texts.join(" ")), toWords(texts.join(" ")))).toEqual([]);
      }),
    );
  });

  test("places are in order, inside, and apart from one another", () => {
    fc.assert(
      fc.property(spoken, spoken, (first, other) => {
        const words = toWords(first.join(" "));
        const found = compareHearings(words, toWords(other.join(" ")));
        let last = 0;
        for (const { from, to, startMs, endMs, other: text } of found) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(words.length);
          expect(endMs).toBeGreaterThan(startMs);
          expect(to > from || text !== "").toBe(true);
          last = to;
        }
      }),
    );
  });

  test("a long meeting is compared in pieces, and finds what one piece finds", () => {
    const sentence = (index: number): string => `This is sentence ${"abcdefghij"[index % 10]}x with words of its own.`;
    const lines = Array.from({ length: 400 }, (_, index) => sentence(index));
    const others = lines.map((line, index) => (index % 37 === 5 ? line.replace("words", "birds") : line));
    const found = disagreements(lines.join(" "), others.join(" "));
    expect(found).toEqual(lines.flatMap((_, index) => (index % 37 === 5 ? ["words | birds"] : [])));
  });
});

describe("what is no word", () => {
  test.each(["-", "—", "...", "♪", "!", "", "»", "(", "_"])("%j cannot be said", (text) => {
    expect(isSpokenWord(text)).toBe(false);
  });

  test.each(["a", "é", "7", "&", "%", "$", "日", "it's", "-5"])("%j can", (text) => {
    expect(isSpokenWord(text)).toBe(true);
  });

  test("goes to the word before it or is dropped", () => {
    const words = withoutNonWords(toWords("- Thank you . - … Mayor ! ♪"));
    expect(words.map(({ text }) => text)).toEqual(["Thank", "you.", "Mayor!"]);
    expect(words[1]).toMatchObject({ startMs: 660, endMs: 960 });
  });

  test("nothing that can be said is lost", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("aye", "-", ".", "5", "…", "no.", "&")), (texts) => {
        const words = withoutNonWords(
          texts.map((text, index) => ({ text, startMs: index, endMs: index + 1, probability: 1 })),
        );
        const letters = (each: string) => each.replace(/[^\p{L}\p{N}&]/gu, "");
        expect(words.map(({ text }) => letters(text))).toEqual(texts.filter(isSpokenWord).map(letters));
      }),
    );
  });
});
