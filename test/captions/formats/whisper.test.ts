import { describe, expect, test } from "vitest";
import { NotCaptionsError, readCaptions } from "../../../electron/captions/formats/read.ts";

const word = (text: string, start: number, end: number, probability = 0.9) => ({ word: text, start, end, probability });

const openai = {
  text: " I call this meeting to order. Roll call, please.",
  segments: [
    {
      id: 0,
      seek: 0,
      start: 1.0,
      end: 3.5,
      text: " I call this meeting.",
      tokens: [1, 2],
      temperature: 0,
      avg_logprob: -0.2,
      words: [
        word(" I", 1, 1.2),
        word(" call", 1.2, 1.5),
        word(" this", 1.5, 1.8),
        word(" meet", 1.8, 2),
        word("ing.", 2, 2.4, 0.4),
      ],
    },
    { id: 1, seek: 0, start: 4, end: 5, text: " Roll call.", words: [word(" Roll", 4, 4.4), word(" call.", 4.4, 5)] },
  ],
  language: "en",
};

const cpp = {
  systeminfo: "AVX = 1",
  model: { type: "base" },
  result: { language: "en" },
  transcription: [
    {
      timestamps: { from: "00:00:01,000", to: "00:00:03,500" },
      offsets: { from: 1000, to: 3500 },
      text: " I call this meeting.",
      tokens: [
        { text: "[_BEG_]", offsets: { from: 1000, to: 1000 }, id: 50363, p: 0.9 },
        { text: " I", offsets: { from: 1000, to: 1200 }, id: 1, p: 0.9 },
        { text: " call", offsets: { from: 1200, to: 1500 }, id: 2, p: 0.8 },
        { text: " this", offsets: { from: 1500, to: 1800 }, id: 3, p: 0.7 },
        { text: " meet", offsets: { from: 1800, to: 2000 }, id: 4, p: 0.9 },
        { text: "ing", offsets: { from: 2000, to: 2300 }, id: 4, p: 0.5 },
        { text: ".", offsets: { from: 2300, to: 2400 }, id: 5, p: 0.9 },
      ],
    },
    { offsets: { from: 4000, to: 5000 }, text: " Roll call." },
  ],
};

const whisperx = {
  segments: [
    {
      start: 1,
      end: 3.5,
      text: " In 2014. Yes.",
      words: [
        { word: "In", start: 1, end: 1.5, score: 0.8, speaker: "SPEAKER_00" },
        { word: "2014." },
        { word: "Yes.", start: 3, end: 3.5, score: 0.7, speaker: "SPEAKER_00" },
      ],
      speaker: "SPEAKER_00",
    },
  ],
  word_segments: [],
  language: "en",
};

const lines = (value: unknown): readonly (readonly [number, number, string])[] =>
  readCaptions(JSON.stringify(value)).cues.map(({ startMs, endMs, lines: text }) => [startMs, endMs, text.join("|")]);

describe("transcripts of Whisper", () => {
  const segments = [
    [1_000, 3_500, "I call this meeting."],
    [4_000, 5_000, "Roll call."],
  ];

  test.each([
    ["openai-whisper", openai],
    ["whisper.cpp", cpp],
    ["a list of faster-whisper", openai.segments],
    [
      "lists of faster-whisper",
      openai.segments.map(({ id, seek, start, end, text }) => [id, seek, start, end, text, [], -0.2]),
    ],
  ])("%s: a segment is a caption", (_name, value) => {
    expect(readCaptions(JSON.stringify(value)).format).toBe("whisper");
    expect(lines(value)).toEqual(segments);
  });

  test("words are kept, put together from their pieces, with the least sure of them", () => {
    const { words, language } = readCaptions(JSON.stringify(openai));
    expect(language).toBe("en");
    expect(words.map(({ text }) => text)).toEqual(["I", "call", "this", "meeting.", "Roll", "call."]);
    expect(words[3]).toEqual({ text: "meeting.", startMs: 1_800, endMs: 2_400, probability: 0.4 });
    expect(readCaptions(JSON.stringify(cpp)).words[3]).toMatchObject({
      text: "meeting.",
      startMs: 1_800,
      endMs: 2_400,
    });
  });

  test("WhisperX: speakers, and a time for words without one", () => {
    const { cues, words } = readCaptions(JSON.stringify(whisperx));
    expect(cues).toEqual([{ startMs: 1_000, endMs: 3_500, lines: ["In 2014. Yes."], speaker: "SPEAKER_00" }]);
    expect(words[1]).toMatchObject({
      text: "2014.",
      startMs: 1_500,
      endMs: 3_000,
      estimated: true,
      speaker: "SPEAKER_00",
    });
  });

  test("a segment that does not fit the screen is cut at its words, and says the same", () => {
    const text = "The council will now hear from the public works department about the street project and its cost.";
    const spoken = text.split(" ").map((one, index) => word(` ${one}`, 10 + index / 2, 10.4 + index / 2));
    const { cues } = readCaptions(JSON.stringify({ segments: [{ start: 10, end: 19, text, words: spoken }] }));
    expect(cues.length).toBeGreaterThan(1);
    expect(cues.flatMap((cue) => cue.lines).join(" ")).toBe(text);
    expect(cues.every((cue) => cue.lines.length <= 2 && cue.lines.every((line) => line.length <= 32))).toBe(true);
    expect(cues.at(0)?.startMs).toBe(10_000);
    expect(cues.at(-1)?.endMs).toBe(19_000);
    for (const [index, cue] of cues.entries()) {
      const first = cue.lines[0]?.split(" ")[0];
      if (index > 0)
        expect(spoken.some(({ word: one, start }) => one === ` ${first}` && start * 1000 === cue.startMs)).toBe(true);
    }
    const plain = readCaptions(JSON.stringify({ segments: [{ start: 10, end: 19, text }] })).cues;
    expect(plain.flatMap((cue) => cue.lines).join(" ")).toBe(text);
  });

  test("words alone become captions", () => {
    const { cues } = readCaptions(
      JSON.stringify({ text: "Roll call.", words: [word("Roll", 4, 4.4), word("call.", 4.4, 5)] }),
    );
    expect(cues.map((cue) => cue.lines)).toEqual([["Roll call."]]);
  });

  test("numbers that only Python knows do no harm, and a damaged segment is told", () => {
    const text = '{"segments": [{"start": 1.0, "end": 2.0, "text": "Yes.", "avg_logprob": NaN}, {"start": 3.0}]}';
    const { cues, issues } = readCaptions(text);
    expect(cues).toEqual([{ startMs: 1_000, endMs: 2_000, lines: ["Yes."] }]);
    expect(issues).toMatchObject([{ rule: "unreadable", message: "1 × a segment without text or times" }]);
  });

  test.each(['{"segments": []}', '{"segments": [', '{"transcription": [{}]}', '{"words": ["a"]}'])(
    "%s is refused",
    (text) => {
      expect(() => readCaptions(text)).toThrow(NotCaptionsError);
    },
  );
});
