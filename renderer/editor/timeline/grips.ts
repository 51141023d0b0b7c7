/**
 * What a pointer takes hold of on the timeline, and what a drag makes of it: a caption, one of its edges, the border of
 * two captions, or a caption with all that follow it. Pure.
 */
import type { Cue } from "../../../electron/captions/cue.ts";
import type { Command } from "../../../electron/captions/editing/command.ts";
import { type EditCue, indexAt } from "../../../electron/captions/editing/document.ts";
import type { TimeSpan } from "../../../electron/captions/time/span.ts";

/** Maximum distance in pixels at which an edge is hit. */
const edgePixels = 6;
/** A caption that is dragged stays at least this long, in milliseconds. */
const minCueMs = 40;

export interface Grip {
  /** `border`: of the caption and the next one; `ripple`: the caption and all that follow it. */
  readonly kind: "start" | "end" | "body" | "border" | "ripple";
  /** Index of the caption; of a border, of the first of the two. */
  readonly index: number;
}

export interface GripOptions {
  readonly msPerPixel: number;
  /** Index of the active caption, whose edges are taken rather than those of its neighbors; -1: none. */
  readonly active: number;
  /** Captions nearer than this have a common border, in milliseconds. */
  readonly closeGapMs: number;
  /** One edge alone, also where two captions meet. */
  readonly isSingle?: boolean;
  /** The pointer is where captions are drawn, not on the sound. */
  readonly isOnCaption?: boolean;
  /** All captions that follow go along. */
  readonly isRipple?: boolean;
}

/** @returns undefined where there is nothing to take hold of */
export function findGrip(cues: readonly EditCue[], ms: number, options: GripOptions): Grip | undefined {
  const { msPerPixel, active, closeGapMs, isSingle = false, isOnCaption = false, isRipple = false } = options;
  const reach = edgePixels * msPerPixel;
  const at = indexAt(cues, ms);
  const inside = cues[at];
  const isInside = inside !== undefined && ms < inside.endMs;
  if (isRipple) return isInside ? { kind: "ripple", index: at } : undefined;
  const isNear = (edge: number | undefined): boolean => edge !== undefined && Math.abs(edge - ms) <= reach;
  for (const index of isSingle ? [] : [at - 1, at]) {
    const [one, two] = [cues[index], cues[index + 1]];
    if (one === undefined || two === undefined) continue;
    const gapMs = two.startMs - one.endMs;
    if (gapMs > closeGapMs || gapMs > 2 * reach) continue;
    if (isNear(one.endMs) || isNear(two.startMs)) return { kind: "border", index };
  }
  for (const index of [at - 1, at, at + 1].toSorted((a, b) => Number(b === active) - Number(a === active))) {
    if (isNear(cues[index]?.endMs)) return { kind: "end", index };
    if (isNear(cues[index]?.startMs)) return { kind: "start", index };
  }
  return isOnCaption && isInside ? { kind: "body", index: at } : undefined;
}

export interface DragLimits {
  readonly durationMs: number;
  /** The place to which a time is drawn: a neighbor, a silence, a word, a frame. */
  readonly snap: (ms: number) => number;
}

export interface Dragged {
  /** undefined: nothing has changed. */
  readonly command: Command | undefined;
  /** Times of the captions that the drag moves, as they would be. */
  readonly times: ReadonlyMap<number, TimeSpan>;
  /** All captions from this index on move by so much, in milliseconds. */
  readonly ripple?: { readonly from: number; readonly byMs: number };
}

const clamp = (ms: number, lowest: number, highest: number): number =>
  Math.round(Math.min(Math.max(lowest, highest), Math.max(lowest, ms)));

/** The captions as a drag would leave them, never over one another. @param byMs how far it was dragged */
export function dragGrip(cues: readonly EditCue[], { kind, index }: Grip, byMs: number, limits: DragLimits): Dragged {
  const cue = cues[index];
  const nothing: Dragged = { command: undefined, times: new Map() };
  if (cue === undefined || byMs === 0) return nothing;
  const [previous, next]: readonly (Cue | undefined)[] = [cues[index - 1], cues[index + 1]];
  const lowest = previous?.endMs ?? 0;
  const highest = next?.startMs ?? limits.durationMs;
  const retimed = (startMs: number, endMs: number): Dragged => ({
    command: { type: "time", cue: cue.id, startMs, endMs },
    times: new Map([[cue.id, { startMs, endMs }]]),
  });
  // The start is drawn to a place, and otherwise the end.
  const moved = (): number => {
    const start = limits.snap(cue.startMs + byMs) - cue.startMs;
    const end = limits.snap(cue.endMs + byMs) - cue.endMs;
    return Math.abs(start - byMs) <= Math.abs(end - byMs) ? start : end;
  };
  if (kind === "start") return retimed(clamp(limits.snap(cue.startMs + byMs), lowest, cue.endMs - minCueMs), cue.endMs);
  if (kind === "end")
    return retimed(cue.startMs, clamp(limits.snap(cue.endMs + byMs), cue.startMs + minCueMs, highest));
  if (kind === "body") {
    const startMs = clamp(cue.startMs + moved(), lowest, highest - (cue.endMs - cue.startMs));
    return retimed(startMs, startMs + (cue.endMs - cue.startMs));
  }
  if (kind === "ripple") {
    const shiftMs = Math.max(Math.round(moved()), lowest - cue.startMs);
    return {
      command: { type: "shift", from: cue.id, byMs: shiftMs },
      times: new Map(),
      ripple: { from: index, byMs: shiftMs },
    };
  }
  if (next === undefined) return nothing;
  const gapMs = Math.max(0, next.startMs - cue.endMs);
  const atMs = clamp(limits.snap(cue.endMs + byMs), cue.startMs + minCueMs, next.endMs - minCueMs - gapMs);
  return {
    command: { type: "roll", cue: cue.id, atMs },
    times: new Map([
      [cue.id, { startMs: cue.startMs, endMs: atMs }],
      [(next as EditCue).id, { startMs: atMs + gapMs, endMs: next.endMs }],
    ]),
  };
}
