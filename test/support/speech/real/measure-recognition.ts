/** What a result of recognition is worth: word errors, lost stretches, times of words, names. */
import type { Word } from "../../../../electron/captions/word.ts";
import { alignWords, findLostStretches, type LostStretch, type WordAlignment } from "../scoring/align-words.ts";
import { countWordErrors, type WordErrors } from "../scoring/word-errors.ts";
import type { Turn } from "./speech-sets.ts";

/** How far the words of turns are from where they are said. */
export interface TurnTimes {
  /** Errors in milliseconds of the turns' first and last words that were recognized, unsigned. */
  readonly first: readonly number[];
  readonly last: readonly number[];
}

export interface Measures {
  readonly errors: WordErrors;
  readonly lost: readonly LostStretch[];
  readonly times: TurnTimes;
  readonly alignment: WordAlignment;
}

interface Truth {
  readonly text: string;
  readonly turns: readonly Turn[];
}

/** @param language code of the language that is spoken */
export function measureRecognition({ text, turns }: Truth, words: readonly Word[], language: string): Measures {
  const recognized = words.map((word) => word.text).join(" ");
  const alignment = alignWords(text, words, language);
  return {
    errors: countWordErrors(text, recognized, language),
    lost: findLostStretches(alignment),
    times: findTurnTimes(turns, words, alignment),
    alignment,
  };
}

function findTurnTimes(turns: readonly Turn[], words: readonly Word[], { truth }: WordAlignment): TurnTimes {
  const [first, last]: [number[], number[]] = [[], []];
  let at = 0;
  const errorMs = (index: number, edge: "startMs" | "endMs", seconds: number): readonly number[] => {
    const { kind, recognized } = truth[index] ?? {};
    const word = kind === "equal" && recognized !== undefined ? words[recognized] : undefined;
    return word === undefined ? [] : [Math.abs(word[edge] - seconds * 1000)];
  };
  for (const { text, start, end } of turns) {
    const count = text.split(/\s+/).filter((word) => word !== "").length;
    first.push(...errorMs(at, "startMs", start));
    last.push(...errorMs(at + count - 1, "endMs", end));
    at += count;
  }
  return { first, last };
}

/** Share of values that are at most `limit`, 0 to 1. */
export const shareWithin = (values: readonly number[], limit: number): number =>
  values.filter((value) => value <= limit).length / Math.max(1, values.length);

/** How often a name of one or more words stands in a text; case and punctuation aside. */
export function countName(text: string, name: string): number {
  const plain = (value: string): string =>
    ` ${
      value
        .toLowerCase()
        .replace(/'s\b/g, "")
        .match(/[\p{L}\p{N}]+/gu)
        ?.join(" ") ?? ""
    } `;
  return plain(text).split(plain(name)).length - 1;
}

/** Formats the measures in a line. */
export function formatMeasures({ errors, lost, times }: Measures): string {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const { substituted, deleted, inserted } = errors;
  const timed =
    times.first.length === 0
      ? ""
      : `, first words within 150 ms ${percent(shareWithin(times.first, 150))} (${times.first.length}), last ${percent(shareWithin(times.last, 150))}`;
  return (
    `word errors ${percent(errors.rate)} (${substituted} substituted, ${deleted} deleted, ${inserted} inserted), ` +
    `lost stretches ${lost.map((each) => each.lost).join("+") || "none"}${timed}`
  );
}
