/** The words of a meeting as its city writes them: the recognized words with the edits of a style. */
import { append } from "../append.ts";
import type { Word } from "../word.ts";
import type { StyleEdit } from "./style-edit.ts";

/**
 * The words that are written for recognized ones, within the same time: as many words keep their times one by one, fewer or
 * more share the whole by their length.
 * @param words recognized, at least one
 * @param texts at least one
 */
export function shareTime(words: readonly Word[], texts: readonly string[]): readonly Word[] {
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return [];
  if (words.length === texts.length) return texts.map((text, index) => ({ ...(words[index] as Word), text }));
  const probability = Math.min(...words.map((word) => word.probability));
  const isEstimated = texts.length > 1 || words.some(({ estimated }) => estimated === true);
  const { estimated: _, ...common } = first;
  const total = texts.reduce((sum, text) => sum + text.length, 0);
  const toMs = (passed: number): number =>
    first.startMs + Math.round(((last.endMs - first.startMs) * passed) / Math.max(1, total));
  let passed = 0;
  return texts.map((text) => {
    const startMs = toMs(passed);
    passed += text.length;
    return { ...common, text, startMs, endMs: toMs(passed), probability, ...(isEstimated ? { estimated: true } : {}) };
  });
}

const toTexts = (text: string): readonly string[] => text.split(" ").filter((word) => word !== "");

/** The edits that fit the words, in order: what was recognized otherwise since, or overlaps, is left out. */
function listFitting(words: readonly Word[], edits: readonly StyleEdit[]): readonly StyleEdit[] {
  let end = 0;
  return edits
    .toSorted((a, b) => a.wordIndex - b.wordIndex)
    .filter(({ wordIndex, wordCount, heard, written }) => {
      const own = words.slice(wordIndex, wordIndex + wordCount).map(({ text }) => text);
      const isFitting = wordIndex >= end && own.join(" ") === heard && toTexts(written).length > 0;
      if (isFitting) end = wordIndex + wordCount;
      return isFitting;
    });
}

/** An edit, and the words that are written for it. */
export interface PlacedStyleEdit extends StyleEdit {
  /** Index of the first written word, and their number. */
  readonly first: number;
  readonly count: number;
}

export interface StyledWords {
  readonly words: readonly Word[];
  readonly edits: readonly PlacedStyleEdit[];
  /** Index among the written words of each recognized word; of several that became fewer, that of the first one. */
  readonly indexes: readonly number[];
}

/**
 * Applies the edits of a style. The recognized words do not change.
 * @param words as they were recognized, in order
 */
export function applyStyleEdits(words: readonly Word[], edits: readonly StyleEdit[]): StyledWords {
  const styled: Word[] = [];
  const placed: PlacedStyleEdit[] = [];
  const indexes: number[] = [];
  const copy = (until: number): void => {
    for (let index = indexes.length; index < until; index++) {
      indexes.push(styled.length);
      styled.push(words[index] as Word);
    }
  };
  for (const edit of listFitting(words, edits)) {
    copy(edit.wordIndex);
    const texts = toTexts(edit.written);
    const first = styled.length;
    placed.push({ ...edit, first, count: texts.length });
    const isOneByOne = texts.length === edit.wordCount;
    for (let offset = 0; offset < edit.wordCount; offset++) indexes.push(isOneByOne ? first + offset : first);
    append(styled, shareTime(words.slice(edit.wordIndex, edit.wordIndex + edit.wordCount), texts));
  }
  copy(words.length);
  return { words: styled, edits: placed, indexes };
}
