/**
 * Checks and repairs the times of words from the engine. VAD bugs of engines have crossed the timeline at the end of
 * two-hour files (electron/speech/README.md, "Known faults of recognition"): no word is stored that is out of order,
 * outside its chunk, or overlapping.
 */
import type { TimeSpan } from "../../captions/time/span.ts";
import type { Word } from "../../captions/word.ts";
import { PackedTime } from "./packed-time.ts";

/** Minimum length of a word: a shorter one could not be shown, clicked or played. */
const minWordMs = 20;

/** How far before its chunk a word may begin: rounding, and the engine's windows. */
const nearMs = 500;

/** A word that was moved further than this no longer counts as measured. */
const measuredMs = 60;

export interface CheckedWords {
  readonly words: readonly Word[];
  /** Number of words that were moved. */
  readonly repaired: number;
}

/**
 * Puts words into order inside spans of speech: each lies in one of them. Correct words are not changed.
 * @param stretches in order, without overlap; at least one
 * @returns words with `startMs < endMs`, each beginning where the one before it ends or later
 */
export function checkWordsInSpeech(words: readonly Word[], stretches: readonly TimeSpan[]): CheckedWords {
  const line = new PackedTime(stretches);
  const joined = words.map((word) => {
    const startMs = line.toJoined(word.startMs);
    const endMs = line.toJoined(word.endMs);
    const isOutside = Math.abs(line.place({ startMs, endMs: startMs }).startMs - word.startMs) > measuredMs;
    return { ...word, startMs, endMs, ...(isOutside ? { estimated: true } : {}) };
  });
  const checked = checkWordTimes(joined, 0, line.lengthMs);
  return { ...checked, words: checked.words.map((word) => ({ ...word, ...line.place(word) })) };
}

/**
 * Puts words into order inside a chunk. Correct words are not changed.
 * @returns words with `startMs < endMs`, each beginning where the one before it ends or later, all inside the range
 *   (unless it is too short to hold them, when they share it evenly).
 */
export function checkWordTimes(words: readonly Word[], startMs: number, endMs: number): CheckedWords {
  const spokenWords = words.filter((word) => word.text.trim() !== "");
  const starts = plausibleStarts(spokenWords, startMs, endMs);
  if (spokenWords.length * minWordMs > endMs - startMs)
    return { words: shareOut(spokenWords, startMs, endMs), repaired: spokenWords.length };
  let repaired = 0;
  let earliest = startMs;
  const checked = spokenWords.map((word, index) => {
    // Leaves room for the words that follow.
    const latestEnd = endMs - (spokenWords.length - index - 1) * minWordMs;
    const start = Math.round(Math.min(Math.max(starts[index] ?? earliest, earliest), latestEnd - minWordMs));
    // An end that is far too late must not push all following words to the end of the chunk.
    const until = Math.max(start + minWordMs, Math.min(latestEnd, starts[index + 1] ?? latestEnd));
    const end = Math.round(Math.min(Math.max(word.endMs, start + minWordMs), until));
    if (start !== word.startMs || end !== word.endMs) repaired++;
    earliest = end;
    const moved = { ...word, startMs: start, endMs: end };
    return Math.abs(start - word.startMs) > measuredMs ? { ...moved, estimated: true } : moved;
  });
  return { words: checked, repaired };
}

/**
 * Makes starts increasing: most words are right, so the longest increasing subsequence stays, and a word whose start
 * does not fit between its neighbors' is placed evenly between them.
 */
function plausibleStarts(words: readonly Word[], startMs: number, endMs: number): readonly number[] {
  const starts = words.map((word) => Math.max(startMs, word.startMs));
  const isNear = ({ startMs: ms }: Word): boolean => ms > startMs - nearMs && ms < endMs;
  const anchors = findLongestRise(words.map((word, index) => (isNear(word) ? (starts[index] ?? -1) : -1)));
  let from = -1;
  for (const to of [...anchors, words.length]) {
    const low = from < 0 ? startMs : (starts[from] ?? startMs);
    const high = to >= words.length ? endMs : (starts[to] ?? endMs);
    const steps = to - from;
    for (let index = from + 1; index < to; index++) starts[index] = low + ((high - low) * (index - from)) / steps;
    from = to;
  }
  return starts;
}

/** Indexes of a longest non-decreasing subsequence of the values that are not negative (patience sorting, n log n). */
function findLongestRise(values: readonly number[]): readonly number[] {
  /** Index of the smallest last value of a subsequence of each length, and each value's predecessor in its own. */
  const tails: number[] = [];
  const before = new Map<number, number>();
  values.forEach((value, index) => {
    if (value < 0) return;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    const previous = tails[low - 1];
    if (previous !== undefined) before.set(index, previous);
    tails[low] = index;
  });
  const run: number[] = [];
  for (let at = tails.at(-1); at !== undefined; at = before.get(at)) run.push(at);
  return run.reverse();
}

function shareOut(words: readonly Word[], startMs: number, endMs: number): readonly Word[] {
  const at = (index: number): number => startMs + Math.floor(((endMs - startMs) * index) / words.length);
  return words.map((word, index) => ({
    ...word,
    startMs: at(index),
    endMs: Math.max(at(index) + 1, at(index + 1)),
    estimated: true,
  }));
}
