/**
 * Runs sets of real speech through the whole program and says what came out; for trying a change of recognition.
 *
 * `SPEECH_SET` and `SPEECH_MODEL` are lists with commas (by default every set but the long one, and base-q8_0);
 * `SPEECH_NAMES=1` gives the council's names as a glossary; `ARCHIVIST_BENCH_RESULTS` names a folder where results are
 * kept and found again. Settings come from `ARCHIVIST_SPEECH_…`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { say } from "../support/bench/measure.ts";
import { countName, formatMeasures, measureRecognition } from "../support/speech/real/measure-recognition.ts";
import { recognizeOnce } from "../support/speech/real/recognize-once.ts";
import type { Recognition } from "../support/speech/real/recognize-recording.ts";
import {
  councilNames,
  findRealModel,
  findSpeechSet,
  listRecordings,
  type SpeechSet,
  type SpokenRecording,
  speechSetNames,
} from "../support/speech/real/speech-sets.ts";

const listIn = (value: string | undefined, otherwise: readonly string[]): readonly string[] =>
  value === undefined || value === "" ? otherwise : value.split(",");

function report({ text, turns, language }: SpokenRecording, result: Recognition): void {
  const measures = measureRecognition({ text, turns }, result.words, language);
  say(`  ${formatMeasures(measures)}`);
  for (const stretch of measures.lost) say(`    lost: ${stretch.text}`);
  say(`  ${result.words.length} words; ${result.seconds.toFixed(1)} s, recognition ${result.stages.transcribe ?? 0} s`);
  say(`  ${result.doubts.map(({ reason, detail }) => `${reason} (${detail})`).join("; ") || "nothing doubted"}`);
  const counts = councilNames
    .map((name) => ({ name, said: countName(text, name), right: countName(result.text, name) }))
    .filter(({ said, right }) => said + right > 0);
  if (counts.length > 0)
    say(`  names: ${counts.map(({ name, said, right }) => `${name} ${right} of ${said}`).join(", ")}`);
}

async function runSet(set: SpeechSet, model: string, folder: string): Promise<void> {
  const names = process.env.SPEECH_NAMES === "1" ? councilNames : [];
  for (const recording of listRecordings(set, folder)) {
    const result = await recognizeOnce(recording, { model, names, environment: process.env });
    say(`${recording.name}, ${model}${names.length > 0 ? ", with names" : ""}: ${result.status}`);
    report(recording, result);
  }
}

export async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "archivist-bench-"));
  try {
    const everyShort = speechSetNames.filter((name) => name !== "council-a-seven-ways");
    for (const model of listIn(process.env.SPEECH_MODEL, ["base-q8_0"])) {
      if (findRealModel(model) === undefined) {
        say(`${model}: the model is not on this machine (ARCHIVIST_BENCH_MODELS names its folder)`);
        continue;
      }
      for (const name of listIn(process.env.SPEECH_SET, everyShort)) {
        const known = speechSetNames.find((each) => each === name);
        const set = known === undefined ? undefined : findSpeechSet(known);
        if (set === undefined) say(`${name}: the set is not on this machine (ARCHIVIST_BENCH_SETS names its folder)`);
        else if (set.language !== "en" && model.includes(".en"))
          say(`${name}, ${model}: this model knows English only`);
        else await runSet(set, model, folder);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
