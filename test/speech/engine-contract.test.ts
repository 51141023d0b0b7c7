/**
 * What every speech engine has to do, held against whisper-host with Whisper and with Parakeet and against whisper-node:
 * with the demo model and its sample meeting, with a model that hears words in tones, and with models of noise.
 */
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { RecognizedSegment, SpeechEngine } from "../../electron/speech/engine.ts";
import { wordErrorRate } from "../../electron/speech/recognition/word-error-rate.ts";
import { checkWordsInSpeech } from "../../electron/speech/recognition/word-times.ts";
import { requireWhisperNode } from "../../electron/speech/whisper-node/build.ts";
import { demoModel, sampleScript } from "../support/paths.ts";
import { isAlive } from "../support/process/processes.ts";
import { greedy, newHost, newWhisperNode, part, pcmFile, samplePcm, sharedEngines } from "../support/speech/engines.ts";
import { tinySize, writeRandomModel } from "../support/speech/random-model.ts";
import { smallMultilingualSize, smallSize, writeRandomParakeet } from "../support/speech/random-parakeet.ts";
import { endOfParakeetVocabulary, toneMeeting, writeToneParakeet } from "../support/speech/tone-parakeet.ts";
import { temporaryFolder } from "../support/temporary.ts";

interface Script {
  readonly lines: readonly { readonly text: string; readonly startMs: number; readonly endMs: number }[];
}
const sample = JSON.parse(readFileSync(sampleScript, "utf8")) as Script;
const tones = toneMeeting(135_000);
const spoken = (script: Script, fromMs: number, toMs: number): string =>
  script.lines
    .filter(({ startMs, endMs }) => startMs >= fromMs && endMs <= toMs)
    .map(({ text }) => text)
    .join(" ");
const listWords = (segments: readonly RecognizedSegment[]) => segments.flatMap(({ words }) => words);
const joinText = (segments: readonly RecognizedSegment[]): string =>
  listWords(segments)
    .map(({ text }) => text)
    .join(" ");

beforeAll(async () => {
  await requireWhisperNode(sharedEngines);
});

interface Candidate {
  readonly make: (stallMs?: number) => SpeechEngine & { readonly pid: number | undefined };
  /** How far from the script a line may begin, in milliseconds, on the average. */
  readonly timesWithin: number;
  /** A model that understands the sound. */
  readonly writeModel: (path: string) => void;
  readonly script: Script;
  readonly sound: () => Buffer;
  readonly endOfVocabulary: (model: Buffer) => number;
  readonly writeRandom: (path: string) => void;
  readonly writeMultilingual: (path: string) => void;
  /** True for models that tell which of many languages they hear. */
  readonly reportsLanguage: boolean;
}

const whisper = {
  writeModel: (path: string) => copyFileSync(demoModel, path),
  script: sample,
  sound: samplePcm,
  endOfVocabulary: endOfWhisperVocabulary,
  writeRandom: (path: string) => writeRandomModel(path, tinySize),
  writeMultilingual: (path: string) => writeRandomModel(path, tinySize, { multilingual: true }),
  reportsLanguage: true,
};
const parakeet = {
  writeModel: (path: string) => writeToneParakeet(path),
  script: tones,
  sound: () => tones.sound,
  endOfVocabulary: endOfParakeetVocabulary,
  writeRandom: (path: string) => writeRandomParakeet(path, smallSize),
  writeMultilingual: (path: string) => writeRandomParakeet(path, smallMultilingualSize),
  reportsLanguage: false,
};
const host = (stallMs?: number) => newHost(stallMs === undefined ? {} : { stallMs });

const candidates: Readonly<Record<string, Candidate>> = {
  "whisper-host": { ...whisper, make: host, timesWithin: 60 },
  "whisper-host with Parakeet": { ...parakeet, make: host, timesWithin: 60 },
  "whisper-node": {
    ...whisper,
    make: (stallMs) => newWhisperNode(stallMs === undefined ? {} : { stallMs }),
    timesWithin: 700,
  },
};

