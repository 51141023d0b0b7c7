import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findStyleEdits } from "../../../electron/captions/house-style/find-style-edits.ts";
import { type HouseStyle, parseHouseStyle, styleChoices } from "../../../electron/captions/house-style/style.ts";
import { applyStyleEdits } from "../../../electron/captions/house-style/styled-words.ts";
import type { Word } from "../../../electron/captions/word.ts";
import { joinWords, toWords } from "./style-lines.ts";

const us = parseHouseStyle("us") as HouseStyle;

const styles: fc.Arbitrary<HouseStyle> = fc.record({
  spelling: fc.constantFrom(...styleChoices.spelling),
  times: fc.constantFrom(...styleChoices.times),
  money: fc.constantFrom(...styleChoices.money),
  percent: fc.constantFrom(...styleChoices.percent),
  numbers: fc.constantFrom(...styleChoices.numbers),
  titles: fc.constantFrom(...styleChoices.titles),
  votes: fc.constantFrom(...styleChoices.votes),
});

/** What the rules look for, in every order: words of numbers, times, money, votes, titles, and of what stands around. */
const pieces = (
  "one two four five six seven eight ten twelve fourteen twenty thirty fifty fifty-eight twenty-six oh hundred thousand " +
  "million point a and to 6 7 26 30 58 100 300 630 658 1030 2026 2614 6.30 6:58 26-14 #26-14 4-0 5–4 4-to-nothing $15000 " +
  "$3.2M 80% nothing zero dollars dollar cents percent per cent p.m. PM pm. a.m. 6pm 6:30PM o'clock at adjourned order. " +
  "is It time in the morning on Tuesday weekdays Friday, resolution Ordinance number No. # dash - carries, passed vote of " +
  "by from between Council council Member member members council-member's Councilmember Councillor counselor Mister Mr. " +
  'Mayor Madame vice-mayor pro-tem favour favor Colour centre program. Elm Street "Favour" "to end" el gracias las y not, Okafor'
).split(" ");

interface Gap {
  readonly text: string;
  readonly lengthMs: number;
  readonly pauseMs: number;
  readonly isNewSpeaker: boolean;
}

const gaps: fc.Arbitrary<Gap> = fc.record({
  text: fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...pieces) },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 8 }).map((text) => text.replace(/\s/gu, "") || "x") },
  ),
  lengthMs: fc.integer({ min: 1, max: 600 }),
  pauseMs: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 400 }) },
    { weight: 1, arbitrary: fc.constant(3_000) },
  ),
  isNewSpeaker: fc.boolean(),
});

const meetings: fc.Arbitrary<readonly Word[]> = fc.array(gaps, { maxLength: 40 }).map((list) => {
  let at = 0;
  let speaker = 0;
  return list.map(({ text, lengthMs, pauseMs, isNewSpeaker }): Word => {
    const startMs = at + pauseMs;
    at = startMs + lengthMs;
    if (isNewSpeaker && pauseMs > 300) speaker++;
    return { text, startMs, endMs: at, probability: 0.5, speaker: `Speaker ${speaker}` };
  });
});

