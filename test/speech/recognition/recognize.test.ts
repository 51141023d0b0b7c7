import { describe, expect, test } from "vitest";
import { ArchivistError } from "../../../electron/contract/errors.ts";
import type { SoundRange, SpeechEngine, TranscribeOptions, TranscribeResult } from "../../../electron/speech/engine.ts";
import { type RecognizeRequest, recognize } from "../../../electron/speech/recognition/recognize.ts";
import { detectSpokenLanguage, listeningPlaces } from "../../../electron/speech/recognition/spoken-language.ts";
import { silentLogger } from "../../support/station/silent-logger.ts";

const loop = "the the the the the the the the";
const sound = "The motion carries five to zero.";

interface Call {
  readonly options: TranscribeOptions;
  readonly stretches: SoundRange["stretches"];
}

/**
 * An engine that hears what it is told to: no real model loops on demand. Everything else about engines is held
 * against the real ones (engine-contract.test.ts).
 */
function engineThatHears(...answers: readonly (string | Error | { text: string; probability: number })[]): {
  readonly engine: SpeechEngine;
  readonly calls: Call[];
} {
  const calls: Call[] = [];
  const transcribe = async (range: SoundRange, options: TranscribeOptions): Promise<TranscribeResult> => {
    const answer = answers[Math.min(calls.length, answers.length - 1)] ?? "";
    calls.push({ options, stretches: range.stretches });
    if (answer instanceof Error) throw answer;
    const { text: said, probability } = typeof answer === "string" ? { text: answer, probability: 0.9 } : answer;
    const startMs = Math.round((range.stretches[0]?.startSample ?? 0) / 16);
    const last = range.stretches.at(-1) ?? { startSample: 0, sampleCount: 0 };
    const middleMs = Math.round((last.startSample + last.sampleCount / 2) / 16);
    const words = said
      .split(" ")
      .filter(Boolean)
      .map((text, index, { length }) => {
        // The last word lies in the middle of the last stretch: no stretch is without one.
        const isLast = range.stretches.length > 1 && index === length - 1;
        const atMs = isLast ? middleMs : startMs + index * 300;
        return { text, startMs: atMs, endMs: atMs + 280, probability };
      });
    return {
      segments: [{ startMs, endMs: startMs + 10_000, words, noSpeechProbability: 0 }],
      language: "en",
      windows: 1,
    };
  };
  return { engine: { transcribe } as unknown as SpeechEngine, calls };
}

function request(engine: SpeechEngine, changes: Partial<RecognizeRequest> = {}): RecognizeRequest {
  return {
    engine,
    pcm: "/sound.pcm",
    sampleCount: 16_000 * 1_000,
    stretches: [
      { startMs: 10_000, endMs: 12_500 },
      { startMs: 30_000, endMs: 32_500 },
    ],
    options: { language: "en", translate: false, vocabulary: [], threads: 1, beamSize: 5 },
    secondTries: 4,
    logger: silentLogger,
    ...changes,
  };
}

const joinText = (words: readonly { readonly text: string }[]): string => words.map(({ text }) => text).join(" ");

