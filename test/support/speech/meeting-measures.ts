/** How well a long meeting was recognised, held against the script that it was made from. */
import { wordErrorRate } from "../../../electron/speech/recognition/word-error-rate.ts";
import type { MeetingPart } from "./long-meeting.ts";

interface TimedText {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface MeetingMeasures {
  /** Over all stretches of clean speech together. */
  readonly wordErrorRate: number;
  /** Words whose middle lies in a silence, more than half a second from its edges. */
  readonly wordsInSilence: number;
  /** Noise, music and crosstalk, and how many of them something was said about. */
  readonly disturbances: number;
  readonly flagged: number;
  /** How far the lines' first words are from the script, in milliseconds: all of them, and the last twenty. */
  readonly meanTimeErrorMs: number;
  readonly lastTimeErrorMs: number;
  readonly linesTimed: number;
}

const middle = ({ startMs, endMs }: TimedText): number => (startMs + endMs) / 2;

/** Rules that say that recognition may be wrong here. */
const suspicious =
  /^(recognition-|possible-missed-speech|unsure-words|repetition|filler-on-silence|caption-without-speech)/;
/** Half a sentence: captions and gusts of noise do not begin together. */
const nearMs = 3_000;

/** @param issues of the transcription, with their rules and places */
export function measureMeeting(
  deps: readonly MeetingPart[],
  words: readonly TimedText[],
  issues: readonly { readonly rule: string; readonly atMs: number | null }[],
): MeetingMeasures {
  const within = (fromMs: number, toMs: number): readonly TimedText[] =>
    words.filter((word) => middle(word) >= fromMs && middle(word) < toMs);
  const joinText = (timed: readonly TimedText[]): string => timed.map(({ text }) => text).join(" ");
  const speech = deps.filter(({ kind }) => kind === "speech");
  const silences = deps.filter(({ kind }) => kind === "silence");
  const disturbances = deps.filter(({ kind }) => kind === "noise" || kind === "music" || kind === "crosstalk");
  const errors = timeErrors(speech, words);
  return {
    wordErrorRate: wordErrorRate(
      speech.map(({ lines }) => joinText(lines)).join(" "),
      speech.map(({ startMs, endMs }) => joinText(within(startMs, endMs))).join(" "),
    ),
    wordsInSilence: silences.reduce((sum, { startMs, endMs }) => sum + within(startMs + 500, endMs - 500).length, 0),
    disturbances: disturbances.length,
    flagged: disturbances.filter(({ startMs, endMs }) =>
      issues.some(({ rule, atMs }) => {
        return suspicious.test(rule) && atMs !== null && atMs >= startMs - nearMs && atMs <= endMs;
      }),
    ).length,
    meanTimeErrorMs: mean(errors),
    lastTimeErrorMs: mean(errors.slice(-20)),
    linesTimed: errors.length,
  };
}

/** Where a line begins with its own first two words, its first word must begin where the line does. */
function timeErrors(speech: readonly MeetingPart[], words: readonly TimedText[]): readonly number[] {
  return speech.flatMap(({ lines }) =>
    lines.flatMap(({ text, startMs }) => {
      const [first, second] = text.split(" ");
      const found = words.find(
        (word, index) =>
          word.text === first && words[index + 1]?.text === second && Math.abs(word.startMs - startMs) < 1_000,
      );
      return found === undefined ? [] : [Math.abs(found.startMs - startMs)];
    }),
  );
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
