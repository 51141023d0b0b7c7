/** When the second part of a caption that is split begins. Pure. */
import type { TimeSpan } from "../time/span.ts";
import type { AlignedWord } from "./align-words.ts";

export interface SplitTimeOptions {
  /** Nobody reads or speaks faster: a part that would be faster has wrong times. */
  readonly maxCharactersPerSecond: number;
  /** Spans without speech, in order. */
  readonly silences?: readonly TimeSpan[];
}

/** A caption of more text than time is fast in each part; a part may be this much faster than the whole. */
const maxRatio = 1.25;
/** A silence this far from the place by characters is not the pause that is meant: part of the caption's time. */
const maxSilenceShift = 0.15;

const countCharacters = (words: readonly AlignedWord[]): number =>
  Math.max(
    1,
    words.reduce((sum, { text }) => sum + text.length + 1, -1),
  );

/**
 * Time of the border between two parts of a caption. Recognized words have times of their own. Text that was typed has
 * none: what is between recognized words, or happens to be equal to one, would give a long text a moment and a short one
 * seconds. Such text shares the time by its characters, and the border moves to a pause that is near.
 * @param span when the caption is shown
 * @param words all words of the caption
 * @param count number of words in the first part; at least one, and fewer than all
 * @returns whole milliseconds, inside of the span as far as it lasts two of them
 */
export function findSplitTime(
  span: TimeSpan,
  words: readonly AlignedWord[],
  count: number,
  { maxCharactersPerSecond, silences = [] }: SplitTimeOptions,
): number {
  const durationMs = span.endMs - span.startMs;
  const left = countCharacters(words.slice(0, count));
  const right = countCharacters(words.slice(count));
  const limit = Math.max(maxCharactersPerSecond, (maxRatio * (left + right) * 1000) / durationMs);
  const isPlausible = (ms: number): boolean =>
    left * 1000 <= limit * (ms - span.startMs) && right * 1000 <= limit * (span.endMs - ms);
  const inside = (ms: number): number => Math.min(span.endMs - 1, Math.max(span.startMs + 1, Math.round(ms)));
  const spoken = words[count]?.startMs;
  const isRecognized = words.every(({ source }) => source !== undefined);
  // Beside a recognized word, a corrected one has the time of what it replaced.
  const isBesideRecognized = words[count]?.source !== undefined || words[count - 1]?.source !== undefined;
  if (spoken !== undefined && (isRecognized || (isBesideRecognized && isPlausible(spoken)))) return inside(spoken);
  const byText = span.startMs + (durationMs * left) / (left + right);
  const pauses = silences
    .filter(({ startMs, endMs }) => startMs > span.startMs && endMs < span.endMs)
    .map(({ startMs, endMs }) => (startMs + endMs) / 2)
    .filter((ms) => Math.abs(ms - byText) <= durationMs * maxSilenceShift && isPlausible(ms))
    .toSorted((a, b) => Math.abs(a - byText) - Math.abs(b - byText));
  return inside(pauses[0] ?? byText);
}
