/**
 * A council meeting of five minutes recorded in seven ways (clean, a large hall, hum, noise, a telephone, very quiet,
 * clipped), with and without the names of the city: what is understood, and whether anything is gone unseen.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { say } from "../../bench/measure.ts";
import { countName, formatMeasures, type Measures, measureRecognition, shareWithin } from "./measure-recognition.ts";
import { measureWarnings, sumWarnings } from "./measure-warnings.ts";
import { recognizeOnce } from "./recognize-once.ts";
import type { Recognition } from "./recognize-recording.ts";
import { findMaxErrors } from "./recorded-errors.ts";
import { councilNames, findRealModel, findSpeechSet, listRecordings, type SpokenRecording } from "./speech-sets.ts";
import { unsaidNames } from "./unsaid-names.ts";

/** Mean word errors over the seven ways that a model may have at most, where one is demanded. */
const maxMeanErrors: Readonly<Record<string, number>> = { "base-q8_0": 0.051 };
/** How often the names of the glossary have to be right: at least, of how often they are said in all seven ways. */
const minRight: Readonly<Record<string, number>> = { Okafor: 18, Delacroix: 6, Nakamura: 6 };
/** What a glossary may cost in other words. */
const maxNamesCost = 0.002;

interface Result {
  readonly recording: SpokenRecording;
  readonly recognition: Recognition;
  readonly measures: Measures;
}

async function recognize(recording: SpokenRecording, model: string, names: readonly string[]): Promise<Result> {
  const recognition = await recognizeOnce(recording, { model, names });
  const measures = measureRecognition(recording, recognition.words, recording.language);
  const suffix = names.length === 0 ? "" : `, ${names.length} names`;
  say(`  ${recording.name}, ${model}${suffix}: ${recognition.status}, ${formatMeasures(measures)}`);
  for (const { text } of measures.lost) say(`    lost: ${text}`);
  return { recording, recognition, measures };
}

const getMeanErrors = (results: readonly Result[]): number =>
  results.reduce((sum, { measures }) => sum + measures.errors.rate, 0) / results.length;

/** What is wrong with results, in words. */
function listFaults(model: string, results: readonly Result[], suffix: string): readonly string[] {
  const faults: string[] = [];
  for (const { recording, recognition, measures } of results) {
    const name = `${recording.name}${suffix}`;
    const max = findMaxErrors(model, name, measures.errors.words);
    if (max === undefined) say(`  ${name}, ${model}: no word errors are recorded`);
    if (max !== undefined && measures.errors.rate > max) faults.push(`${name}: more words are wrong than recorded`);
    if (recognition.status === "completed" && measures.lost.length > 0)
      faults.push(`${name}: completed, and a sentence is gone`);
  }
  // Echoes and noise hide where a word begins and ends; there the times are shown, and no limit is set.
  const clean = results.filter(({ recording }) => recording.name.endsWith(" clean"));
  const first = clean.flatMap(({ measures }) => measures.times.first);
  const last = clean.flatMap(({ measures }) => measures.times.last);
  if (shareWithin(first, 150) < 0.95) faults.push(`turns${suffix} begin elsewhere than they are said`);
  if (shareWithin(last, 150) < 0.9) faults.push(`turns${suffix} end elsewhere than they are said`);
  return faults;
}

/** Warnings that an hour of meeting may have at most, where a number is demanded. */
const maxWarningsPerHour: Readonly<Record<string, number>> = { "base-q8_0": 60 };
/** Share of them that has to be right, at least. */
const minRightShare = 0.5;

function listWarningFaults(model: string, results: readonly Result[], suffix: string): readonly string[] {
  const all = results.map(({ recognition, measures }) => measureWarnings(recognition, measures.alignment));
  const { count, claims, rightClaims, perHour, rightShare } = sumWarnings(all);
  say(
    `  warnings${suffix}: ${count}, ${perHour.toFixed(0)} an hour; ${rightClaims} of ${claims} that doubt words are right, ${(rightShare * 100).toFixed(0)} % of all`,
  );
  return [
    ...(perHour > (maxWarningsPerHour[model] ?? Number.POSITIVE_INFINITY)
      ? [`${perHour.toFixed(0)} warnings an hour${suffix}`]
      : []),
    ...(rightShare < minRightShare ? [`too many warnings${suffix} are wrong`] : []),
  ];
}

function listNameFaults(results: readonly Result[]): readonly string[] {
  const count = (name: string) => results.reduce((sum, { recognition }) => sum + countName(recognition.text, name), 0);
  const faults = Object.entries(minRight).flatMap(([name, min]) =>
    count(name) < min ? [`${name} is right ${count(name)} times, not ${min}`] : [],
  );
  const tooMany = results.flatMap(({ recording, recognition }) =>
    councilNames
      .filter((name) => countName(recognition.text, name) > countName(recording.text, name))
      .map((name) => `${recording.name}: ${name} appears where it was not said`),
  );
  say(
    `  names right: ${Object.keys(minRight)
      .map((name) => `${name} ${count(name)}`)
      .join(", ")}`,
  );
  return [...faults, ...tooMany];
}

async function soakModel(model: string, recordings: readonly SpokenRecording[]): Promise<readonly string[]> {
  const [without, withNames]: [Result[], Result[]] = [[], []];
  for (const recording of recordings) {
    without.push(await recognize(recording, model, []));
    withNames.push(await recognize(recording, model, councilNames));
  }
  const [mean, meanWithNames] = [getMeanErrors(without), getMeanErrors(withNames)];
  say(`  ${model}: mean word errors ${(mean * 100).toFixed(2)} %, with names ${(meanWithNames * 100).toFixed(2)} %`);
  const faults = [
    ...listFaults(model, without, ""),
    ...listFaults(model, withNames, " with names"),
    ...listNameFaults(withNames),
    ...listWarningFaults(model, without, ""),
    ...listWarningFaults(model, withNames, " with names"),
  ];
  if (mean > (maxMeanErrors[model] ?? Number.POSITIVE_INFINITY)) faults.push("the mean word errors are too high");
  if (meanWithNames > mean + maxNamesCost) faults.push("the names cost other words");
  const [clean] = recordings;
  if (clean !== undefined) {
    const { recognition } = await recognize(clean, model, unsaidNames);
    const said = unsaidNames.filter((name) => countName(recognition.text, name) > countName(clean.text, name));
    if (said.length > 0) faults.push(`names appear that nobody said: ${said.join(", ")}`);
  }
  return faults.map((fault) => `${model}: ${fault}`);
}

/** Says in words when the recordings or models are missing. @throws Error with everything that is wrong */
export async function soakRealSpeech(): Promise<void> {
  const set = findSpeechSet("council-a-seven-ways");
  if (set === undefined)
    return say("The seven ways are not on this machine (ARCHIVIST_BENCH_SETS names their folder).");
  const folder = mkdtempSync(join(tmpdir(), "archivist-soak-"));
  try {
    const faults: string[] = [];
    const recordings = listRecordings(set, folder);
    for (const model of ["base-q8_0", "tiny.en-q8_0"]) {
      if (findRealModel(model) !== undefined) faults.push(...(await soakModel(model, recordings)));
      else say(`The model ${model} is not on this machine (ARCHIVIST_BENCH_MODELS names its folder).`);
    }
    if (faults.length > 0) throw new Error(faults.join("\n"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
