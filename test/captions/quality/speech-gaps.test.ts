/** Speech without captions: found wherever it is planted, and nowhere else. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { findSpeechGaps } from "../../../electron/captions/quality/speech-gaps.ts";
import { segmentWords } from "../../../electron/captions/segmentation/segment.ts";
import { during, type TimeSpan, totalMs } from "../../../electron/captions/time/span.ts";
import type { Word } from "../../../electron/captions/word.ts";
import { cue } from "../../support/captions/cues.ts";
import { random } from "../../support/random.ts";
import { cueList } from "../arbitraries.ts";

interface SpokenWord extends Word {
  /** Number of its sentence in the meeting. */
  readonly sentence: number;
}

/**
 * A council meeting of five minutes and eight voices in a room, written for the purpose and spoken by a synthesizer: what is
 * said from when to when, and where loudness finds speech in it.
 */
function readCouncilMeeting() {
  const rows = readFileSync(join(import.meta.dirname, "council-meeting.tsv"), "utf8")
    .trim()
    .split("\n")
    .map((row) => row.split("\t"));
  const words: SpokenWord[] = [];
  let sentence = 0;
  for (const [kind, start, end, text = ""] of rows) {
    if (kind !== "turn") continue;
    const msPerLetter = (Number(end) - Number(start)) / (text.length + 1);
    let at = Number(start);
    for (const word of text.split(" ")) {
      const startMs = Math.round(at);
      at += (word.length + 1) * msPerLetter;
      words.push({ text: word, startMs, endMs: Math.round(at) - 20, probability: 0.9, sentence });
      if (/[.?!]$/.test(word)) sentence++;
    }
  }
  const speech = rows
    .filter(([kind]) => kind === "speech")
    .map(([, start, end]) => ({ startMs: Number(start), endMs: Number(end) }));
  return { words, speech, sentences: sentence };
}

const meeting = readCouncilMeeting();
const captions = (words: readonly Word[]): readonly Cue[] => segmentWords(words, defaultProfile);
const find = (cues: readonly Cue[], speech: readonly TimeSpan[] = meeting.speech) => findSpeechGaps(cues, speech);
const spanWords = (words: readonly Word[]): TimeSpan => ({
  startMs: words[0]?.startMs ?? 0,
  endMs: words.at(-1)?.endMs ?? 0,
});
const touches = (a: TimeSpan, b: TimeSpan, nearMs = 0): boolean =>
  a.startMs < b.endMs + nearMs && a.endMs > b.startMs - nearMs;
const speechMs = (span: TimeSpan): number =>
  totalMs(
    during(meeting.speech, span).map(({ startMs, endMs }) => ({
      startMs: Math.max(startMs, span.startMs),
      endMs: Math.min(endMs, span.endMs),
    })),
  );

describe("a whole council meeting", () => {
  test("has no gap, roll call and votes included", () => {
    expect(find(captions(meeting.words))).toEqual([]);
  });

  test.each([-1_500, -1_000, -500, 500, 1_000, 1_500])("has none when its captions are %d ms off", (byMs) => {
    const moved = captions(meeting.words).map((each) => ({
      ...each,
      startMs: each.startMs + byMs,
      endMs: each.endMs + byMs,
    }));
    expect(find(moved)).toEqual([]);
  });

  test("has none when every third word is left out, as people do who tidy up speech", () => {
    expect(find(captions(meeting.words.filter((_, index) => index % 3 !== 0)))).toEqual([]);
  });

  test("has none in roll-up captions, which stay after their speech", () => {
    const rolled = captions(meeting.words).map((each, index, all) => ({
      ...each,
      endMs: Math.max(each.endMs, (all[index + 1]?.startMs ?? each.endMs) - 1),
    }));
    expect(find(rolled)).toEqual([]);
  });
});

