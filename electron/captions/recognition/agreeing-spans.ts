/**
 * Where two recordings of one meeting have the same sound: the same words follow one another in both, at the same distance.
 * Only words and their times are compared, so that it does not matter whether the earlier recording is still there.
 */
import type { TimeSpan } from "../time/span.ts";
import type { Word } from "../word.ts";

/** A span of the earlier recording, and where it is in the later one. Milliseconds. */
export interface CarriedSpan extends TimeSpan {
  /** Added to a time of the earlier recording. */
  readonly shiftMs: number;
}

/** This many words have to follow one another in both: fewer are said again and again. */
const gramLength = 4;
/** Two models put one word at times that differ by this much; a larger step is another cut. */
const toleranceMs = 150;
/** So many places have to agree on a distance before it is believed. */
const minAnchors = 3;
/** So far beyond the last word that agrees, the distance still holds. */
const reachMs = 30_000;

interface Anchor {
  readonly earlier: number;
  readonly later: number;
  readonly shiftMs: number;
}

const toKey = ({ text }: Word): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}']/gu, "");

const spoken = (words: readonly Word[]): readonly Word[] => words.filter((word) => toKey(word) !== "");

/** Where each run of words begins that occurs only once. */
function findUnique(words: readonly Word[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const keys = words.map(toKey);
  for (let index = 0; index + gramLength <= keys.length; index++) {
    const gram = keys.slice(index, index + gramLength).join(" ");
    places.set(gram, places.has(gram) ? -1 : index);
  }
  return places;
}

/** The longest chain of anchors in the order of both recordings. */
function inOrder(anchors: readonly Anchor[]): readonly Anchor[] {
  /** Ends of chains by their length, and the anchor before each. */
  const ends: number[] = [];
  const before = new Array<number>(anchors.length).fill(-1);
  anchors.forEach(({ later }, index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((anchors[ends[middle] ?? 0]?.later ?? 0) < later) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : (ends[low - 1] ?? -1);
    ends[low] = index;
  });
  const chain: Anchor[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) chain.push(anchors[index] as Anchor);
  return chain.reverse();
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Runs of anchors with one distance; a clock that runs faster makes several. */
function groupByShift(anchors: readonly Anchor[]): readonly (readonly Anchor[])[] {
  const groups: Anchor[][] = [];
  for (const anchor of anchors) {
    const group = groups.at(-1);
    if (group !== undefined && Math.abs(anchor.shiftMs - (group[0]?.shiftMs ?? 0)) <= toleranceMs) group.push(anchor);
    else groups.push([anchor]);
  }
  return groups.filter((group) => group.length >= minAnchors);
}

/**
 * The spans of the earlier recording that are in the later one, in order, none overlapping another.
 * @param earlier,later recognized words, in order
 */
export function findAgreeingSpans(earlier: readonly Word[], later: readonly Word[]): readonly CarriedSpan[] {
  const from = spoken(earlier);
  const to = spoken(later);
  const places = findUnique(to);
  const anchors: Anchor[] = [];
  for (const [gram, index] of findUnique(from)) {
    const place = places.get(gram) ?? -1;
    if (index < 0 || place < 0) continue;
    anchors.push({ earlier: index, later: place, shiftMs: (to[place]?.startMs ?? 0) - (from[index]?.startMs ?? 0) });
  }
  anchors.sort((a, b) => a.earlier - b.earlier);
  const spans = groupByShift(inOrder(anchors)).map((group) => ({
    startMs: from[group[0]?.earlier ?? 0]?.startMs ?? 0,
    endMs: from[(group.at(-1)?.earlier ?? 0) + gramLength - 1]?.endMs ?? 0,
    shiftMs: Math.round(median(group.map(({ shiftMs }) => shiftMs))),
  }));
  return spans.map(({ startMs, endMs, shiftMs }, index) => {
    const previous = spans[index - 1]?.endMs ?? Number.NEGATIVE_INFINITY;
    const next = spans[index + 1]?.startMs ?? Number.POSITIVE_INFINITY;
    return {
      // Not before the later recording begins, and half the way to the neighbors at most.
      startMs: Math.max(0, -shiftMs, startMs - reachMs, Math.min(startMs, (previous + startMs) / 2)),
      endMs: Math.min(endMs + reachMs, Math.max(endMs, (endMs + next) / 2)),
      shiftMs,
    };
  });
}
