import { describe, expect, test } from "vitest";
import type { TimeSpan } from "../../../electron/captions/time/span.ts";
import type { Word } from "../../../electron/captions/word.ts";
import { badness, findRecognitionIssues } from "../../../electron/speech/recognition/recognition-issues.ts";

/** Text said at so many words a second, from the beginning of a stretch. */
function say(text: string, { perSecond = 2.5, probability = 0.9 } = {}): readonly Word[] {
  return text.split(" ").map((word, index) => ({
    text: word,
    startMs: Math.round((index * 1_000) / perSecond),
    endMs: Math.round(((index + 0.9) * 1_000) / perSecond),
    probability,
  }));
}

const around = (words: readonly Word[], minMs = 1_000): readonly TimeSpan[] => [
  { startMs: 0, endMs: Math.max(minMs, words.at(-1)?.endMs ?? 0) },
];
const reasons = (words: readonly Word[], minMs?: number): readonly string[] =>
  findRecognitionIssues(words, around(words, minMs)).map(({ reason }) => reason);

describe("doubts", () => {
  test.each([
    "The motion carries five to zero.",
    "No, no, no. That is not what the ordinance says.",
    "Aye. Aye. Aye. Aye. Aye. Aye. Aye. The motion carries.",
    "Thank you. Next speaker, please.",
    "Thank you, thank you very much. I live on Birch Street and I have lived there for twenty years.",
    "We received twelve letters about the noise complaint, and twelve letters about the street, and one about the park.",
    "Item one, approved. Item two, approved. Item three, approved. Item four, approved.",
    "You can watch this meeting on our web site and on channel sixteen.",
  ])("there are none about %j", (text) => {
    expect(reasons(say(text))).toEqual([]);
  });

  test.each<[string, string, string]>([
    ["one word", "and and and and and and and", '"and" 7 times in a row'],
    ["two words", "you know you know you know you know", '"you know" 4 times in a row'],
    [
      "a sentence",
      "I will say it. I move to approve. I move to approve. I move to approve. Any discussion?",
      '"I move to approve." 3 times in a row',
    ],
    [
      "a long sentence with other punctuation",
      "We have to look at this again before June, we have to look at this again before June. We have to look at this again before June",
      '"We have to look at this again before June," 3 times in a row',
    ],
  ])("a loop of %s is found", (_name, text, detail) => {
    expect(findRecognitionIssues(say(text), around(say(text)))).toMatchObject([{ reason: "loop", detail }]);
  });

  test("a loop is found with its place, and what comes before and after is not in it", () => {
    const words = say("Good evening everybody the the the the the the the motion carries");
    const [doubt] = findRecognitionIssues(words, around(words));
    expect(doubt).toMatchObject({ startMs: words[3]?.startMs, endMs: words[9]?.endMs });
  });

  test("text that repeats itself with small changes is found by its compression", () => {
    const text = Array.from(
      { length: 14 },
      (_, index) => `the council will look at the plan ${index % 2 ? "again" : "then"}`,
    );
    expect(reasons(say(text.join(" ")))).toEqual(["loop"]);
  });

  test.each([
    "Thanks for watching!",
    "Thank you so much for watching.",
    "Please subscribe to my channel.",
    "Don't forget to like and subscribe to the channel",
    "Subtitles by the Amara.org community",
    "Captioned by GetTranscribed.com",
    "Sous-titres réalisés par la communauté d'Amara.org",
    "Untertitel im Auftrag des ZDF für funk, 2017",
    "See you next time.",
    "www.mooji.org",
  ])("%j is filler", (text) => {
    expect(reasons(say(text))).toEqual(["filler"]);
  });

  test("a thank-you is filler only when it is all there is for long", () => {
    expect(reasons(say("Thank you."), 2_000)).toEqual([]);
    // And the rest of the sound is without a word.
    expect(reasons(say("Thank you."), 20_000)).toEqual(["filler", "empty"]);
    expect(reasons(say("you"), 20_000)).toEqual(["filler", "empty"]);
  });

  test("more words than anybody can say are found", () => {
    const text = "the city shall pay the contractor for all of the work that has been done under this agreement so far";
    expect(reasons(say(text, { perSecond: 5 }))).toEqual([]);
    const fast = say(text, { perSecond: 12 });
    const doubts = findRecognitionIssues(fast, around(fast));
    expect(doubts).toMatchObject([{ reason: "rate" }]);
  });

  test("speech without a word is found within a piece as well, with its place", () => {
    const words = say("We begin. And then we end.").map((word, index) =>
      index < 2 ? word : { ...word, startMs: word.startMs + 6_000, endMs: word.endMs + 6_000 },
    );
    const [start, end] = [words[0]?.startMs ?? 0, words.at(-1)?.endMs ?? 0];
    expect(findRecognitionIssues(words, [{ startMs: start, endMs: end }])).toMatchObject([
      { reason: "empty", startMs: words[1]?.endMs, endMs: words[2]?.startMs },
    ]);
  });

  test("words that are stretched over speech in which more was said are found, numbers are not", () => {
    const slow = (text: string) =>
      say(text).map((word, index) => ({ ...word, startMs: index * 1_400, endMs: (index + 1) * 1_400 }));
    const reasonsOver = (words: ReturnType<typeof slow>) =>
      findRecognitionIssues(words, [{ startMs: 0, endMs: words.length * 1_400 }]).map(({ reason }) => reason);
    expect(reasonsOver(slow("the motion was carried by all of the members here"))).toContain("empty");
    expect(reasonsOver(slow("2614 2615 2616 2617 2618 2619 2620 2621 2622"))).not.toContain("empty");
  });

  test("thirty words without a stop, a comma or a capital are found", () => {
    const run =
      "and so we looked at what the road would need over the next ten years or more because people said it floods near my house when rain comes down hard in spring".split(
        " ",
      );
    expect(reasons(say(run.join(" ")))).toContain("unpunctuated");
    expect(reasons(say(run.map((word, index) => (index === 15 ? `${word},` : word)).join(" ")))).not.toContain(
      "unpunctuated",
    );
    expect(reasons(say(run.map((word, index) => (index === 15 ? "Okafor" : word)).join(" ")))).not.toContain(
      "unpunctuated",
    );
  });

  test("sound without a word is found, silence is not", () => {
    expect(findRecognitionIssues([], [{ startMs: 5_000, endMs: 11_000 }])).toEqual([
      { reason: "empty", startMs: 5_000, endMs: 11_000, detail: "6 s of sound without a word" },
    ]);
    expect(findRecognitionIssues([], [{ startMs: 5_000, endMs: 7_000 }])).toEqual([]);
    expect(findRecognitionIssues([], [])).toEqual([]);
  });

  test("what the recogniser does not believe itself is found", () => {
    expect(reasons(say("carries zero park meeting", { probability: 0.3 }))).toEqual(["unsure"]);
    expect(reasons(say("carries zero park meeting", { probability: 0.7 }))).toEqual([]);
  });

  test("a stretch that is not believed is told with its place, in the middle of what is", () => {
    const before = say("I move to approve the consent agenda");
    const shift = (words: readonly Word[], ms: number) =>
      words.map((word) => ({ ...word, startMs: word.startMs + ms, endMs: word.endMs + ms }));
    const noise = shift(say("Williams My have Roll call All Olson", { probability: 0.4 }), 4_000);
    const after = shift(say("all those in favor say aye please"), 9_000);
    const words = [...before, ...noise, ...after];
    const [doubt, ...others] = findRecognitionIssues(words, around(words));
    expect(others).toEqual([]);
    // Words beside it may be taken in: judging takes five at a time.
    expect(doubt?.startMs).toBeGreaterThan(1_500);
    expect(doubt?.startMs).toBeLessThanOrEqual(4_000);
    expect(doubt?.endMs).toBeGreaterThanOrEqual(6_000);
    expect(doubt?.endMs).toBeLessThan(10_500);
  });

  test("words that are drawn out as nobody does are noise", () => {
    expect(reasons(say("Staff that tax that staff.", { perSecond: 0.8 }))).toEqual(["unsure"]);
    expect(reasons(say("Well that is what I said", { perSecond: 1.4 }))).toEqual([]);
  });

  test("sentences of one word are noise, but not in a roll call", () => {
    expect(reasons(say("I have a question. That. Staff. That. Tax. That. Thank you all."))).toEqual(["unsure"]);
    expect(reasons(say("Anderson? Here. Garcia? Here. Olson? Here. Nguyen? Aye. Johnson? Present."))).toEqual([]);
    expect(reasons(say("Motion. Second. Vote. Then we go on."))).toEqual([]);
  });

  test("a loop is worse than anything that can come instead of it", () => {
    const doubt = (reason: "loop" | "unsure" | "empty") => ({ reason, startMs: 0, endMs: 1, detail: "" });
    expect(badness([doubt("loop")])).toBeGreaterThan(badness([doubt("empty")]));
    expect(badness([doubt("empty")])).toBeGreaterThan(badness([doubt("unsure")]));
    expect(badness([])).toBe(0);
  });
});
