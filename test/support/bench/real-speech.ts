/** Programs that recognize speech beside one another on real recordings: time, memory and word errors. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { listRecognizers, type Recognizer } from "../speech/real/recognizers.ts";
import { findRealModel, findSpeechSet, type SpeechSet, speechSetNames } from "../speech/real/speech-sets.ts";
import { countWordErrors } from "../speech/scoring/word-errors.ts";
import { getMedian, type Measurement, measure, ratioLine, row, say } from "./measure.ts";

export interface RealSpeechOptions {
  readonly folder: string;
  readonly threads: number;
  readonly rounds: number;
  readonly whisperCli: string;
  readonly whisperNode: string;
}

/** What Archivist may take of the time of faster-whisper, batched. */
const maxRatio = 0.75;
const defaultSets = "council-a,comite-c,reading-human";
const defaultModels = "base-q8_0,tiny.en-q8_0";

interface Result {
  readonly measurements: Measurement[];
  /** Word errors of the last run, 0 to 1. */
  errors: number;
}

async function runOnce(
  recognizer: Recognizer,
  set: SpeechSet,
  wav: string,
  options: RealSpeechOptions,
  result: Result,
): Promise<void> {
  const folder = mkdtempSync(join(options.folder, "run-"));
  const { program, args, env } = recognizer.command({ wav, language: set.language, threads: options.threads, folder });
  result.measurements.push(await measure(program, args, { cwd: folder, ...(env === undefined ? {} : { env }) }));
  result.errors = countWordErrors(set.text, recognizer.readText(folder), set.language).rate;
  rmSync(folder, { recursive: true, force: true });
}

async function compare(model: string, set: SpeechSet, options: RealSpeechOptions): Promise<void> {
  const wav = join(mkdtempSync(join(options.folder, "sound-")), "sound.wav");
  execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", "-i", set.path, "-ac", "1", "-ar", "16000", wav]);
  const recognizers = listRecognizers({ ...options, model, withLevers: process.env.BENCH_LEVERS === "1", say });
  const results = recognizers.map((recognizer) => ({ recognizer, result: { measurements: [], errors: 0 } as Result }));
  const failed = new Set<string>();
  for (let round = 0; round < options.rounds; round++) {
    for (const { recognizer, result } of results) {
      if (failed.has(recognizer.name)) continue;
      try {
        await runOnce(recognizer, set, wav, options, result);
      } catch (thrown) {
        // An older whisper.cpp may not read a model of today; the others are measured all the same.
        failed.add(recognizer.name);
        say(`${recognizer.name} cannot be measured: ${String(thrown).slice(0, 300)}`);
      }
    }
  }
  say(`\n${set.name}, ${model}, ${options.threads} threads, medians of ${options.rounds} interleaved runs`);
  const measured = results.filter(({ recognizer }) => !failed.has(recognizer.name));
  for (const { recognizer, result } of measured) {
    say(`${row(recognizer.name, getMedian(result.measurements))}   word errors ${(result.errors * 100).toFixed(1)} %`);
  }
  const [ours, ...others] = measured;
  if (ours === undefined) return;
  const { seconds } = getMedian(ours.result.measurements);
  for (const { recognizer, result } of others) {
    const ratio = seconds / getMedian(result.measurements).seconds;
    const name = `${ours.recognizer.name} / ${recognizer.name}`;
    say(
      recognizer.name === "faster-whisper, batched"
        ? ratioLine(name, ratio, maxRatio)
        : `${name.padEnd(44)} ${ratio.toFixed(3).padStart(8)} ×`,
    );
  }
}

const listIn = (value: string | undefined, otherwise: string): readonly string[] => (value || otherwise).split(",");

/**
 * `SPEECH_SET` and `SPEECH_MODEL` are lists with commas; `BENCH_LEVERS=1` also measures our settings, each by itself. What
 * is not on this machine is left out in words.
 */
export async function benchRealSpeech(options: RealSpeechOptions): Promise<void> {
  mkdirSync(options.folder, { recursive: true });
  say(`${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores`);
  for (const model of listIn(process.env.SPEECH_MODEL, defaultModels)) {
    if (findRealModel(model) === undefined) {
      say(`The model ${model} is not on this machine (ARCHIVIST_BENCH_MODELS names its folder).`);
      continue;
    }
    for (const wanted of listIn(process.env.SPEECH_SET, defaultSets)) {
      const name = speechSetNames.find((known) => known === wanted);
      const set = name === undefined ? undefined : findSpeechSet(name);
      if (set === undefined) say(`${wanted} is not on this machine (ARCHIVIST_BENCH_SETS names its folder).`);
      else if (set.language === "en" || !model.includes(".en")) await compare(model, set, options);
    }
  }
}