describe("recognition", () => {
  test("that is sound is believed at once", async () => {
    const { engine, calls } = engineThatHears(sound);
    const result = await recognize(request(engine));
    expect(result).toMatchObject({ method: "beam 5", doubts: [], language: "en" });
    expect(joinText(result.words)).toBe(sound);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ options: { temperature: 0, fallback: true, beamSize: 5 } });
  });

  test("that loops is tried with another search, in halves, and by chance, in this order", async () => {
    const { engine, calls } = engineThatHears(loop);
    const result = await recognize(request(engine));
    expect(result).toMatchObject({ method: "beam 5", doubts: [{ reason: "loop" }] });
    expect(calls.map(({ options, stretches }) => [options.beamSize, options.temperature, stretches.length])).toEqual([
      [5, 0, 2],
      [1, 0, 2],
      [5, 0, 1],
      [5, 0, 1],
      [1, 0.4, 2],
      [1, 0.8, 2],
    ]);
    // The halves are the two stretches: nothing is left out and nothing is heard twice.
    expect([calls[2], calls[3]].map((call) => call?.stretches)).toEqual([
      [{ startSample: 160_000, sampleCount: 40_000 }],
      [{ startSample: 480_000, sampleCount: 40_000 }],
    ]);
  });

  test("of one long stretch is halved in its middle", async () => {
    const { engine, calls } = engineThatHears(loop);
    await recognize(request(engine, { stretches: [{ startMs: 1_000, endMs: 21_000 }], secondTries: 2 }));
    expect(calls.slice(2).map(({ stretches }) => stretches)).toEqual([
      [{ startSample: 16_000, sampleCount: 160_000 }],
      [{ startSample: 176_000, sampleCount: 160_000 }],
    ]);
  });

  test("stops at the first way that works", async () => {
    const { engine, calls } = engineThatHears(loop, sound);
    expect(await recognize(request(engine))).toMatchObject({ method: "greedy", doubts: [] });
    expect(calls).toHaveLength(2);
  });

  describe("of a short answer that was passed over", () => {
    const stretches = [{ startMs: 10_000, endMs: 14_300 }];

    test("looks for it by itself", async () => {
      const { engine, calls } = engineThatHears(sound, sound, "Yes, twice.");
      const result = await recognize(request(engine, { stretches }));
      expect(result).toMatchObject({ method: "apart", doubts: [] });
      expect(joinText(result.words)).toBe(`${sound} Yes, twice.`);
      expect(calls.at(-1)?.stretches).toEqual([{ startSample: 188_480, sampleCount: 40_320 }]);
    });

    test.each([
      ["nothing", ""],
      ["unlikely words, as a cough gives them", { text: "Yes, twice.", probability: 0.5 }],
    ] as const)("keeps the first result where %s is there", async (_, found) => {
      const { engine, calls } = engineThatHears(sound, sound, found);
      const result = await recognize(request(engine, { stretches }));
      expect(result).toMatchObject({ method: "beam 5" });
      expect(joinText(result.words)).toBe(sound);
      expect(calls).toHaveLength(3);
    });

    test("does not give it up for another way that is no better", async () => {
      const both = { words: [], repairedWords: 0, language: "en", doubts: [], method: "greedy", isDoubtful: true };
      const said = ["The", "motion", "carries."].map((text, index) => ({
        ...{ text, probability: 0.9 },
        startMs: 10_000 + index * 800,
        endMs: 10_700 + index * 800,
      }));
      const answer = { text: "Yes.", startMs: 12_900, endMs: 13_900, probability: 0.9 };
      const { engine } = engineThatHears(sound);
      const result = await recognize(request(engine, { stretches, first: { ...both, words: [...said, answer] } }));
      expect(joinText(result.words)).toBe("The motion carries. Yes.");
    });
  });

  test("keeps the best of several bad answers, and says what is wrong with it", async () => {
    const { engine } = engineThatHears(loop, "Thanks for watching!", loop);
    const result = await recognize(request(engine, { secondTries: 2 }));
    expect(result).toMatchObject({ method: "greedy", doubts: [{ reason: "filler" }] });
    expect(joinText(result.words)).toBe("Thanks for watching!");
  });

  test("tries no other way when none is wanted", async () => {
    const { engine, calls } = engineThatHears(loop);
    await recognize(request(engine, { secondTries: 0 }));
    expect(calls).toHaveLength(1);
  });

  test("of a greedy search has the wide one as its other search", async () => {
    const { engine, calls } = engineThatHears(loop, sound);
    const options = { language: "en", translate: false, vocabulary: [], threads: 1, beamSize: 1 };
    expect(await recognize(request(engine, { options }))).toMatchObject({ method: "beam 5" });
    expect(calls.map(({ options: { beamSize } }) => beamSize)).toEqual([1, 5]);
  });

  test("is not lost because another way fails; that the first one fails is told", async () => {
    const failure = new ArchivistError("engine.failed");
    const { engine } = engineThatHears(loop, failure, sound);
    expect(await recognize(request(engine))).toMatchObject({ method: "halves", doubts: [] });
    await expect(recognize(request(engineThatHears(failure).engine))).rejects.toBe(failure);
  });

  test("that is interrupted in another way is interrupted", async () => {
    const { engine } = engineThatHears(loop, new ArchivistError("interrupted"));
    await expect(recognize(request(engine, { signal: AbortSignal.abort() }))).rejects.toMatchObject({
      code: "interrupted",
    });
  });

  test("asks for no sample past the end of the sound", async () => {
    const { engine, calls } = engineThatHears(sound);
    await recognize(request(engine, { sampleCount: 519_990 }));
    expect(calls[0]?.stretches.at(-1)).toEqual({ startSample: 480_000, sampleCount: 39_990 });
  });
});

describe("the places where the language is listened to", () => {
  const windows = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      stretches: [
        { startMs: index * 60_000, endMs: index * 60_000 + 5_000 },
        { startMs: index * 60_000 + 10_000, endMs: index * 60_000 + 30_000 },
      ],
    }));

  test("are three, spread over the speech, each the longest stretch there", () => {
    expect(listeningPlaces(windows(100)).map(({ startMs }) => startMs / 60_000 - 1 / 6)).toEqual([15, 50, 85]);
  });

  test("are fewer where there is less, and none where nobody speaks", () => {
    expect(listeningPlaces(windows(1))).toEqual([{ startMs: 10_000, endMs: 30_000 }]);
    expect(listeningPlaces(windows(2))).toHaveLength(2);
    expect(listeningPlaces([])).toEqual([]);
  });

  test("are no samples past the end of the sound, where its length was rounded up", async () => {
    const asked: SoundRange[] = [];
    const engine = {
      detectLanguage: async (range: SoundRange) => {
        asked.push(range);
        return { language: "en", probability: 1, places: ["en"] };
      },
    } as unknown as SpeechEngine;
    const sound = { pcm: "/sound.pcm", sampleCount: 159_993 };
    await detectSpokenLanguage(engine, sound, [{ stretches: [{ startMs: 0, endMs: 10_000 }] }], 1, undefined);
    expect(asked[0]?.stretches).toEqual([{ startSample: 0, sampleCount: 159_993 }]);
  });
});
