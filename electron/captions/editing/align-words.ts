/**
 * When each word of a corrected caption is spoken. The machine's words never change; a caption's text is held against
 * them by a word diff: what stayed keeps its exact time, what was replaced shares the time of what it replaced by its
 * length (electron/captions/README.md, "Editing and suspicion").
 */
import { diffArrays } from "diff";
import { bare } from "../segmentation/sentence-end.ts";
import type { TimeSpan } from "../time/span.ts";
import type { Word } from "../word.ts";

export interface AlignedWord extends TimeSpan {
  readonly text: string;
  /** Index of the machine's word that it is; undefined: somebody has written it. */
  readonly source?: number;
  /** True when its time was not measured. */
  readonly estimated: boolean;
}

/** A caption may end a moment before its last word does, and begin after its first: rounding to frames. */
const toleranceMs = 60;

/** The machine's words whose middle lies in a span. @param words in order of time @returns first and last + 1 */
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
 * @param texts the caption's words
 * @param span when the caption is shown
 * @param machine all words that were heard, in order of time
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
      aligned.push(...shared(pending, roomFor(lost, aligned.at(-1), machine[next], next < end, span)));
    pending = [];
    lost = [];
  };
  let at = 0;
  for (const { added, removed, value } of diffArrays(
    heard.map(({ text }) => toKey(text)),
    texts.map(toKey),
  )) {
    if (removed) {
      lost.push(...machine.slice(index, index + value.length));
      index += value.length;
    } else if (added) {
      pending.push(...texts.slice(at, at + value.length));
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

/** The time that written words have: that of the words they replace, else what lies between their neighbours. */
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
