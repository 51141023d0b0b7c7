/**
 * Snapping of a dragged caption edge. The distance is measured in pixels, so that it feels the same at any zoom. Pure.
 */
import type { Cue } from "../../../electron/captions/cue.ts";
import { frameToMs, msToFrame } from "../../../electron/captions/time/frame-rate.ts";
import { during, type TimeSpan } from "../../../electron/captions/time/span.ts";

const reachPixels = 8;

export interface SnapFacts {
  /** The captions before and after the dragged one. */
  readonly neighbors: readonly Cue[];
  readonly silences: readonly TimeSpan[];
  /** The recognized words. */
  readonly words: readonly TimeSpan[];
  /** First frames of shots, in milliseconds, ascending. */
  readonly shots: readonly number[];
  readonly playheadMs: number;
  readonly minGapMs: number;
  readonly msPerPixel: number;
}

/** The shots that begin in a span. @param shots in milliseconds, ascending */
export function listShots(shots: readonly number[], { startMs, endMs }: TimeSpan): readonly number[] {
  let [low, high] = [0, shots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shots[middle] ?? 0) < startMs) low = middle + 1;
    else high = middle;
  }
  const found: number[] = [];
  for (let at = low; at < shots.length && (shots[at] ?? 0) <= endMs; at++) found.push(shots[at] ?? 0);
  return found;
}

/** @returns The snap point nearest to `ms` within reach; if there is none, the nearest frame */
export function snapped(ms: number, facts: SnapFacts): number {
  const { neighbors, silences, words, shots, playheadMs, minGapMs, msPerPixel } = facts;
  const reach = reachPixels * msPerPixel;
  const near = { startMs: ms - reach, endMs: ms + reach };
  const toEdges = (spans: readonly TimeSpan[]): readonly number[] =>
    during(spans, near).flatMap(({ startMs, endMs }) => [startMs, endMs]);
  const places = [
    playheadMs,
    ...neighbors.flatMap(({ startMs, endMs }) => [startMs - minGapMs, endMs + minGapMs]),
    ...toEdges(silences),
    ...toEdges(words),
    ...listShots(shots, near),
  ];
  let best: number | undefined;
  for (const place of places) {
    if (Math.abs(place - ms) <= reach && (best === undefined || Math.abs(place - ms) < Math.abs(best - ms)))
      best = place;
  }
  return best ?? frameToMs(msToFrame(ms));
}
