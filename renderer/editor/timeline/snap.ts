/**
 * Snapping of a dragged caption edge. The distance is measured in pixels, so that it feels the same at any zoom. Pure.
 */
import type { Cue } from "../../../electron/captions/cue.ts";
import { frameToMs, msToFrame } from "../../../electron/captions/time/frame-rate.ts";
import { during, type TimeSpan } from "../../../electron/captions/time/span.ts";

const reachPixels = 8;

export interface SnapFacts {
  /** The captions before and after the dragged one. */
  readonly neighbours: readonly Cue[];
  readonly silences: readonly TimeSpan[];
  readonly minGapMs: number;
  readonly msPerPixel: number;
}

/** @returns The snap point nearest to `ms` within reach; if there is none, the nearest frame */
export function snapped(ms: number, { neighbours, silences, minGapMs, msPerPixel }: SnapFacts): number {
  const reach = reachPixels * msPerPixel;
  const places = [
    ...neighbours.flatMap(({ startMs, endMs }) => [startMs - minGapMs, endMs + minGapMs]),
    ...during(silences, { startMs: ms - reach, endMs: ms + reach }).flatMap(({ startMs, endMs }) => [startMs, endMs]),
  ];
  let best: number | undefined;
  for (const place of places) {
    if (Math.abs(place - ms) <= reach && (best === undefined || Math.abs(place - ms) < Math.abs(best - ms)))
      best = place;
  }
  return best ?? frameToMs(msToFrame(ms));
}

/** Clamps an edge between its own caption's other edge and the neighboring captions. */
export function within(ms: number, lowest: number, highest: number): number {
  return Math.round(Math.min(highest, Math.max(lowest, ms)));
}
