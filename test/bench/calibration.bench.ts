/**
 * What the probabilities of the models mean, and what a second model is worth: the share of wrong words by probability,
 * alone and where two models agree or not; whether the words that are marked for a person are the wrong ones.
 *
 * Every recording of English is recognized by both models. `ARCHIVIST_BENCH_RESULTS` names a folder where results are
 * kept and found again; `SPEECH_WAYS` chooses among the seven ways; `CALIBRATION_WRITE=1` writes the table, the figures and the numbers into
 * electron/speech/confidence.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findSuspiciousWords } from "../../electron/captions/editing/suspicion.ts";
import { hourMs } from "../../electron/captions/time/durations.ts";
import { type Calibration, toConfidence } from "../../electron/speech/confidence/calibration.ts";
import { say } from "../support/bench/measure.ts";
import { projectRoot } from "../support/paths.ts";
import {
  calibrate,
  type JudgedWord,
  judgeWords,
  type MarkQuality,
  measureMarks,
} from "../support/speech/real/calibrate.ts";
import { drawCalibration } from "../support/speech/real/calibration-figures.ts";
import { openEnglishDictionary } from "../support/speech/real/english-dictionary.ts";
import { recognizeOnce } from "../support/speech/real/recognize-once.ts";
import {
  findRealModel,
  findSpeechSet,
  listRecordings,
  type SpokenRecording,
} from "../support/speech/real/speech-sets.ts";

const models = ["tiny.en-q8_0", "base-q8_0"] as const;
type Model = (typeof models)[number];
const other: Readonly<Record<Model, Model>> = { "tiny.en-q8_0": "base-q8_0", "base-q8_0": "tiny.en-q8_0" };
const withoutQuantization = (model: string): string => model.replace(/-q8_0$/, "");

/** The table is made from the first set; the others show whether it holds elsewhere. */
const calibrationSet = "council-a-seven-ways";
const otherSets = ["reading-human", "cards-human"] as const;

/** Words that are marked for a person in an hour, as the editor does. */
const marksPerHour = 40;
/** From this likelihood of being wrong on, a word is marked where two models have recognized it. */
const minWrongShare = 0.25;

interface Judged {
  readonly words: readonly JudgedWord[];
  readonly hours: number;
  readonly knows: (word: string) => boolean;
}

