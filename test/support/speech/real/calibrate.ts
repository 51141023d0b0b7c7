/** Measures what a model's probabilities mean, on recognized words whose truth is known. */
import type { Word } from "../../../../electron/captions/word.ts";
import type { Band, Calibration, Hearing } from "../../../../electron/speech/confidence/calibration.ts";
import { compareHearings } from "../../../../electron/speech/confidence/compare-hearings.ts";
import { withoutNonWords } from "../../../../electron/speech/confidence/spoken-word.ts";
import { alignWords } from "../scoring/align-words.ts";

/** A recording that two models have recognized. */
export interface TwoHearings {
  readonly recording: string;
  readonly truth: string;
  readonly words: readonly Word[];
  readonly second: readonly Word[];
}

export interface JudgedWord extends Word {
  readonly recording: string;
  /** Another word was said, or none; how numbers are written does not matter. */
  readonly isWrong: boolean;
  /** The second model has something else there. */
  readonly isDisputed: boolean;
}

/** @returns the words of the first model that can be said, in order */
export function judgeWords({ recording, truth, words: all, second }: TwoHearings): readonly JudgedWord[] {
  const words = withoutNonWords(all);
  const { recognized } = alignWords(truth, words);
  const disputed = new Set<number>();
  for (const { from, to } of compareHearings(words, withoutNonWords(second))) {
    for (let at = from; at < to; at++) disputed.add(at);
  }
  return words.map((word, index) => ({
    ...word,
    recording,
    isWrong: recognized[index] !== "equal",
    isDisputed: disputed.has(index),
  }));
}

const edges = [0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1] as const;

function toBands(words: readonly JudgedWord[]): Band[] {
  return edges.slice(1).map((to, index) => {
    const from = edges[index] as number;
    const inside = words.filter(({ probability }) => probability >= from && (probability < to || to === 1));
    return { from, to, words: inside.length, wrong: inside.filter(({ isWrong }) => isWrong).length };
  });
}

/** Makes a model's table out of its judged words. */
export function calibrate(model: string, second: string, words: readonly JudgedWord[]): Calibration {
  const bands: Record<Hearing, Band[]> = {
    alone: toBands(words),
    agreed: toBands(words.filter(({ isDisputed }) => !isDisputed)),
    disagreed: toBands(words.filter(({ isDisputed }) => isDisputed)),
  };
  return { model, second, bands };
}

/** How good marks are. */
export interface MarkQuality {
  readonly marks: number;
  /** Share of the wrong words that are marked, 0 to 1. */
  readonly recall: number;
  /** Share of the marked words that are wrong, 0 to 1. */
  readonly precision: number;
}

export function measureMarks(
  words: readonly JudgedWord[],
  isMarked: (word: JudgedWord, index: number) => boolean,
): MarkQuality {
  const marked = words.filter(isMarked);
  const found = marked.filter(({ isWrong }) => isWrong).length;
  const wrong = words.filter(({ isWrong }) => isWrong).length;
  return { marks: marked.length, recall: found / Math.max(1, wrong), precision: found / Math.max(1, marked.length) };
}
