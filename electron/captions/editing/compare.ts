/** Compares two versions of captions: differing spans, and the words within them. */
import { diffArrays } from "diff";
import { append } from "../append.ts";
import type { Cue } from "../cue.ts";
import { toCueKey } from "./cue-key.ts";
import { wordsOfText } from "./cue-text.ts";

export interface Difference {
  readonly before: readonly Cue[];
  readonly after: readonly Cue[];
  /**
   * From the start of the first caption of either version to the start of the one after the last: a span that can be
   * exchanged.
   */
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Finds the spans in which the captions differ, in order. Both sides are ordered by time: what is the same begins at the
 * same time, so that one walk finds it.
 */
export function compareCues(before: readonly Cue[], after: readonly Cue[]): readonly Difference[] {
  const found: Difference[] = [];
  let [removed, added]: [Cue[], Cue[]] = [[], []];
  let [a, b] = [0, 0];
  while (a < before.length || b < after.length) {
    const [one, two] = [before[a], after[b]];
    if (one !== undefined && two !== undefined && toCueKey(one) === toCueKey(two)) {
      append(found, smallest(removed, added));
      [removed, added] = [[], []];
      a++;
      b++;
    } else if (two === undefined || (one !== undefined && one.startMs <= two.startMs)) {
      removed.push(one as Cue);
      a++;
    } else {
      added.push(two);
      b++;
    }
  }
  append(found, smallest(removed, added));
  return found;
}

/** Splits adjacent changes into one difference per group of captions that overlap in time. */
function smallest(before: readonly Cue[], after: readonly Cue[]): readonly Difference[] {
  const found: Difference[] = [];
  let [a, b] = [0, 0];
  while (a < before.length || b < after.length) {
    const [fromA, fromB] = [a, b];
    let endMs = Number.NEGATIVE_INFINITY;
    const starts: number[] = [];
    for (;;) {
      const next = earlier(before[a], after[b]);
      if (next === undefined || (starts.length > 0 && next.startMs >= endMs)) break;
      if (next === before[a]) a++;
      else b++;
      starts.push(next.startMs);
      endMs = Math.max(endMs, next.endMs);
    }
    found.push({
      before: before.slice(fromA, a),
      after: after.slice(fromB, b),
      startMs: starts.reduce((min, start) => Math.min(min, start)),
      endMs: starts.reduce((max, start) => Math.max(max, start)) + 1,
    });
  }
  return found;
}

function earlier(a: Cue | undefined, b: Cue | undefined): Cue | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.startMs <= b.startMs ? a : b;
}

const toWords = (cues: readonly Cue[]): string[] => cues.flatMap(({ lines }) => [...wordsOfText(lines)]);

export const differenceKinds = ["text", "time", "speaker", "style"] as const;
/** What differs: the words, when they are shown, who says them, or where and how they stand on the screen. */
export type DifferenceKind = (typeof differenceKinds)[number];

/** What a difference is about; lines that are only broken elsewhere, and captions cut elsewhere, differ in their style. */
export function describeDifference({ before, after }: Pick<Difference, "before" | "after">): readonly DifferenceKind[] {
  const differs = (pick: (cues: readonly Cue[]) => unknown): boolean =>
    JSON.stringify(pick(before)) !== JSON.stringify(pick(after));
  const kinds = new Set<DifferenceKind>();
  if (differs(toWords)) kinds.add("text");
  if (differs((cues) => cues.map(({ startMs, endMs }) => [startMs, endMs]))) kinds.add("time");
  // One who goes on in the next caption is the same turn, however it is cut.
  const turns = (cues: readonly Cue[]): unknown =>
    cues.map(({ speaker }) => speaker ?? null).filter((speaker, at, all) => at === 0 || speaker !== all[at - 1]);
  if (before.length > 0 && after.length > 0 && differs(turns)) kinds.add("speaker");
  const toStyles = (cues: readonly Cue[]): unknown =>
    cues.map(({ edge, align, styles, places, lines }) => [edge, align, styles, places, kinds.has("text") ? 0 : lines]);
  if (differs(toStyles) && (kinds.size === 0 || before.length === after.length)) kinds.add("style");
  return differenceKinds.filter((kind) => kinds.has(kind));
}

export interface WordChange {
  readonly kind: "same" | "gone" | "new";
  readonly text: string;
}

/** Compares the words of two spans. */
export function compareWords(before: readonly Cue[], after: readonly Cue[]): readonly WordChange[] {
  return diffArrays(toWords(before), toWords(after)).map(({ added, removed, value }) => ({
    kind: removed ? "gone" : added ? "new" : "same",
    text: value.join(" "),
  }));
}
