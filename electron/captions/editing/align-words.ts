/**
 * Aligns the words of a corrected caption with the recognized words. The recognized words never change; a word diff
 * compares the caption's text with them: unchanged words keep their exact times, and replacements divide the time of
 * the replaced words by their length (electron/captions/README.md, "Editing and suspicion").
 */
import { diffArrays } from "diff";
import { append } from "../append.ts";
import { bare } from "../segmentation/sentence-end.ts";
import type { TimeSpan } from "../time/span.ts";
import type { Word } from "../word.ts";

export interface AlignedWord extends TimeSpan {
  readonly text: string;
  /** Index of the recognized word; undefined when the word was written by a person. */
  readonly source?: number;
  /** True when its time was not measured. */
  readonly estimated: boolean;
}

/**
 * Because of rounding to frames, a caption may end slightly before its last word does and begin slightly after its
 * first.
 */
const toleranceMs = 60;

/**
 * Range of recognized words whose middle lies in a span.
 * @param words in order of time
 * @returns index of the first word and of the last + 1
 */
export function wordsDuring(words: readonly Word[], { startMs, endMs }: TimeSpan): readonly [number, number] {
  const from = startMs - toleranceMs;
  const to = endMs + toleranceMs;
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const word = words[middle] as Word;
    if ((word.startMs + word.endMs) / 2 < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < words.length && ((words[end] as Word).startMs + (words[end] as Word).endMs) / 2 < to) end++;
  return [low, end];
}

const toKey = (text: string): string => bare(text) || text;

/**
 * Aligns the words of a caption.
 * @param texts the caption's words
 * @param span when the caption is shown
 * @param machine all recognized words, in order of time
 */
export function alignWords(texts: readonly string[], span: TimeSpan, machine: readonly Word[]): readonly AlignedWord[] {
  const [first, end] = wordsDuring(machine, span);
  const heard = machine.slice(first, end);
  if (isSame(texts, heard)) return texts.map((text, index) => exact(text, heard[index] as Word, first + index));
  const aligned: AlignedWord[] = [];
  let index = first;
  let pending: string[] = [];
  let lost: Word[] = [];
  const settle = (next: number): void => {
    if (pending.length > 0)
      append(aligned, shared(pending, roomFor(lost, aligned.at(-1), machine[next], next < end, span)));
    pending = [];
    lost = [];
  };
  let at = 0;
  for (const { added, removed, value } of diffArrays(
    heard.map(({ text }) => toKey(text)),
    texts.map(toKey),
  )) {
    if (removed) {
      append(lost, machine.slice(index, index + value.length));
      index += value.length;
    } else if (added) {
      append(pending, texts.slice(at, at + value.length));
      at += value.length;
    } else {
      settle(index);
      for (const _ of value) aligned.push(exact(texts[at++] as string, machine[index] as Word, index++));
    }
  }
  settle(index);
  return aligned;
}

const isSame = (texts: readonly string[], heard: readonly Word[]): boolean =>
  texts.length === heard.length && texts.every((text, index) => text === heard[index]?.text);

const exact = (text: string, { startMs, endMs, estimated = false }: Word, source: number): AlignedWord => ({
  text,
  startMs,
  endMs,
  source,
  estimated,
});

/** The span available to written words: that of the words they replace, else the time between the adjacent words. */
function roomFor(
  lost: readonly Word[],
  before: AlignedWord | undefined,
  next: Word | undefined,
  isNextInside: boolean,
  span: TimeSpan,
): TimeSpan {
  const [first] = lost;
  const last = lost.at(-1);
  if (first !== undefined && last !== undefined) return { startMs: first.startMs, endMs: last.endMs };
  const startMs = before?.endMs ?? span.startMs;
  const endMs = isNextInside && next !== undefined ? next.startMs : span.endMs;
  return { startMs, endMs: Math.max(startMs, endMs) };
}

function shared(texts: readonly string[], { startMs, endMs }: TimeSpan): readonly AlignedWord[] {
  const total = texts.reduce((sum, text) => sum + text.length, 0);
  let passed = 0;
  return texts.map((text) => {
    const from = startMs + Math.round(((endMs - startMs) * passed) / total);
    passed += text.length;
    return { text, startMs: from, endMs: startMs + Math.round(((endMs - startMs) * passed) / total), estimated: true };
  });
}
