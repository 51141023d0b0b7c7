/**
 * Checks the times of words when they arrive. VAD bugs of engines have crossed the timeline at the end of two-hour
 * files (electron/speech/README.md, "Known faults of recognition"): nothing is stored that is out of order, out of its piece, or overlapping.
 */
import type { TimeSpan } from "../../captions/time/span.ts";
import type { Word } from "../../captions/word.ts";
import { PackedTime } from "./packed-time.ts";

/** No word is shorter: it could not be shown, clicked or played. */
const minWordMs = 20;

/** A word may be said to begin this much before its piece: rounding, and the engine's windows. */
const nearMs = 500;

/** A word that was moved further than this has no measured time any more. */
const measuredMs = 60;

export interface CheckedWords {
  readonly words: readonly Word[];
  /** How many words had to be moved. */
  readonly repaired: number;
}

/**
 * Puts words into order inside stretches of speech: each lies in one of them. What is already right is not touched.
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
 * Puts words into order inside a piece. What is already right is not touched.
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
    // The words that follow need their room as well.
    const latestEnd = endMs - (spokenWords.length - index - 1) * minWordMs;
    const start = Math.round(Math.min(Math.max(starts[index] ?? earliest, earliest), latestEnd - minWordMs));
    // An end that is far too late must not push all that follows to the end of the piece.
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
 * Starts in rising order: most words are right, so the longest run of rising starts stays, and a word whose start
 * does not fit between its neighbours' is put evenly between them.
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

/** Indexes of a longest non-falling run of values that are not negative (patience sorting, n log n). */
function findLongestRise(values: readonly number[]): readonly number[] {
  /** Index of the smallest last value of a run of each length, and each value's predecessor in its run. */
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
