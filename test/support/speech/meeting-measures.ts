/** Measures the recognition quality of a generated meeting against its script. */
import type { MeetingPart } from "./long-meeting.ts";
import { countWordErrors } from "./scoring/word-errors.ts";

interface TimedText {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface MeetingMeasures {
  /** Over all spans of clean speech together. */
  readonly wordErrorRate: number;
  /** Words whose middle is in a silence, more than half a second from its edges. */
  readonly wordsInSilence: number;
  /**
   * Number of disturbances (noise, music and crosstalk); how many of them do no harm (`harmless`): nothing was written where
   * nobody spoke, or what one of two people said at once; and how many others have an issue (`flagged`).
   */
  readonly disturbances: number;
  readonly harmless: number;
  readonly flagged: number;
  /** Time errors of the lines' first words against the script, in milliseconds: of all, and of the last twenty. */
  readonly meanTimeErrorMs: number;
  readonly lastTimeErrorMs: number;
  readonly linesTimed: number;
}

/** What was said, as a city's style writes it: a title in one word is no error of recognition. */
const asStyled = (said: string): string => said.replace(/\bcouncil member\b/gi, "Councilmember");

/** Word error rate of styled text; numbers count the same in words and in digits. */
export const measureStyledText = (said: string, written: string): number =>
  countWordErrors(asStyled(said), written).rate;

const middle = ({ startMs, endMs }: TimedText): number => (startMs + endMs) / 2;

/** Rules that report possibly wrong recognition; two people at once sound like one who says a word twice. */
const suspicious =
  /^(recognition-|speech-without-caption|unsure-words|repetition|filler-on-silence|caption-without-speech|double-word)/;
/** Half a sentence, because captions and bursts of noise do not begin together. */
const nearMs = 3_000;

/** @param issues issues of the transcription, with their rules and times */
export function measureMeeting(
  parts: readonly MeetingPart[],
  words: readonly TimedText[],
  issues: readonly { readonly rule: string; readonly atMs: number | null }[],
): MeetingMeasures {
  const within = (fromMs: number, toMs: number): readonly TimedText[] =>
    words.filter((word) => middle(word) >= fromMs && middle(word) < toMs);
  const joinText = (timed: readonly TimedText[]): string => timed.map(({ text }) => text).join(" ");
  const speech = parts.filter(({ kind }) => kind === "speech");
  const silences = parts.filter(({ kind }) => kind === "silence");
  const disturbances = parts.filter(({ kind }) => kind === "noise" || kind === "music" || kind === "crosstalk");
  const errors = timeErrors(speech, words);
  const isHarmless = ({ startMs, endMs, atOnce = [] }: MeetingPart): boolean => {
    const written = toSentences(joinText(within(startMs, endMs)));
    const said = new Set(atOnce.flatMap(toSentences));
    // What two people say at once has words: where none is written, they are lost.
    return said.size === 0 ? written.length === 0 : written.length > 0 && written.every((each) => said.has(each));
  };
  const harmful = disturbances.filter((part) => !isHarmless(part));
  return {
    wordErrorRate: measureStyledText(
      speech.map(({ lines }) => joinText(lines)).join(" "),
      speech.map(({ startMs, endMs }) => joinText(within(startMs, endMs))).join(" "),
    ),
    wordsInSilence: silences.reduce((sum, { startMs, endMs }) => sum + within(startMs + 500, endMs - 500).length, 0),
    disturbances: disturbances.length,
    harmless: disturbances.length - harmful.length,
    flagged: harmful.filter(({ startMs, endMs }) =>
      issues.some(({ rule, atMs }) => {
        return suspicious.test(rule) && atMs !== null && atMs >= startMs - nearMs && atMs <= endMs;
      }),
    ).length,
    meanTimeErrorMs: mean(errors),
    lastTimeErrorMs: mean(errors.slice(-20)),
    linesTimed: errors.length,
  };
}

/** The sentences of a text, as their words alone. */
const toSentences = (text: string): readonly string[] =>
  asStyled(text)
    .split(/[.?!]/)
    .map(
      (sentence) =>
        sentence
          .toLowerCase()
          .match(/[\p{L}\p{N}]+/gu)
          ?.join(" ") ?? "",
    )
    .filter((sentence) => sentence !== "");

/** Only lines whose first two words were recognized are measured: the first word must begin where the line does. */
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
