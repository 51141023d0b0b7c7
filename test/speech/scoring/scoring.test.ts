import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { align } from "../../support/speech/scoring/align.ts";
import { alignWords, findLostStretches } from "../../support/speech/scoring/align-words.ts";
import { normalizeEnglish, normalizeOther } from "../../support/speech/scoring/normalize-text.ts";
import { countWordErrors } from "../../support/speech/scoring/word-errors.ts";

describe("normalized English", () => {
  // The right column is what whisper.normalizers.EnglishTextNormalizer of openai-whisper makes of the left one.
  test.each([
    ["Good evening, everyone.", "good evening everyone"],
    ["It is six thirty on Tuesday, March the tenth.", "it is 630 on tuesday march the 10th"],
    ["6:30, 6.30 and 630", "6 30 6.30 and 630"],
    ["twenty dollars and five cents", "$20.05"],
    ["$20 million", "$20000000"],
    ["two and a half million", "2500000"],
    ["forty percent, 40 per cent", "40% 40%"],
    ["one oh one, double five, triple zero", "10155000"],
    ["the nineteen sixties, the 1960s", "the 1960s the 1960s"],
    ["two hundred and five", "205"],
    ["one hundred and", "100 and"],
    ["the first of two ones", "the 1st of 21s"],
    ["minus three point five", "-3.5"],
    ["ordinance #26-14", "ordinance 26 14"],
    ["1,234,567 people", "1234567 people"],
    ["I won't, you can't, we'd've", "i will not you can not we would have"],
    ["She's been here; it's late", "she has been here it is late"],
    ["Mr. Brown and Dr. Ng on Elm St.", "mister brown and doctor ng on elm saint"],
    ["um, the colour, uh, of the favourite", "the color of the favorite"],
    ["[applause] yes (laughs) and <unk> no", "yes and no"],
    ["Café Zoë, Łódź", "cafe zoe lodz"],
    ["one cent, 5 cents", "one ¢5"],
    ["- - %", "%"],
  ])("%s", (text, expected) => {
    expect(normalizeEnglish(text).join(" ")).toBe(expected);
  });

  test("is not changed by normalizing it again, but for numbers in a row", () => {
    const word = fc.constantFrom("the", "colour", "won't", "Mr.", "café", "motion", "(no)", "it's");
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const once = normalizeEnglish(words.join(" ")).join(" ");
        expect(normalizeEnglish(once).join(" ")).toBe(once);
      }),
    );
  });
});

test("other languages lose case and punctuation, and keep their letters", () => {
  expect(normalizeOther("Sí, ¿dos veces? (ruido) El señor DOMÍNGUEZ.").join(" ")).toBe(
    "sí dos veces el señor domínguez",
  );
});

describe("word errors", () => {
  test.each<[string, string, string, { substituted: number; deleted: number; inserted: number; words: number }]>([
    ["nothing wrong", "Six thirty, please.", "6:30 please", { substituted: 1, deleted: 0, inserted: 1, words: 2 }],
    ["one kind each", "a b c d", "a x c d e", { substituted: 1, deleted: 0, inserted: 1, words: 4 }],
    ["all gone", "the motion carries", "", { substituted: 0, deleted: 3, inserted: 0, words: 3 }],
    [
      "style only",
      "The council's colour, twenty percent",
      "the council is color 20%",
      { substituted: 0, deleted: 0, inserted: 0, words: 5 },
    ],
  ])("%s", (_name, truth, recognized, expected) => {
    expect(countWordErrors(truth, recognized)).toMatchObject(expected);
  });

  test("are as few as possible, and undo each other", () => {
    const words = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 });
    fc.assert(
      fc.property(words, words, (truth, recognized) => {
        const steps = align(truth, recognized);
        const rebuilt = steps.flatMap((step) => (step.recognized === undefined ? [] : [recognized[step.recognized]]));
        expect(rebuilt).toEqual(recognized);
        expect(steps.flatMap((step) => (step.truth === undefined ? [] : [truth[step.truth]]))).toEqual(truth);
        for (const { kind, truth: a, recognized: b } of steps) {
          if (kind === "equal") expect(truth[a ?? -1]).toBe(recognized[b ?? -1]);
        }
        const errors = (each: ReturnType<typeof align>) => each.filter(({ kind }) => kind !== "equal").length;
        expect(errors(steps)).toBe(errors(align(recognized, truth)));
        expect(errors(steps)).toBeGreaterThanOrEqual(Math.abs(truth.length - recognized.length));
        expect(errors(steps)).toBeLessThanOrEqual(Math.max(truth.length, recognized.length));
      }),
    );
  });

  test("of nothing are none, and of words that nobody said all", () => {
    expect(countWordErrors("", "").rate).toBe(0);
    expect(countWordErrors("", "thank you").rate).toBe(1);
  });
});

const toWords = (text: string) => text.split(" ").map((each) => ({ text: each }));

describe("words held against the truth", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["digits are a matter of style", "at six thirty we met", "at 6:30 we met", []],
    ["so is a word in two parts", "the Council member left", "the Councilmember left", []],
    ["and two parts in a word", "the councilmember left", "the Council Member left", []],
    ["contractions are their words", "I am sure it is", "I'm sure it's", []],
    ["a wrong word is marked", "arch effort is here", "Orchard is here", ["Orchard"]],
    ["an added one, too", "is here", "is not here", ["not"]],
    ["a dash is no word", "the vote carries", "the vote - carries", []],
    ["a number where none was said is wrong", "we won", "we 5 won", ["5"]],
  ])("%s", (_name, truth, recognized, wrong) => {
    const words = toWords(recognized);
    const { recognized: kinds } = alignWords(truth, words);
    expect(words.filter((_, index) => kinds[index] !== "equal").map(({ text }) => text)).toEqual(wrong);
  });

  const truth = Array.from(
    { length: 60 },
    (_, index) => `word${String.fromCharCode(97 + (index % 26))}${index < 26 ? "x" : index < 52 ? "y" : "z"}`,
  );

  test.each<[string, readonly string[], readonly number[]]>([
    ["nothing is lost", truth, []],
    ["seven words are no stretch", truth.toSpliced(20, 7), []],
    ["eight are", truth.toSpliced(20, 8), [8]],
    ["at the beginning", truth.slice(33), [33]],
    ["at the end", truth.slice(0, 40), [20]],
    ["all of it", [], [60]],
    ["a word in its middle does not hide it", [...truth.slice(0, 10), truth[21] as string, ...truth.slice(32)], [21]],
    ["twice", truth.toSpliced(40, 9).toSpliced(10, 9), [9, 9]],
    [
      "other words in its place are errors, and no loss",
      truth
        .map((word, index) => (index > 20 && index < 35 ? "um" : word))
        .map((word) => (word === "um" ? "other" : word)),
      [],
    ],
    ["few other words in its place are a loss", truth.toSpliced(20, 14, "other", "other"), [12]],
  ])("lost stretches: %s", (_name, recognized, lost) => {
    const alignment = alignWords(
      truth.join(" "),
      recognized.map((text) => ({ text })),
    );
    expect(findLostStretches(alignment).map((stretch) => stretch.lost)).toEqual(lost);
  });
});