describe("gaps that are planted in it", () => {
  test("two to five sentences that are deleted are found, and nothing else is", () => {
    const next = random(18);
    let planted = 0;
    for (let round = 0; round < 400; round++) {
      const count = 2 + Math.floor(next() * 4);
      const first = Math.floor(next() * (meeting.sentences - count));
      const isGone = ({ sentence }: SpokenWord): boolean => sentence >= first && sentence < first + count;
      const gone = meeting.words.filter(isGone);
      const span = spanWords(gone);
      const gaps = find(captions(meeting.words.filter((word) => !isGone(word))));
      const text = gone.map((word) => word.text).join(" ");
      expect(
        gaps.filter((gap) => !touches(gap, span, 300)),
        text,
      ).toEqual([]);
      if (speechMs(span) < 2_300) continue;
      planted++;
      expect(gaps.length, text).toBeGreaterThan(0);
      // Where it is reported is where it is: no more than a second is missing at either end.
      expect((gaps[0]?.startMs ?? 0) - span.startMs, text).toBeLessThan(1_500);
      expect(span.endMs - (gaps.at(-1)?.endMs ?? 0), text).toBeLessThan(1_500);
    }
    expect(planted).toBeGreaterThan(300);
  });

  test("a sentence that is spread over half a minute of other speech is found, as one caption or as many", () => {
    const next = random(29);
    let planted = 0;
    for (let round = 0; round < 200; round++) {
      const startMs = Math.round(1_000 + next() * 280_000);
      const span = { startMs, endMs: startMs + 29_000 };
      const inside = meeting.words.filter((word) => word.startMs >= startMs && word.endMs <= span.endMs);
      const sentence = inside[Math.floor(next() * inside.length)]?.sentence;
      const said = meeting.words.filter((word) => word.sentence === sentence);
      if (said.length > 25) continue;
      planted++;
      const rest = meeting.words.filter((word) => word.endMs < startMs || word.startMs > span.endMs);
      const stepMs = 29_000 / said.length;
      const slow = said.map((word, index) => ({
        ...word,
        startMs: Math.round(startMs + index * stepMs),
        endMs: Math.round(startMs + (index + 1) * stepMs) - 20,
      }));
      const spread =
        round % 2 === 0 ? [cue(span.startMs, span.endMs, said.map((word) => word.text).join(" "))] : captions(slow);
      const cues = [...captions(rest), ...spread].toSorted((a, b) => a.startMs - b.startMs);
      const gaps = find(cues);
      expect(
        gaps.some((gap) => touches(gap, span)),
        `${startMs} ms, ${said.length} words`,
      ).toBe(true);
      expect(gaps.filter((gap) => !touches(gap, span, 1_000))).toEqual([]);
    }
    expect(planted).toBeGreaterThan(150);
  });

  test("twenty words over half a minute are one place, with its words counted", () => {
    const words = meeting.words.filter(({ startMs }) => startMs > 62_000 && startMs < 98_800);
    const span = spanWords(words);
    const rest = captions(meeting.words.filter((word) => !words.includes(word)));
    const thin = cue(
      span.startMs,
      span.endMs,
      words
        .slice(0, 20)
        .map(({ text }) => text)
        .join(" "),
    );
    const gaps = find([...rest, thin].toSorted((a, b) => a.startMs - b.startMs));
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.wordCount).toBeGreaterThanOrEqual(17);
    expect(gaps[0]?.endMs).toBeGreaterThan(span.endMs - 3_000);
  });
});

/** Speech without a pause. */
const speaking = (startMs: number, endMs: number): readonly TimeSpan[] => [{ startMs, endMs }];
const sentence = "the council has seen the plan and will vote on it";

