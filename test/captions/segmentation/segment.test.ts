import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countColumns } from "../../../electron/captions/cea608/transliterate.ts";
import { type CueProfile, defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { refit } from "../../../electron/captions/segmentation/refit.ts";
import { segmentWords } from "../../../electron/captions/segmentation/segment.ts";
import { endsSentence } from "../../../electron/captions/segmentation/sentence-end.ts";
import type { Word } from "../../../electron/captions/word.ts";
import { spokenWords } from "../arbitraries.ts";

/** Words at an even pace; `|` is a pause of a second. */
function speak(text: string, wordMs = 300): readonly Word[] {
  const words: Word[] = [];
  let at = 1_000;
  for (const part of text.split(/\s+/)) {
    if (part === "|") {
      at += 1_000;
      continue;
    }
    words.push({ text: part, startMs: at, endMs: at + wordMs - 20, probability: 1 });
    at += wordMs;
  }
  return words;
}

const lines = (text: string, wordMs?: number): readonly (readonly string[])[] =>
  segmentWords(speak(text, wordMs)).map((cue) => cue.lines);

describe("where sentences end", () => {
  test.each(["council.", "aye!", "second?", 'yes."', "adjourned.)", "2024."])("%s ends one", (text) => {
    expect(endsSentence(text)).toBe(true);
  });
  test.each(["Mr.", "St.", "No.", "J.", "U.S.", "item,", "four", "a.m"])("%s does not", (text) => {
    expect(endsSentence(text)).toBe(false);
  });
});

describe("cutting", () => {
  test("a short sentence is one caption on one line", () => {
    expect(lines("I call this meeting to order.")).toEqual([["I call this meeting to order."]]);
  });

  test("sentences are not mixed when each can stand alone", () => {
    expect(lines("The motion carries five to zero. | Next is item four, the police report.")).toEqual([
      ["The motion carries five to zero."],
      ["Next is item four,", "the police report."],
    ]);
  });

  test("lines break before conjunctions and prepositions, and after commas", () => {
    expect(lines("Please state your name and address for the record.")).toEqual([
      ["Please state your name", "and address for the record."],
    ]);
  });

  test("what belongs together stays together", () => {
    const all = lines(
      "Motion by Council member Anderson to approve the consent agenda for Mayor Johnson of Lake Elmo.",
    );
    const broken = all.flatMap((cue) => cue.map((line) => line.split(" ").at(-1)));
    for (const word of ["the", "Council", "Mayor", "Lake"]) expect(broken).not.toContain(word);
  });

  test("a long silence is never inside a caption", () => {
    const words = [
      ...speak("I move"),
      ...speak("to adjourn.").map((w) => ({ ...w, startMs: w.startMs + 5_000, endMs: w.endMs + 5_000 })),
    ];
    expect(segmentWords(words).map((cue) => cue.lines)).toEqual([["I move"], ["to adjourn."]]);
  });

  test("a word longer than a line is cut and put together again by its readers", () => {
    const address = "https://www.example.org/a/very/long/address/of/the/city";
    const cues = segmentWords(speak(`See ${address} today.`));
    expect(cues.every((cue) => cue.lines.every((line) => countColumns(line) <= 32))).toBe(true);
    expect(
      cues
        .flatMap((cue) => cue.lines)
        .join("")
        .replaceAll(" ", ""),
    ).toContain(address);
  });

  const turn = (speaker: string, text: string, startMs: number): readonly Word[] =>
    speak(text).map((word) => ({ ...word, startMs: word.startMs + startMs, endMs: word.endMs + startMs, speaker }));

  test.each<[CueProfile["speakerLabels"], readonly string[]]>([
    ["none", ["Is there a second?", "Second.", "All in favor?"]],
    ["arrows", [">> Is there a second?", ">> Second.", ">> All in favor?"]],
    ["names", [">> MAYOR JOHNSON: Is there a second?", ">> MR. PEÑA: Second.", ">> MAYOR JOHNSON: All in favor?"]],
  ])("another speaker begins a caption, and is shown by %s", (speakerLabels, expected) => {
    const words = [
      ...turn("Mayor Johnson", "Is there a second?", 0),
      ...turn("Mr. Peña", "Second.", 1_300),
      ...turn("Mayor Johnson", "All in favor?", 1_700),
    ];
    const cut = segmentWords(words, { ...defaultProfile, speakerLabels });
    expect(cut.map((cue) => cue.lines.join(" "))).toEqual(expected);
    expect(cut.map(({ speaker }) => speaker)).toEqual(["Mayor Johnson", "Mr. Peña", "Mayor Johnson"]);
    // A label is never parted from what it labels.
    for (const line of cut.flatMap((cue) => cue.lines)) expect(line).not.toMatch(/>>$|MR\.$/);
  });

  test("a sound in brackets is a caption of its own and is never broken", () => {
    expect(lines("Good evening. [people speak in the distance] I call this meeting to order.")).toEqual([
      ["Good evening."],
      ["[people speak in the distance]"],
      ["I call this meeting to order."],
    ]);
  });

  test.each([
    "I move to [inaudible] the consent agenda.",
    "Item (a) is approved as it stands.",
    "The fee [see exhibit] is five dollars.",
  ])("brackets inside a sentence do not break it: %s", (text) => {
    const words = text.split(" ");
    for (const cue of lines(text)) expect(cue.join(" ").split(" ").length).toBeGreaterThan(2);
    expect(lines(text).flat().join(" ").split(" ")).toEqual(words);
  });

  test.each([
    ["No. I think that we need to look at it again.", "No.", true],
    ["Resolution No. 5 is approved.", "No.", false],
    ["We began at 7:02 p.m. Madam Clerk, call the roll.", "p.m.", true],
    ["At 7 p.m. we begin.", "p.m.", false],
  ])("%s", (text, word, ends) => {
    const words = text.split(" ");
    expect(endsSentence(word, words[words.indexOf(word) + 1])).toBe(ends);
  });

  test("a caption of two speakers that has to be cut anew is cut between them", () => {
    const cue = {
      startMs: 0,
      endMs: 6_000,
      lines: ["- Yes, I do.", "- Then we have a second from the member.", "- No."],
    };
    const pieces = refit(cue, defaultProfile);
    expect(pieces[0]?.lines).toEqual(["- Yes, I do."]);
    expect(pieces.at(-1)?.lines).toEqual(["- No."]);
    for (const [index, piece] of pieces.entries()) {
      expect(piece.startMs).toBeGreaterThanOrEqual(pieces[index - 1]?.endMs ?? 0);
      expect(piece.endMs).toBeGreaterThan(piece.startMs);
    }
  });

  test("an open bracket is a word like any other", () => {
    expect(lines("See item (four and so on and so forth.").flat().join(" ")).toBe(
      "See item (four and so on and so forth.",
    );
  });

  test("title and name, and number and unit, stay on one line", () => {
    const all = lines(
      "Motion by Council member Anderson to spend 500 dollars on Highway 61 and Main Street, as amended.",
    );
    const text = all.flat().join("\n");
    for (const unit of ["Council member Anderson", "500 dollars", "Highway 61", "Main Street"])
      expect(text).toContain(unit);
  });

  test("nothing said gives no captions", () => {
    expect(segmentWords([])).toEqual([]);
    expect(segmentWords([{ text: "  ", startMs: 0, endMs: 100, probability: 1 }])).toEqual([]);
  });
});

describe("timing", () => {
  test("a caption begins with its first word and stays long enough to be read", () => {
    const [cue] = segmentWords(speak("Second."));
    expect(cue?.startMs).toBe(1_000);
    expect((cue?.endMs ?? 0) - 1_000).toBeGreaterThanOrEqual(defaultProfile.minMs);
  });

  test("small gaps are closed to two frames, large ones stay", () => {
    const [first, second, third] = segmentWords(
      speak(
        "Staff recommends that we approve the street project. Please stand for the pledge of allegiance. | | | | Aye.",
      ),
    );
    expect((second?.startMs ?? 0) - (first?.endMs ?? 0)).toBe(defaultProfile.minGapMs);
    expect((third?.startMs ?? 0) - (second?.endMs ?? 0)).toBeGreaterThan(defaultProfile.closeGapMs);
  });
});

const profiles: fc.Arbitrary<CueProfile> = fc.record({
  maxLineLength: fc.integer({ min: 16, max: 32 }),
  maxLines: fc.integer({ min: 1, max: 4 }),
  maxCharactersPerSecond: fc.integer({ min: 10, max: 30 }),
  maxWordsPerMinute: fc.constant(250),
  align: fc.constant("center" as const),
  maxMergedLines: fc.constant(2),
  speakerLabels: fc.constantFrom("none" as const, "arrows" as const, "names" as const),
  maxDelayMs: fc.constant(2_000),
  minMs: fc.integer({ min: 300, max: 2_000 }),
  maxMs: fc.integer({ min: 3_000, max: 8_000 }),
  minGapMs: fc.constant(67),
  closeGapMs: fc.constant(500),
  longPauseMs: fc.constant(1_500),
});

describe("any words under any profile", () => {
  test("are all there, in order, within the lines, without overlap", () => {
    fc.assert(
      fc.property(spokenWords(80), profiles, (words, profile) => {
        const cues = segmentWords(words, profile);
        const text = (parts: readonly string[]): string => parts.join("").replace(/\s+/g, "");
        expect(text(cues.flatMap((cue) => cue.lines))).toBe(text(words.map((word) => word.text)));
        let last = 0;
        for (const cue of cues) {
          expect(cue.lines.length).toBeLessThanOrEqual(profile.maxLines);
          for (const line of cue.lines) expect(countColumns(line)).toBeLessThanOrEqual(profile.maxLineLength);
          expect(cue.startMs).toBeGreaterThanOrEqual(last);
          expect(cue.endMs).toBeGreaterThan(cue.startMs);
          last = cue.endMs;
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("refitting", () => {
  test("keeps the text and the time of the caption", () => {
    const long = {
      startMs: 10_000,
      endMs: 20_000,
      lines: [
        "this line is far too long for the thirty-two columns that a caption has",
        "and this one as well, isn't it",
      ],
    };
    const cues = refit(long, defaultProfile);
    expect(cues.length).toBeGreaterThan(1);
    expect(cues[0]?.startMs).toBe(10_000);
    expect(cues.at(-1)?.endMs).toBe(20_000);
    expect(cues.flatMap((cue) => cue.lines).join(" ")).toBe(long.lines.join(" "));
  });
});
