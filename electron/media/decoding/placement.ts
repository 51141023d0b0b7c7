/**
 * Decides where a stream's sound belongs on the recording's own clock, which begins with its first picture or sound.
 * Pure. All numbers are samples at 16 kHz.
 */
import { sampleRate } from "../peaks.ts";
import type { ClockStep, RepairedClock } from "./clock-repair.ts";

/** The picture's clock jumps: its time before the jump and after it, as stamps say them. */
export interface PictureJump {
  readonly from: number;
  readonly to: number;
}

export interface PlacementRequest {
  readonly clock: RepairedClock;
  /** Samples of the whole sound. */
  readonly count: number;
  /** Stamp of the first sound or picture of the recording. */
  readonly zero: number;
  /** Undefined: there is no picture. */
  readonly pictureJumps: readonly PictureJump[] | undefined;
  /** Length of the picture from its first frame; undefined when it is not known. */
  readonly pictureLength: number | undefined;
  /** True for formats whose clock may be set anew (streams): players do not wait for what a jump skips. */
  readonly mayJump: boolean;
}

export interface Placement {
  /** Silence before the first sample. */
  readonly lead: number;
  /** In order: silence that is inserted before a sample, or samples that are skipped from it on (negative). */
  readonly steps: readonly ClockStep[];
  /** Jumps of the picture's clock that sound and picture take together. */
  readonly restarts: readonly PictureJump[];
}

const second = sampleRate;
/** A jump that sound and picture share is a restart from here on: ffmpeg's and most players' limit. */
const restart = 10 * second;
/** How far apart sound and picture may lie where both jump: streams are interleaved loosely. */
const nearby = 15 * second;
/** A clock is never set back further than this without a restart. */
const maxOverlap = 10 * second;
/** How much longer than the picture sound may plausibly be. */
const maxExcess = 10 * second;
/** Sound that begins later than this after the picture has a wrong first stamp. */
const maxLead = 30 * 60 * second;

/** Finds the picture's own jump at the same place. */
function findShared(jumps: readonly PictureJump[], before: number, after: number): PictureJump | undefined {
  return jumps.find(({ from, to }) => Math.abs(from - before) < nearby && Math.abs(to - after) < nearby);
}

interface JudgedStep {
  /** The silence that belongs there; negative: samples to skip. */
  readonly change: number;
  readonly restart?: PictureJump;
}

/** At a restart, sound goes on with the picture; elsewhere it keeps its time. */
function judgeStep(request: PlacementRequest, change: number, before: number): JudgedStep {
  const { pictureJumps, mayJump } = request;
  const shared = pictureJumps && findShared(pictureJumps, before, before + change);
  const isLarge = Math.abs(change) > restart;
  if (pictureJumps === undefined) return { change: change < 0 || (isLarge && mayJump) ? 0 : change };
  if (shared !== undefined && (change < 0 || (isLarge && mayJump))) {
    // The picture goes on at once; the sound keeps its distance to it.
    const distance = before + change - shared.to - (before - shared.from);
    return { change: Math.abs(distance) < restart ? distance : 0, restart: shared };
  }
  return { change: change < -maxOverlap ? 0 : change };
}

/** Takes out the longest silences until the sound no longer outlasts the picture: their stamps were wrong. */
function withinPicture(request: PlacementRequest, lead: number, steps: readonly ClockStep[]): readonly ClockStep[] {
  const { pictureLength, count } = request;
  if (pictureLength === undefined) return steps;
  let kept = steps;
  const lengthWith = (list: readonly ClockStep[]): number =>
    list.reduce((sum, { change }) => sum + change, lead + count);
  while (kept.length > 0 && lengthWith(kept) > Math.max(pictureLength, lead + count) + maxExcess) {
    const longest = kept.reduce((a, b) => (b.change > a.change ? b : a));
    kept = kept.filter((step) => step !== longest);
  }
  return kept;
}

/** Places a stream's sound. */
export function placeSound(request: PlacementRequest): Placement {
  const { clock, zero } = request;
  const early = clock.start - zero;
  const lead = early > 0 && early < maxLead ? early : 0;
  let stamp = clock.start;
  let sample = 0;
  const restarts: PictureJump[] = [];
  const steps = clock.steps.map((step): ClockStep => {
    const before = stamp + (step.sample - sample);
    sample = step.sample;
    stamp = before + step.change;
    const judged = judgeStep(request, step.change, before);
    if (judged.restart !== undefined) restarts.push(judged.restart);
    return { sample, change: judged.change };
  });
  const moved = steps.filter(({ change }) => change !== 0);
  return { lead, steps: withinPicture(request, lead, moved), restarts };
}

/** The length of the placed sound. */
export function getPlacedLength({ lead, steps }: Placement, count: number): number {
  return Math.max(
    0,
    steps.reduce((sum, { change }) => sum + change, lead + count),
  );
}
