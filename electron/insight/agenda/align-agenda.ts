/** Finds where in a meeting the items of its agenda are called, by their words, in their order. Pure. */
import { type Cue, cueText } from "../../captions/cue.ts";
import { parseSmallNumber } from "../../captions/house-style/numbers.ts";
import type { AgendaEntry } from "./parse-agenda.ts";

export interface PlacedEntry extends AgendaEntry {
  /** Start of the caption with which it begins, in milliseconds; null: it was not found. */
  readonly startMs: number | null;
  /** How sure that is, 0 to 1; 0: it was not found. */
  readonly confidence: number;
}

/** An item is called within so much time. */
const callMs = 20_000;
/** A place that is worse than this is not taken for an item's. */
const minScore = 0.5;
/** Words that say nothing about which item it is. */
const empty = new Set(
  "a an and as at be by for from in is it of on or our that the this to we will with no".split(" "),
);
/** Words that many items share: they count as this part of another. */
const common = new Set(
  "item items agenda city council meeting regular motion approve approval consider consideration discussion request regarding action".split(
    " ",
  ),
);
const commonPart = 0.3;
/** Words that are said nowhere were heard as something else, and numbers are read in many ways: they count less. */
const unsaidPart = 0.6;
const unsaidNumberPart = 0.15;
/** How an item is called, whatever it is. */
const calls =
  /\b(items?|next|number|move on|moving on|moves? to|brings us|we(?:'ll| will)? (?:now )?(?:go|turn) to|that takes us|first|open (?:the|this) public hearing|called? to order|roll)\b/i;

/** So that `approve`, `approval` and `approving` are one word. */
const stemLength = 5;

function toStem(word: string): string {
  return String(parseSmallNumber(word) ?? word.slice(0, stemLength));
}

const toWords = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replace(/[’']/g, "")
    .match(/[\p{L}\p{N}]+/gu) ?? [];

interface Spoken {
  /** Positions of the captions in which a word is, ascending. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** For each caption, the first one after it that no longer belongs to a call that begins with it. */
  readonly ends: readonly number[];
  readonly isCall: readonly boolean[];
}

function prepare(cues: readonly Cue[]): Spoken {
  const places = new Map<string, number[]>();
  const texts = cues.map(cueText);
  texts.forEach((text, index) => {
    for (const stem of new Set(toWords(text).map(toStem))) {
      const list = places.get(stem);
      if (list === undefined) places.set(stem, [index]);
      else list.push(index);
    }
  });
  let end = 0;
  const ends = cues.map(({ startMs }, index) => {
    end = Math.max(end, index + 1);
    while (end < cues.length && (cues[end] as Cue).startMs < startMs + callMs) end++;
    return end;
  });
  return { places, ends, isCall: texts.map((text) => calls.test(text)) };
}

/**
 * How well an item fits each caption: the share of its words that are said within a call that begins there, rare words
 * counting more; a little more where it is called, or where its number is.
 */
function scoreEntry({ number, title }: AgendaEntry, { places, ends, isCall }: Spoken): Float32Array {
  const count = ends.length;
  const scores = new Float32Array(count);
  const words = toWords(title).filter((word) => !empty.has(word));
  const stems = [...new Map(words.map((word) => [toStem(word), word]))];
  const weights = stems.map(([stem, word]) => {
    const said = places.get(stem)?.length ?? 0;
    const part = said > 0 ? 1 : /^\d/.test(stem) ? unsaidNumberPart : unsaidPart;
    return Math.log(1 + count / Math.max(1, said)) * part * (common.has(word) ? commonPart : 1);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return scores;
  const begins = new Uint8Array(count);
  stems.forEach(([stem], at) => {
    const list = places.get(stem) ?? [];
    const share = (weights[at] ?? 0) / total;
    for (const place of list) begins[place] = 1;
    let next = 0;
    for (let index = 0; index < count; index++) {
      while (next < list.length && (list[next] as number) < index) next++;
      if (next < list.length && (list[next] as number) < (ends[index] as number))
        scores[index] = (scores[index] ?? 0) + share;
    }
  });
  const own = number === null ? [] : (places.get(toStem(number.toLowerCase())) ?? []);
  const hasNumber = new Set(own);
  for (let index = 0; index < count; index++) {
    const score = scores[index] as number;
    if (score === 0) continue;
    // It begins with what is said of it, not half a minute before.
    const opens = begins[index] === 1 || isCall[index] === true;
    const bonus = (isCall[index] === true ? 0.1 : 0) + (isCall[index] === true && hasNumber.has(index) ? 0.2 : 0);
    scores[index] = opens ? score * 0.8 + bonus : score * 0.6;
  }
  return scores;
}

/**
 * @param cues in order of time
 * @returns every item, in order; those that are found begin one after the other
 */
export function alignAgenda(entries: readonly AgendaEntry[], cues: readonly Cue[]): readonly PlacedEntry[] {
  const spoken = prepare(cues);
  const width = cues.length + 1;
  /** best[entry * width + n]: the best sum for the first entries within the first n captions. */
  const best = new Float64Array((entries.length + 1) * width);
  const taken = new Uint8Array((entries.length + 1) * width);
  const scores = entries.map((entry) => scoreEntry(entry, spoken));
  entries.forEach((_, at) => {
    const row = (at + 1) * width;
    for (let n = 0; n < width; n++) {
      const skipped = best[at * width + n] as number;
      const before = n === 0 ? -1 : (best[row + n - 1] as number);
      best[row + n] = Math.max(skipped, before);
      const score = n === 0 ? 0 : ((scores[at] as Float32Array)[n - 1] as number);
      if (score < minScore) continue;
      const placed = (best[at * width + n - 1] as number) + score;
      // The first of equal places: an item is called before it is talked about.
      if (placed > (best[row + n] as number) + 1e-6) {
        best[row + n] = placed;
        taken[row + n] = 1;
      }
    }
  });
  const found = new Map<number, number>();
  let n = cues.length;
  for (let at = entries.length; at > 0; at--) {
    const row = at * width;
    while (n > 0 && taken[row + n] === 0 && best[row + n] === best[row + n - 1]) n--;
    if (taken[row + n] === 1) {
      found.set(at - 1, n - 1);
      n--;
    }
  }
  return entries.map((entry, at) => {
    const index = found.get(at);
    const cue = index === undefined ? undefined : cues[index];
    if (index === undefined || cue === undefined) return { ...entry, startMs: null, confidence: 0 };
    const score = (scores[at] as Float32Array)[index] as number;
    return { ...entry, startMs: cue.startMs, confidence: Math.min(1, score) };
  });
}
