/**
 * Finds words that a person should review. A low probability alone marks too much: people stop seeing marks when one
 * word in six has one (electron/captions/README.md, "Editing and suspicion"). Each reason adds to a score, and only the
 * worst words of each hour are shown.
 */
import { stockPhrases } from "../recognition/stock-phrases.ts";
import { bare, endsSentence } from "../segmentation/sentence-end.ts";
import { hourMs } from "../time/durations.ts";
import type { TimeSpan } from "../time/span.ts";
import type { Word } from "../word.ts";

export const suspicionReasons = ["unsure", "near-name", "unknown-word", "odd-capital", "loop", "digits"] as const;
export type SuspicionReason = (typeof suspicionReasons)[number];

export interface Suspicion {
  /** Index of the recognized word. */
  readonly word: number;
  /** Above 0; higher is more suspicious. */
  readonly score: number;
  readonly reasons: readonly SuspicionReason[];
  /** How strongly it is marked, 1 to 3. */
  readonly strength: 1 | 2 | 3;
}

export interface SuspicionFacts {
  /** Indexes of words that sound like a name in the glossary but are spelled differently. */
  readonly nearNames?: ReadonlySet<number>;
  /** Returns false for a word in no dictionary or glossary. Absent: every word counts as known. */
  readonly knows?: (word: string) => boolean;
  /** Spans in which the recognizer repeated itself in a loop. */
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

/**
 * Words below this likelihood of being right are suspicious, and fully so when they are more likely wrong (what a
 * model says of itself is translated before: electron/speech/confidence).
 */
const doubtful = 0.9;
const likelyWrong = 0.4;
const minScore = 0.3;

/** True for a capitalized word. After one, another capital is no sign of an error: titles and names are written so. */
const isName = (text: string): boolean => /^\p{Lu}/u.test(text);

function findReasons(words: readonly Word[], index: number, facts: SuspicionFacts, inLoop: boolean) {
  const word = words[index] as Word;
  const plain = bare(word.text);
  const found = new Map<SuspicionReason, number>();
  if (plain === "") return found;
  if (word.probability < doubtful) {
    const doubt = Math.min(1, (doubtful - word.probability) / (doubtful - likelyWrong));
    // Short words are recognized poorly and matter little.
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

/** Finds all suspicious words, in order. */
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

/** The most suspicious words of each hour, in order. @param perHour maximum per hour, set by the user */
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