describe("a house style", () => {
  test("applied to its own result changes nothing", () => {
    fc.assert(
      fc.property(meetings, styles, (words, style) => {
        const { words: written } = applyStyleEdits(words, findStyleEdits(words, { style }));
        expect(findStyleEdits(written, { style })).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
  });

  test("loses no word: what no edit covers stays, with its time, and edits neither overlap nor are empty", () => {
    fc.assert(
      fc.property(meetings, styles, (words, style) => {
        const edits = findStyleEdits(words, { style });
        let end = 0;
        for (const { wordIndex, wordCount, heard, written } of edits) {
          expect(wordIndex).toBeGreaterThanOrEqual(end);
          end = wordIndex + wordCount;
          expect(heard).toBe(joinWords(words.slice(wordIndex, end)));
          expect(written).not.toBe(heard);
          expect(written).toMatch(/\S/u);
        }
        const { words: result, edits: placed, indexes } = applyStyleEdits(words, edits);
        expect(placed).toHaveLength(edits.length);
        expect(indexes).toHaveLength(words.length);
        const covered = new Set(
          edits.flatMap((edit) => Array.from({ length: edit.wordCount }, (_, at) => edit.wordIndex + at)),
        );
        words.forEach((word, index) => {
          if (!covered.has(index)) expect(result[indexes[index] ?? -1]).toBe(word);
        });
        for (const { first, count, wordIndex, wordCount, written } of placed) {
          expect(joinWords(result.slice(first, first + count))).toBe(written);
          expect(result[first]?.startMs).toBe(words[wordIndex]?.startMs);
          expect(result[first + count - 1]?.endMs).toBe(words[wordIndex + wordCount - 1]?.endMs);
        }
      }),
    );
  });

  test("keeps times in order, and the number of its words apart from the edits", () => {
    fc.assert(
      fc.property(meetings, styles, (words, style) => {
        const { words: result } = applyStyleEdits(words, findStyleEdits(words, { style }));
        let at = 0;
        for (const { startMs, endMs } of result) {
          expect(startMs).toBeGreaterThanOrEqual(at);
          expect(endMs).toBeGreaterThanOrEqual(startMs);
          at = endMs;
        }
      }),
    );
  });

  test("never joins two speakers, changes nothing in quotation marks, and nothing of a name", () => {
    fc.assert(
      fc.property(meetings, styles, (words, style) => {
        for (const { wordIndex, wordCount } of findStyleEdits(words, {
          style,
          terms: ["Okafor", "Elm Street", "favour"],
        })) {
          const own = words.slice(wordIndex, wordIndex + wordCount);
          expect(new Set(own.map(({ speaker }) => speaker)).size).toBe(1);
          for (const { text } of own) expect(text).not.toMatch(/["“”]|^(Okafor|favour)$/u);
        }
      }),
    );
  });

  test("of `as heard` changes nothing", () => {
    const style = parseHouseStyle("as-heard") as HouseStyle;
    fc.assert(
      fc.property(meetings, (words) => {
        expect(findStyleEdits(words, { style })).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test("leaves words of other languages as they are", () => {
    const words = toWords("The vote carries four to nothing. Carries, 4 to nothing.");
    const edits = findStyleEdits(words, { style: us, isStyled: (index) => index < 6 });
    expect(edits.map(({ wordIndex }) => wordIndex)).toEqual([3]);
  });

  test("does not read across a long pause or a change of speaker", () => {
    const [council, member, name] = toWords("council member Diaz") as [Word, Word, Word];
    const later = { ...member, startMs: council.endMs + 2_500, endMs: council.endMs + 2_800 };
    expect(findStyleEdits([council, later, { ...name, startMs: 9_000, endMs: 9_300 }], { style: us })).toEqual([]);
    const others = [
      { ...council, speaker: "A" },
      { ...member, speaker: "B" },
      { ...name, speaker: "B" },
    ];
    expect(findStyleEdits(others, { style: us })).toEqual([]);
  });

  test("takes steps in proportion to the number of words", () => {
    const line =
      "The motion carries four to nothing at 658. We adjourn at six fifty eight p.m. and pay eighty percent, ";
    const count = (repeats: number): number => {
      let steps = 0;
      const words = toWords(line.repeat(repeats)).map((word) => ({
        ...word,
        get text() {
          steps++;
          return word.text;
        },
      }));
      findStyleEdits(words, { style: us });
      return steps / repeats;
    };
    expect(count(400)).toBeLessThan(count(100) * 1.2);
  });
});

describe("the words that are written", () => {
  const word = (text: string, startMs: number, endMs: number, more: Partial<Word> = {}): Word => ({
    text,
    startMs,
    endMs,
    probability: 0.9,
    ...more,
  });

  test("keep their times one by one where their number is the same", () => {
    const words = [
      word("all", 0, 90),
      word("in", 100, 190),
      word("favour", 200, 700, { probability: 0.3, estimated: true }),
    ];
    const { words: written } = applyStyleEdits(words, findStyleEdits(words, { style: us }));
    expect(written).toEqual([words[0], words[1], { ...words[2], text: "favor" }]);
  });

  test("share the time of those that they replace, and are as sure as the least sure of them", () => {
    const words = [word("at", 0, 90), word("6:30pm,", 100, 500, { probability: 0.4 }), word("and", 600, 700)];
    const { words: written } = applyStyleEdits(words, findStyleEdits(words, { style: us }));
    expect(written).toEqual([
      words[0],
      { text: "6:30", startMs: 100, endMs: 278, probability: 0.4, estimated: true },
      { text: "p.m.,", startMs: 278, endMs: 500, probability: 0.4, estimated: true },
      words[2],
    ]);
    const council = [word("Council", 0, 300), word("Member", 320, 600, { probability: 0.2 }), word("Diaz", 620, 900)];
    expect(applyStyleEdits(council, findStyleEdits(council, { style: us })).words[0]).toEqual({
      text: "Councilmember",
      startMs: 0,
      endMs: 600,
      probability: 0.2,
    });
  });

  test("leave out edits that no longer fit the words", () => {
    const words = toWords("all in favor");
    const edit = { wordIndex: 2, wordCount: 1, heard: "favour", written: "favor", rule: "spelling" } as const;
    const beyond = { ...edit, wordIndex: 9 };
    expect(applyStyleEdits(words, [edit, beyond])).toMatchObject({ words, edits: [], indexes: [0, 1, 2] });
    const twice = { ...edit, heard: "favor", written: "favour" };
    expect(applyStyleEdits(words, [twice, { ...twice, written: "x" }]).edits).toHaveLength(1);
  });
});