describe("what counts", () => {
  test.each<[string, readonly Cue[], readonly TimeSpan[]]>([
    ["nothing is said", [cue(0, 2_000, "Hello.")], []],
    ["a cough", [], speaking(1_000, 2_200)],
    [
      "coughs and chairs, one every two seconds",
      [],
      Array.from({ length: 30 }, (_, at) => ({ startMs: at * 2_000, endMs: at * 2_000 + 200 })),
    ],
    ["applause with a label", [cue(0, 12_000, "[applause]")], speaking(0, 12_000)],
    ["laughter in the middle of a caption", [cue(0, 9_000, "[laughter] Thank you.")], speaking(0, 9_000)],
    ["music", [cue(0, 30_000, "♪ ♪")], speaking(0, 30_000)],
    ["a song", [cue(0, 30_000, "♪ Oh say can you see ♪")], speaking(0, 30_000)],
    [
      "a slow speaker",
      [
        cue(0, 3_000, "I do solemnly swear"),
        cue(3_000, 6_000, "to support the"),
        cue(6_000, 9_000, "constitution of this state"),
      ],
      speaking(0, 8_500),
    ],
    ["two people at once", [cue(0, 4_000, sentence), cue(2_000, 4_500, "Second.")], speaking(0, 4_000)],
    ["writing without spaces", [cue(0, 5_000, "市議会は橋の計画を承認しました")], speaking(0, 5_000)],
    ["captions out of order", [cue(4_000, 8_000, sentence), cue(0, 4_000, sentence)], speaking(0, 8_000)],
  ])("%s: no gap", (_name, cues, speech) => {
    expect(find(cues, speech)).toEqual([]);
  });

  test.each<[string, readonly Cue[], readonly TimeSpan[], readonly TimeSpan[]]>([
    ["no caption at all", [], speaking(5_000, 9_000), [{ startMs: 5_000, endMs: 9_000 }]],
    ["an empty caption", [cue(5_000, 9_000, " ")], speaking(5_000, 9_000), [{ startMs: 5_000, endMs: 9_000 }]],
    [
      "what recognizers write for silence",
      [cue(5_000, 9_000, "[BLANK_AUDIO]")],
      speaking(5_000, 9_000),
      [{ startMs: 5_000, endMs: 9_000 }],
    ],
    [
      "a label that ends before",
      [cue(0, 3_000, "[applause]")],
      speaking(0, 10_000),
      [{ startMs: 3_200, endMs: 10_000 }],
    ],
    ["a name alone", [cue(0, 12_000, ">> MAYOR WHITFIELD:")], speaking(0, 12_000), [{ startMs: 0, endMs: 12_000 }]],
    [
      "two words in twelve seconds",
      [cue(0, 12_000, "Thank you.")],
      speaking(0, 12_000),
      [{ startMs: 0, endMs: 12_000 }],
    ],
    [
      "two places with silence between",
      [],
      [...speaking(0, 4_000), ...speaking(20_000, 24_000)],
      [
        { startMs: 0, endMs: 4_000 },
        { startMs: 20_000, endMs: 24_000 },
      ],
    ],
    [
      "two places with a caption between",
      [cue(8_000, 12_000, sentence)],
      speaking(0, 20_000),
      [
        { startMs: 0, endMs: 8_000 },
        { startMs: 12_000, endMs: 20_000 },
      ],
    ],
  ])("%s: a gap", (_name, cues, speech, expected) => {
    const gaps = find(cues, speech);
    expect(gaps).toHaveLength(expected.length);
    for (const [index, { startMs, endMs }] of expected.entries()) {
      expect(Math.abs((gaps[index]?.startMs ?? 0) - startMs)).toBeLessThanOrEqual(600);
      expect(Math.abs((gaps[index]?.endMs ?? 0) - endMs)).toBeLessThanOrEqual(600);
    }
  });

  test("a place in which nobody speaks is none, and what lies beyond it is", () => {
    const speech = speaking(0, 20_000);
    expect(findSpeechGaps([], speech, { answered: [{ startMs: 0, endMs: 20_000 }] })).toEqual([]);
    const [gap, ...more] = findSpeechGaps([], speech, { answered: [{ startMs: 0, endMs: 12_000 }] });
    expect(more).toEqual([]);
    expect(gap).toMatchObject({ startMs: 12_500, endMs: 20_000 });
  });
});

describe("gaps", () => {
  const spans = fc
    .array(fc.tuple(fc.integer({ min: 50, max: 9_000 }), fc.integer({ min: 50, max: 9_000 })), { maxLength: 30 })
    .map((parts) => {
      let at = 0;
      return parts.map(([pauseMs, lengthMs]) => {
        const startMs = at + pauseMs;
        at = startMs + lengthMs;
        return { startMs, endMs: at };
      });
    });

  test("are in order, lie apart, begin and end with speech, and are gone once each is answered", () => {
    fc.assert(
      fc.property(cueList(20), spans, (cues, speech) => {
        const gaps = findSpeechGaps(cues, speech);
        gaps.forEach((gap, index) => {
          expect(gap.endMs).toBeGreaterThan(gap.startMs);
          expect(gap.startMs).toBeGreaterThanOrEqual(gaps[index - 1]?.endMs ?? 0);
          expect(gap.speechMs).toBeGreaterThan(0);
          expect(during(speech, { startMs: gap.startMs, endMs: gap.startMs + 1 })).toHaveLength(1);
        });
        expect(findSpeechGaps(cues, speech, { answered: gaps })).toEqual([]);
      }),
      { numRuns: 500, endOnFailure: true },
    );
  });

  test("are never more for a caption with many words in place of one", () => {
    fc.assert(
      fc.property(spans, fc.nat(29), (speech, at) => {
        const span = speech[at];
        if (span === undefined) return;
        const words = Array.from({ length: Math.ceil((span.endMs - span.startMs) / 300) }, () => "word").join(" ");
        const without = totalMs(findSpeechGaps([], speech));
        expect(totalMs(findSpeechGaps([cue(span.startMs, span.endMs, words)], speech))).toBeLessThanOrEqual(without);
      }),
    );
  });
});
