import { describe, expect, test } from "vitest";
import { PackedTime } from "../../../electron/speech/recognition/packed-time.ts";
import {
  cpuFeatures,
  detectedLanguage,
  progressShare,
  readMainOutput,
} from "../../../electron/speech/whisper-node/output.ts";

/** As whisper.cpp 1.5.0 wrote it for the sample, shortened; bytes of a cut character in two tokens. */
const output = Buffer.concat([
  Buffer.from(
    '{"systeminfo":"AVX = 1","model":{"type":"tiny"},"params":{},"result":{"language":"en"},"transcription":[',
  ),
  Buffer.from(
    '{"timestamps":{"from":"00:00:00,000","to":"00:00:02,000"},"offsets":{"from":0,"to":2000},"text":" Good café.",',
  ),
  Buffer.from(
    '"tokens":[{"text":"[_BEG_]","offsets":{"from":0,"to":0},"id":50363,"p":0.9},{"text":" Good","id":1,"p":0.8},',
  ),
  Buffer.from('{"text":" caf","id":2,"p":0.6},{"text":"'),
  Buffer.from([0xc3]),
  Buffer.from('","id":3,"p":0.5},{"text":"'),
  Buffer.from([0xa9]),
  Buffer.from('","id":3,"p":0.7},{"text":".","id":4,"p":1.0},{"text":"[_TT_100]","id":50463,"p":0.3}]}]}'),
]);

const same = (span: { readonly startMs: number; readonly endMs: number }) => span;

describe("what the second engine writes", () => {
  test("is read as words with their probabilities, characters over two tokens included", () => {
    const { segments, language } = readMainOutput(output, same);
    expect(language).toBe("en");
    expect(segments).toHaveLength(1);
    expect(segments[0]?.words).toEqual([
      { text: "Good", startMs: 0, endMs: 909, probability: 0.8, estimated: true },
      { text: "café.", startMs: 909, endMs: 2_000, probability: expect.closeTo(0.7, 5), estimated: true },
    ]);
  });

  test("is put where it was said when stretches were joined", () => {
    const line = new PackedTime([
      { startMs: 10_000, endMs: 10_950 },
      { startMs: 50_000, endMs: 52_000 },
    ]);
    const [first, second] = readMainOutput(output, (span) => line.place(span)).segments[0]?.words ?? [];
    expect(first).toMatchObject({ startMs: 10_000, endMs: 10_909 });
    expect(second).toMatchObject({ startMs: 50_000, endMs: 51_050 });
  });

  test.each(["", "{", "[]", '{"result":{}}', '{"result":{"language":"en"},"transcription":[{}]}'])(
    "%j is an error, not a crash",
    (text) => {
      expect(() => readMainOutput(Buffer.from(text), same)).toThrow(
        expect.objectContaining({ code: "engine.protocol" }),
      );
    },
  );

  test.each([
    ["whisper_print_progress_callback: progress =  73%", 0.73],
    ["whisper_print_progress_callback: progress = 100%", 1],
    ["main: processing 'sound.wav' (160000 samples, 10.0 sec), 2 threads", undefined],
  ])("%j is a progress of %s", (line, share) => {
    expect(progressShare(line)).toBe(share);
  });

  test("says which language it heard", () => {
    expect(detectedLanguage(["x", "whisper_full_with_state: auto-detected language: es (p = 0.970711)"])).toEqual({
      language: "es",
      probability: 0.970711,
    });
    expect(detectedLanguage(["nothing"])).toBeUndefined();
  });

  test("says what its processor can do", () => {
    const line = "system_info: n_threads = 2 / 2 | AVX = 1 | AVX2 = 1 | AVX512 = 0 | FMA = 1 | NEON = 0 | COREML = 0 |";
    expect(cpuFeatures([line])).toEqual(["AVX", "AVX2", "FMA"]);
  });
});
