/**
 * Finds what a house style writes otherwise than it was recognized. Applied to its own result it finds nothing: a rule may
 * see more in what another one has written, so all of them run until nothing is left to change.
 */
import { append } from "../append.ts";
import type { Word } from "../word.ts";
import { findProtectedWords } from "./protected-words.ts";
import { findMoney } from "./rules/money.ts";
import { findNumbers } from "./rules/numbers.ts";
import { findPercent } from "./rules/percent.ts";
import { findSpelling } from "./rules/spelling.ts";
import { findTimes } from "./rules/times.ts";
import { findTitles } from "./rules/titles.ts";
import { findVotes } from "./rules/votes.ts";
import { changesNothing, type HouseStyle, type StylePartName } from "./style.ts";
import type { Replacement, StyleEdit } from "./style-edit.ts";
import { shareTime } from "./styled-words.ts";
import { StyleText, toStyleTokens } from "./token.ts";

type Rule = (text: StyleText, style: HouseStyle) => readonly Replacement[];

/** In the order in which they have precedence over the same words. */
const rules: readonly (readonly [StylePartName, Rule])[] = [
  ["numbers", findNumbers],
  ["money", findMoney],
  ["percent", findPercent],
  ["votes", findVotes],
  ["times", findTimes],
  ["titles", findTitles],
  ["spelling", findSpelling],
];

/** A second pass finds what the first one has made; a third one has never found anything, and none comes after a few. */
const maxPasses = 4;

export interface StyleOptions {
  readonly style: HouseStyle;
  /** Names of the city's glossary, which are never changed. */
  readonly terms?: readonly string[];
  /** False for words that stay as they were recognized, such as those of another language. Absent: none. */
  readonly isStyled?: (index: number) => boolean;
  /** True for a word that may be a name, which is not changed; what stands around it is. Absent: none. */
  readonly isName?: (index: number) => boolean;
}

/** A run of recognized words, and what is written for it. */
interface Segment {
  readonly first: number;
  readonly count: number;
  readonly words: readonly Word[];
  readonly rule: StylePartName | undefined;
}

interface FoundReplacement extends Replacement {
  readonly rule: StylePartName;
}

/** @param origins index of the recognized word of each word */
function findReplacements(words: readonly Word[], origins: readonly number[], options: StyleOptions) {
  const isStyled = (index: number): boolean => options.isStyled?.(origins[index] ?? 0) ?? true;
  const tokens = toStyleTokens(words, isStyled);
  const taken = new Set(findProtectedWords(tokens, options.terms ?? []));
  origins.forEach((origin, index) => {
    if (options.isName?.(origin) === true) taken.add(index);
  });
  const text = new StyleText(tokens);
  const found: FoundReplacement[] = [];
  for (const [rule, find] of rules) {
    for (const replacement of find(text, options.style)) {
      const places = Array.from({ length: replacement.count }, (_, offset) => replacement.first + offset);
      if (places.some((place) => taken.has(place) || !isStyled(place))) continue;
      // What is right already belongs to its rule as well: "4-0" of a vote is no time.
      for (const place of places) taken.add(place);
      const heard = places.map((place) => words[place]?.text);
      if (heard.join(" ") !== replacement.texts.join(" ")) found.push({ ...replacement, rule });
    }
  }
  return found.toSorted((a, b) => a.first - b.first);
}

/** Puts replacements into segments; those that a replacement touches become one. */
function replaceInSegments(segments: readonly Segment[], found: readonly FoundReplacement[]): readonly Segment[] {
  const result: Segment[] = [];
  let at = 0;
  let next = 0;
  for (let index = 0; index < segments.length; ) {
    const begun = segments[index] as Segment;
    const end = at + begun.words.length;
    const own = found[next];
    if (own === undefined || own.first >= end) {
      result.push(begun);
      at = end;
      index++;
      continue;
    }
    // All segments that this replacement, and those that begin in the same segments, touch.
    const group: Segment[] = [];
    let groupEnd = at;
    const groupStart = at;
    const inside: FoundReplacement[] = [];
    do {
      const segment = segments[index++] as Segment;
      group.push(segment);
      groupEnd += segment.words.length;
      while ((found[next]?.first ?? Number.POSITIVE_INFINITY) < groupEnd) {
        inside.push(found[next] as FoundReplacement);
        next++;
      }
    } while (inside.some(({ first, count }) => first + count > groupEnd) && index < segments.length);
    result.push(joinSegments(group, inside, groupStart));
    at = groupEnd;
  }
  return result;
}

function joinSegments(group: readonly Segment[], inside: readonly FoundReplacement[], start: number): Segment {
  const words = group.flatMap((segment) => segment.words);
  const written: Word[] = [];
  let at = 0;
  for (const { first, count, texts } of inside) {
    append(written, words.slice(at, first - start));
    at = first - start + count;
    append(written, shareTime(words.slice(first - start, at), texts));
  }
  append(written, words.slice(at));
  const rule = group.find((segment) => segment.rule !== undefined)?.rule ?? inside[0]?.rule;
  const count = group.reduce((sum, segment) => sum + segment.count, 0);
  return { first: (group[0] as Segment).first, count, words: written, rule };
}

/**
 * Finds the edits of a style, in order and without overlap.
 * @param words as they were recognized, in order
 */
export function findStyleEdits(words: readonly Word[], options: StyleOptions): readonly StyleEdit[] {
  if (changesNothing(options.style)) return [];
  let segments: readonly Segment[] = words.map((word, first) => ({ first, count: 1, words: [word], rule: undefined }));
  for (let pass = 0; pass < maxPasses; pass++) {
    const origins = segments.flatMap(({ first, words: own }) => own.map(() => first));
    const written = segments.flatMap((segment) => segment.words);
    const found = findReplacements(written, origins, options);
    if (found.length === 0) break;
    segments = replaceInSegments(segments, found);
  }
  return segments.flatMap(({ first, count, words: own, rule }) => {
    const heard = words
      .slice(first, first + count)
      .map(({ text }) => text)
      .join(" ");
    const text = own.map((word) => word.text).join(" ");
    return rule === undefined || text === heard
      ? []
      : [{ wordIndex: first, wordCount: count, heard, written: text, rule }];
  });
}