describe.each(Object.entries(candidates))("%s", (name, candidate) => {
  const { make, timesWithin, script, endOfVocabulary } = candidate;
  let model = "";
  beforeAll(() => {
    model = join(mkdtempSync(join(tmpdir(), "archivist-contract-")), "ggml-model.bin");
    candidate.writeModel(model);
    return () => rmSync(dirname(model), { recursive: true, force: true });
  });
  const soundFile = (): string => pcmFile(candidate.sound());

  async function loaded(): Promise<ReturnType<Candidate["make"]>> {
    const engine = make();
    await engine.loadModel({ path: model });
    return engine;
  }

  function cut(path: string, length: number): void {
    copyFileSync(model, path);
    truncateSync(path, length);
  }

  function patch(path: string, at: number, value: number): void {
    const bytes = readFileSync(model);
    bytes.writeUInt32LE(value, at);
    writeFileSync(path, bytes);
  }

  test("says who it is", async () => {
    expect(await make().describe()).toMatchObject({
      name: name.split(" ")[0],
      version: expect.stringMatching(/whisper\.cpp 1\.\d/),
    });
  });

  test("recognises the sample, with the words where they are said", async () => {
    const engine = await loaded();
    const pcm = soundFile();
    const progress: number[] = [];
    const heard: RecognizedSegment[] = [];
    const end = Math.max(...script.lines.map(({ endMs }) => endMs).filter((endMs) => endMs < 28_500)) / 1_000;
    const { segments, language } = await engine.transcribe(part(pcm, [1.5, end + 0.25]), greedy, {
      onProgress: (share) => progress.push(share),
      onSegment: (segment) => heard.push(segment),
    });
    expect(language).toBe("en");
    expect(heard).toEqual(segments);
    expect(progress.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(wordErrorRate(spoken(script, 0, end * 1_000), joinText(segments))).toBeLessThan(0.15);
    const words = listWords(segments);
    const errors = script.lines.flatMap(({ text, startMs }) => {
      const [first, second] = text.split(" ");
      const at = words.findIndex(
        (word, index) =>
          word.text === first && words[index + 1]?.text === second && Math.abs(word.startMs - startMs) < 2_000,
      );
      return at < 0 ? [] : [Math.abs((words[at]?.startMs ?? 0) - startMs)];
    });
    expect(errors.length).toBeGreaterThan(5);
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(timesWithin);
    for (const { probability } of words) {
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThanOrEqual(1);
    }
  });

  test("gives times of the recording, and none in what was left out", async () => {
    const engine = await loaded();
    const stretches = [
      { startMs: 60_000, endMs: 68_000 },
      { startMs: 90_000, endMs: 99_000 },
    ];
    const range = part(soundFile(), [60, 68], [90, 99]);
    const { segments } = await engine.transcribe(range, greedy);
    const { words } = checkWordsInSpeech(listWords(segments), stretches);
    expect(words.some(({ startMs }) => startMs < 68_000)).toBe(true);
    expect(words.some(({ startMs }) => startMs >= 90_000)).toBe(true);
    for (const { startMs, endMs } of words) {
      expect(stretches.some((stretch) => stretch.startMs <= startMs && endMs <= stretch.endMs)).toBe(true);
    }
  });

  test("gives the same for the same, whatever ran before", async () => {
    const engine = await loaded();
    const pcm = soundFile();
    const first = await engine.transcribe(part(pcm, [30, 55]), greedy);
    // Chance is used, and must not go on where it stopped.
    await engine.transcribe(part(pcm, [0, 10]), { ...greedy, beamSize: 5, temperature: 0.8, fallback: false });
    expect(await engine.transcribe(part(pcm, [30, 55]), greedy)).toEqual(first);
    const drawn = { ...greedy, temperature: 0.6, fallback: false };
    const second = await engine.transcribe(part(pcm, [30, 55]), drawn);
    expect(await engine.transcribe(part(pcm, [30, 55]), drawn)).toEqual(second);
  });

  test("takes names along", async () => {
    const engine = await loaded();
    const vocabulary = Array.from({ length: 300 }, (_, index) => `Name-${index} "O'Brien" --prompt`);
    const { segments } = await engine.transcribe(part(soundFile(), [2, 9]), { ...greedy, vocabulary });
    expect(Array.isArray(segments)).toBe(true);
  });

  test("knows English only with an English model, and says so", async () => {
    const engine = await loaded();
    const range = part(soundFile(), [2, 7]);
    for (const wrong of [{ language: "es" }, { language: "zz" }, { translate: true }]) {
      await expect(engine.transcribe(range, { ...greedy, ...wrong })).rejects.toMatchObject({ code: "model.language" });
    }
    expect((await engine.transcribe(range, { ...greedy, language: "auto" })).language).toBe("en");
    expect(await engine.detectLanguage(part(range.pcm, [2, 7], [30, 40]), 1)).toMatchObject({
      language: "en",
      probability: 1,
      places: ["en", "en"],
    });
  });

  test("detects one of the languages of a multilingual model, at every place, or says that it does not tell", async () => {
    const many = join(temporaryFolder(), "ggml-many.bin");
    candidate.writeMultilingual(many);
    const engine = make();
    await engine.loadModel({ path: many });
    const listening = engine.detectLanguage(part(soundFile(), [2, 7], [30, 40], [60, 65]), 2);
    if (!candidate.reportsLanguage) {
      await expect(listening).rejects.toMatchObject({ code: "model.language" });
      return;
    }
    const found = await listening;
    expect(found.places).toHaveLength(3);
    expect(found.language).toMatch(/^[a-z]{2,3}$/);
    expect(found.probability).toBeGreaterThan(0);
    expect(found.probability).toBeLessThanOrEqual(1);
  });

  test("ends a running transcription long before it is done, and goes on after it", async () => {
    const engine = await loaded();
    const controller = new AbortController();
    const pcm = soundFile();
    let share = 0;
    const work = engine.transcribe(
      part(pcm, [0, 130]),
      { ...greedy, beamSize: 8 },
      {
        signal: controller.signal,
        onProgress: (done) => {
          share = done;
          controller.abort();
        },
      },
    );
    await expect(work).rejects.toMatchObject({ code: "interrupted" });
    expect(share).toBeLessThan(0.5);
    expect(listWords((await engine.transcribe(part(pcm, [2, 7]), greedy)).segments).length).toBeGreaterThan(0);
  });

  test("never begins what was cancelled before", async () => {
    const engine = await loaded();
    const work = engine.transcribe(part(soundFile(), [0, 5]), greedy, { signal: AbortSignal.abort() });
    await expect(work).rejects.toMatchObject({ code: "interrupted" });
  });

  test("ends although it hangs: a stopped engine is killed", async () => {
    const engine = await loaded();
    const controller = new AbortController();
    let pid = 0;
    const work = engine.transcribe(
      part(soundFile(), [0, 130]),
      { ...greedy, beamSize: 8 },
      {
        signal: controller.signal,
        onProgress: () => {
          if (pid !== 0) return;
          pid = engine.pid ?? -1;
          process.kill(pid, "SIGSTOP");
          controller.abort();
        },
      },
    );
    await expect(work).rejects.toMatchObject({ code: "interrupted" });
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  test("kill -9 in the middle is an error that may be tried again, and the next piece is recognised", async () => {
    const engine = await loaded();
    const pcm = soundFile();
    // A folder of its own: test files that run beside this one make temporary files as well.
    const ownTemporary = temporaryFolder();
    vi.stubEnv("TMPDIR", ownTemporary);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const work = engine.transcribe(
      part(pcm, [0, 130]),
      { ...greedy, beamSize: 8 },
      { onProgress: () => engine.pid !== undefined && process.kill(engine.pid, "SIGKILL") },
    );
    await expect(work).rejects.toMatchObject({ code: "engine.crashed", retryable: true });
    await engine.loadModel({ path: model });
    expect(listWords((await engine.transcribe(part(pcm, [2, 7]), greedy)).segments).length).toBeGreaterThan(0);
    expect(readdirSync(ownTemporary)).toEqual([]);
  });

  test.each<[string, (path: string) => void, string]>([
    ["that is missing", () => undefined, "model.missing"],
    ["that is text", (path) => writeFileSync(path, "x".repeat(100_000)), "model.invalid"],
    ["that is empty", (path) => writeFileSync(path, ""), "model.invalid"],
    ["with the wrong magic", (path) => patch(path, 0, 0x47475546), "model.invalid"],
    [
      "with a head of nonsense",
      (path) => writeFileSync(path, Buffer.concat([Buffer.from("6c6d6767", "hex"), Buffer.alloc(90_000, 0x7f)])),
      "model.invalid",
    ],
    [
      "of another vocabulary than its weights",
      (path) => patch(path, 4, readFileSync(model).readInt32LE(4) + 1),
      "model.invalid",
    ],
    [
      "cut inside its weights",
      (path) => cut(path, Math.round(endOfVocabulary(readFileSync(model)) * 0.3 + statSync(model).size * 0.7)),
      "model.truncated",
    ],
    ["cut inside its vocabulary", (path) => cut(path, endOfVocabulary(readFileSync(model)) - 10), "model.truncated"],
    ["cut behind its vocabulary", (path) => cut(path, endOfVocabulary(readFileSync(model))), "model.truncated"],
    ["cut by its last byte", (path) => cut(path, statSync(model).size - 1), "model.truncated"],
  ])("refuses a model %s, and goes on", async (_name, makeModel, code) => {
    const path = join(temporaryFolder(), "ggml-broken.bin");
    makeModel(path);
    const engine = make();
    const expected = code === "model.missing" ? /model\.missing|file\.missing/ : new RegExp(code.replace(".", "\\."));
    await expect(engine.loadModel({ path })).rejects.toMatchObject({ code: expect.stringMatching(expected) });
    await engine.loadModel({ path: model });
    const { segments } = await engine.transcribe(part(soundFile(), [2, 7]), greedy);
    expect(listWords(segments).length).toBeGreaterThan(0);
  });

  test("sound that has vanished or is too short is an error, and it goes on", async () => {
    const engine = await loaded();
    const path = soundFile();
    unlinkSync(path);
    await expect(engine.transcribe(part(path, [0, 5]), greedy)).rejects.toMatchObject({ code: "engine.failed" });
    const short = pcmFile(samplePcm().subarray(0, 1_000));
    await expect(engine.transcribe(part(short, [0, 5]), greedy)).rejects.toMatchObject({ code: "engine.failed" });
    expect((await engine.transcribe(part(soundFile(), [2, 7]), greedy)).segments.length).toBeGreaterThan(0);
  });

  test("computes with a model of random weights, too", async () => {
    const random = join(temporaryFolder(), "ggml-random.bin");
    candidate.writeRandom(random);
    const engine = make();
    await engine.loadModel({ path: random });
    const { segments } = await engine.transcribe(part(soundFile(), [2, 7]), { ...greedy, threads: 2, fallback: false });
    const { words } = checkWordsInSpeech(listWords(segments), [{ startMs: 2_000, endMs: 7_000 }]);
    for (const { startMs, endMs } of words) expect(2_000 <= startMs && startMs < endMs && endMs <= 7_000).toBe(true);
  });
});

function endOfWhisperVocabulary(model: Buffer): number {
  let at = 56 + model.readInt32LE(48) * model.readInt32LE(52) * 4;
  const count = model.readInt32LE(at);
  at += 4;
  for (let word = 0; word < count; word++) at += 4 + model.readInt32LE(at);
  return at;
}