async function judge(model: Model, recordings: readonly SpokenRecording[], knows: Judged["knows"]): Promise<Judged> {
  const words: JudgedWord[] = [];
  let hours = 0;
  for (const recording of recordings) {
    const own = await recognizeOnce(recording, { model, environment: process.env });
    const second = await recognizeOnce(recording, { model: other[model], environment: process.env });
    const hearings = { recording: recording.name, truth: recording.text, words: own.rawWords, second: second.rawWords };
    words.push(...judgeWords(hearings));
    hours += Math.max(0, ...own.rawWords.map(({ endMs }) => endMs)) / hourMs;
  }
  return { words, hours, knows };
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
/** The words that the editor would mark, at its number of marks an hour. */
function findMostSuspicious(
  { words, hours, knows }: Judged,
  calibration: Calibration,
  hasSecond: boolean,
): ReadonlySet<number> {
  const rated = words.map((word) => ({ ...word, probability: rate(word, calibration, hasSecond) }));
  const found = findSuspiciousWords(rated, { knows }).toSorted((a, b) => b.score - a.score);
  return new Set(found.slice(0, Math.round(marksPerHour * hours)).map(({ word }) => word));
}

const rate = ({ probability, isDisputed }: JudgedWord, calibration: Calibration, hasSecond: boolean): number =>
  toConfidence(probability, calibration, hasSecond ? (isDisputed ? "disagreed" : "agreed") : "alone");

/** The lines of the second ear's table for one set. */
function report(judged: Judged, calibration: Calibration): Readonly<Record<string, MarkQuality>> {
  const { words } = judged;
  const [alone, both] = [findMostSuspicious(judged, calibration, false), findMostSuspicious(judged, calibration, true)];
  return {
    "probability under 0.5": measureMarks(words, ({ probability }) => probability < 0.5),
    "the two models disagree": measureMarks(words, ({ isDisputed }) => isDisputed),
    "likely wrong by both": measureMarks(words, (word) => 1 - rate(word, calibration, true) >= minWrongShare),
    "40 an hour, one model": measureMarks(words, (_, index) => alone.has(index)),
    "40 an hour, both models": measureMarks(words, (_, index) => both.has(index)),
  };
}

function formatTable({ model, second, bands }: Calibration): string {
  const cell = ({ words, wrong }: { words: number; wrong: number }): string =>
    words === 0 ? "" : `${wrong} of ${words} (${percent(wrong / words)})`;
  const rows = bands.alone.map((band, index) => {
    const [agreed, disagreed] = [bands.agreed[index], bands.disagreed[index]];
    return `| ${band.from}–${band.to} | ${cell(band)} | ${agreed === undefined ? "" : cell(agreed)} | ${disagreed === undefined ? "" : cell(disagreed)} |`;
  });
  return [`| ${model} | wrong, alone | ${second} agrees | ${second} disagrees |`, "|---|---|---|---|", ...rows].join(
    "\n",
  );
}

function formatMarkTable(model: string, sets: ReadonlyMap<string, Readonly<Record<string, MarkQuality>>>): string {
  const rows = [...sets].flatMap(([set, lines]) =>
    Object.entries(lines).map(
      ([name, { marks, recall, precision }]) =>
        `| ${set} | ${name} | ${marks} | ${percent(recall)} | ${percent(precision)} |`,
    ),
  );
  const head = `| ${model} on | marked | words | of the wrong words | of the marks right |`;
  return [head, "|---|---|---|---|---|", ...rows].join("\n");
}

/** What was measured, and with which settings that are not the default. */
function formatHead(recordings: readonly SpokenRecording[]): string {
  const settings = Object.entries(process.env)
    .filter(([name]) => name.startsWith("ARCHIVIST_SPEECH_"))
    .map(([name, value]) => `\`${name}=${value}\``);
  return [
    "# Measured",
    "Written by `CALIBRATION_WRITE=1 npm run bench -- calibration`.",
    `Recordings of ${calibrationSet}: ${recordings.map(({ name }) => name.replace(`${calibrationSet} `, "")).join(", ")}. ` +
      `Settings: ${settings.length === 0 ? "the default" : settings.join(", ")}.`,
  ].join("\n\n");
}

function write(calibrations: readonly Calibration[], head: string, tables: readonly string[]): void {
  const folder = join(projectRoot, "electron/speech/confidence");
  mkdirSync(join(folder, "figures"), { recursive: true });
  writeFileSync(join(folder, "calibration.json"), `${JSON.stringify(calibrations, undefined, 2)}\n`);
  for (const each of calibrations) writeFileSync(join(folder, `figures/${each.model}.svg`), drawCalibration(each));
  writeFileSync(join(folder, "measured.md"), `${[head, ...tables].join("\n\n")}\n`);
}

function listAvailable(
  name: (typeof otherSets)[number] | typeof calibrationSet,
  folder: string,
): readonly SpokenRecording[] {
  const set = findSpeechSet(name);
  if (set === undefined) say(`${name} is not on this machine (ARCHIVIST_BENCH_SETS names its folder)`);
  return set === undefined ? [] : listRecordings(set, folder);
}

export async function bench(): Promise<void> {
  const missing = models.find((model) => findRealModel(model) === undefined);
  if (missing !== undefined) return say(`${missing} is not on this machine (ARCHIVIST_BENCH_MODELS names its folder)`);
  const folder = mkdtempSync(join(tmpdir(), "archivist-bench-"));
  try {
    const ways = process.env.SPEECH_WAYS?.split(",");
    const recordings = listAvailable(calibrationSet, folder).filter(
      ({ name }) => ways === undefined || ways.some((way) => name.endsWith(` ${way}`)),
    );
    if (recordings.length === 0) return;
    const others = otherSets.map((name) => ({ name, recordings: listAvailable(name, folder) }));
    const knows = await openEnglishDictionary();
    const calibrations: Calibration[] = [];
    const tables: string[] = [];
    for (const model of models) {
      const judged = await judge(model, recordings, knows);
      const calibration = calibrate(withoutQuantization(model), withoutQuantization(other[model]), judged.words);
      calibrations.push(calibration);
      const sets = new Map([[calibrationSet as string, report(judged, calibration)]]);
      for (const each of others) {
        if (each.recordings.length > 0)
          sets.set(each.name, report(await judge(model, each.recordings, knows), calibration));
      }
      tables.push(formatTable(calibration), formatMarkTable(calibration.model, sets));
      say(`${model}: ${judged.words.length} words, ${judged.words.filter(({ isWrong }) => isWrong).length} wrong`);
      say(`${tables.slice(-2).join("\n\n")}\n`);
    }
    if (process.env.CALIBRATION_WRITE === "1") write(calibrations, formatHead(recordings), tables);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
