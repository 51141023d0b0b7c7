/**
 * Which words a person should look at. A low probability alone marks too much: people stop seeing marks when one word
 * in six has one (electron/captions/README.md, "Editing and suspicion"). Each reason adds to a score, and only the worst of each hour are shown.
 */

import { stockPhrases } from "../recognition/stock-phrases.ts";
import { bare, endsSentence } from "../segmentation/sentence-end.ts";
import { hourMs } from "../time/durations.ts";
import type { TimeSpan } from "../time/span.ts";
import type { Word } from "../word.ts";

export const suspicionReasons = ["unsure", "near-name", "unknown-word", "odd-capital", "loop", "digits"] as const;
export type SuspicionReason = (typeof suspicionReasons)[number];

export interface Suspicion {
  /** Index of the machine's word. */
  readonly word: number;
  /** Above 0; what is worse is greater. */
  readonly score: number;
  readonly reasons: readonly SuspicionReason[];
  /** 1 to 3: how strongly it is marked. */
  readonly strength: 1 | 2 | 3;
}

export interface SuspicionFacts {
  /** Indexes of words that sound like a name of the glossary, but are spelt otherwise. */
  readonly nearNames?: ReadonlySet<number>;
  /** False: no dictionary or glossary knows it. Absent: everything is taken for known. */
  readonly knows?: (word: string) => boolean;
  /** Stretches in which the recogniser turned in a circle. */
  readonly loops?: readonly TimeSpan[];
}

const weights: Readonly<Record<SuspicionReason, number>> = {
  unsure: 1,
  "near-name": 0.9,
  "unknown-word": 0.6,
  "odd-capital": 0.25,
  loop: 0.8,
  digits: 0.35,
};

/** A word below this is doubtful; at half of it, very. */
const doubtful = 0.6;
const minScore = 0.3;

/** Words after which a capital is no sign: titles and names are written so. */
const isName = (text: string): boolean => /^\p{Lu}/u.test(text);

function findReasons(words: readonly Word[], index: number, facts: SuspicionFacts, inLoop: boolean) {
  const word = words[index] as Word;
  const plain = bare(word.text);
  const found = new Map<SuspicionReason, number>();
  if (plain === "") return found;
  if (word.probability < doubtful) {
    const doubt = (doubtful - word.probability) / doubtful;
    // Little words are heard badly and matter little.
    found.set("unsure", plain.length <= 3 || stockPhrases.has(plain) ? doubt * 0.6 : doubt);
  }
  if (facts.nearNames?.has(index)) found.set("near-name", 1);
  const hasDigits = /\d/.test(plain);
  if (!hasDigits && facts.knows !== undefined && !facts.knows(word.text)) found.set("unknown-word", 1);
  const before = words[index - 1];
  const isInside = before !== undefined && !endsSentence(before.text, word.text);
  if (isInside && isName(word.text) && plain.length > 1 && word.probability < 0.9 && !isName(before.text)) {
    found.set("odd-capital", 1 - word.probability);
  }
  if (inLoop) found.set("loop", 1);
  if (hasDigits && word.estimated === true) found.set("digits", 1);
  return found;
}

/** All words that are suspicious, in their order. */
export function findSuspiciousWords(words: readonly Word[], facts: SuspicionFacts = {}): readonly Suspicion[] {
  const found: Suspicion[] = [];
  const loops = facts.loops ?? [];
  let loop = 0;
  words.forEach(({ startMs }, index) => {
    while (loop < loops.length && (loops[loop] as TimeSpan).endMs <= startMs) loop++;
    const inLoop = loop < loops.length && (loops[loop] as TimeSpan).startMs <= startMs;
    const reasons = findReasons(words, index, facts, inLoop);
    let score = 0;
    for (const [reason, degree] of reasons) score += weights[reason] * degree;
    if (score < minScore) return;
    found.push({ word: index, score, reasons: [...reasons.keys()], strength: score >= 1 ? 3 : score >= 0.6 ? 2 : 1 });
  });
  return found;
}

/** The worst of each hour of a meeting, in their order. @param perHour as the person has set it */
export function worstPerHour(
  found: readonly Suspicion[],
  words: readonly Word[],
  perHour: number,
): readonly Suspicion[] {
  const byHour = Map.groupBy(found, ({ word }) => Math.floor((words[word] as Word).startMs / hourMs));
  return [...byHour.values()]
    .flatMap((each) => each.toSorted((a, b) => b.score - a.score).slice(0, perHour))
    .toSorted((a, b) => a.word - b.word);
}
