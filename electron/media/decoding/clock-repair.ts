/**
 * Finds what a stream's clock really does, out of time stamps of which some are wrong. Pure.
 *
 * Sound runs by itself: each frame follows the one before. Its stamps say where it belongs, and the difference between
 * a stamp and the length of the sound so far (the deviation) changes only where sound is missing or the clock was set.
 * A stamp, or a run of them, that contradicts what comes before and what comes after is wrong, and is not followed.
 *
 * All numbers are samples at 16 kHz.
 */

import { sampleRate } from "../peaks.ts";

/** From this sample on, until the next point, the stamps are ahead of the sound by the deviation. */
export interface StampPoint {
  readonly sample: number;
  readonly deviation: number;
}

/** The clock changes before a sample: forward where sound is missing, backward where it was set back. */
export interface ClockStep {
  readonly sample: number;
  readonly change: number;
}

export interface RepairedClock {
  /** The stamp of the first sample. */
  readonly start: number;
  /** In order. */
  readonly steps: readonly ClockStep[];
}

const second = sampleRate;
/** How far a stamp's neighbors reach to either side: jitter of ±300 ms averages out over ten seconds of frames. */
const reach = 5 * second;
/** A change of the clock that is followed. Less is rounding, or a drift that has not added up yet. */
const minStep = 0.04 * second;
/** A first or last level that is shorter than this is a wrong stamp. */
const minEnd = second;
/** Points within reach from which on stamps count as noisy, and are looked at in blocks. */
const noisyPoints = 24;
const noisyBlock = second / 2;
/** How exactly the clock has to come back for the time in between to count as wrongly stamped. */
const sameLevel = 0.3 * second;

interface Level {
  readonly sample: number;
  readonly level: number;
}

/** The value at which half of the weight is reached. */
function getWeightedMedian(values: { value: number; weight: number }[]): number {
  values.sort((a, b) => a.value - b.value);
  const half = values.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let sum = 0;
  for (const { value, weight } of values) {
    sum += weight;
    if (sum >= half) return value;
  }
  return values.at(-1)?.value ?? 0;
}

/**
 * The median of the deviations around each point: a run of wrong stamps that is shorter than `reach` vanishes. Near the
 * ends the neighborhood shrinks to both sides alike, so that a gap soon after the begin stays where it is.
 */
function getMedians(points: readonly StampPoint[], count: number): Level[] {
  const levels: Level[] = [];
  const isNoisy = {
    begin: isNoisyBetween(points, 0, noisyEdge),
    end: isNoisyBetween(points, count - noisyEdge, count),
  };
  const findEnd = (index: number): number => points[index + 1]?.sample ?? count;
  let first = 0;
  for (let index = 0; index < points.length; ) {
    const { sample } = points[index] as StampPoint;
    while ((points[first] as StampPoint).sample < sample && findEnd(first) <= sample - reach) first++;
    let last = index;
    let near = index;
    while (near + 1 < points.length && (points[near + 1] as StampPoint).sample < sample + reach) near++;
    if (near - first > noisyPoints) {
      while (last + 1 < points.length && findEnd(last) - sample < noisyBlock) last++;
    }
    const middle = (sample + findEnd(last)) / 2;
    const [from, to] = getNeighborhood(middle, count, isNoisy);
    levels.push({ sample, level: getWeightedMedian(weigh(points, first, from, to, count)) });
    index = last + 1;
  }
  return levels;
}

/** Deviations that a median is taken of at most. */
const maxWeighed = 96;
/** At least this many changes in two seconds are noise, and not gaps. */
const noisyChanges = 5;
const noisyEdge = 2 * second;

const isNoisyBetween = (points: readonly StampPoint[], from: number, to: number): boolean =>
  points.filter(({ sample }) => sample >= from && sample < to).length >= noisyChanges;

/** The samples around a middle; near a quiet end of the sound no more to the one side than to the other. */
function getNeighborhood(
  middle: number,
  count: number,
  isNoisy: { readonly begin: boolean; readonly end: boolean },
): readonly [from: number, to: number] {
  const before = isNoisy.begin ? reach : Math.min(reach, middle);
  const after = isNoisy.end ? reach : Math.min(reach, count - middle);
  const width = Math.min(before, after);
  return [middle - width, middle + width];
}

/** The deviations between two samples, each weighted by how long it holds. */
function weigh(
  points: readonly StampPoint[],
  first: number,
  from: number,
  to: number,
  count: number,
): { value: number; weight: number }[] {
  const values: { value: number; weight: number }[] = [];
  for (let index = first; index < points.length; index++) {
    const { sample, deviation } = points[index] as StampPoint;
    if (sample >= to) break;
    const weight = Math.min(points[index + 1]?.sample ?? count, to) - Math.max(sample, from);
    if (weight > 0) values.push({ value: deviation, weight });
  }
  // Of pure noise a sample is enough, and ten times as fast to sort.
  const every = Math.ceil(values.length / maxWeighed);
  return every === 1 ? values : values.filter((_, index) => index % every === 0);
}

/** Drops a level at an end of the sound that holds for too short a time to be believed against its neighbor. */
function withoutShortEnds(levels: readonly Level[], count: number): readonly Level[] {
  const last = levels.at(-1);
  const isShort = levels.length > 1 && last !== undefined && count - last.sample < minEnd;
  return withoutShortBegin(isShort ? levels.slice(0, -1) : levels);
}

function withoutShortBegin(levels: readonly Level[]): readonly Level[] {
  const [first, next] = levels;
  if (first === undefined || next === undefined || next.sample - first.sample >= minEnd) return levels;
  return [{ sample: first.sample, level: next.level }, ...levels.slice(2)];
}

/** Levels that differ from the one before by at least the smallest step. */
function getSteps(levels: readonly Level[]): Level[] {
  const steps: Level[] = [];
  for (const level of levels) {
    const before = steps.at(-1);
    if (before === undefined || Math.abs(level.level - before.level) >= minStep) steps.push(level);
  }
  return steps;
}

/** Removes what goes away and comes back: following it would silence sound, or shift it, for no reason. */
function withoutExcursions(levels: readonly Level[]): Level[] {
  const kept: Level[] = [];
  for (let index = 0; index < levels.length; index++) {
    const level = levels[index] as Level;
    const before = kept.at(-1);
    if (before === undefined) {
      kept.push(level);
      continue;
    }
    const distance = Math.abs(level.level - before.level);
    const back = distance < sameLevel ? -1 : findReturn(levels, index, before.level);
    if (back >= 0 && isDetour(levels, index, back, before.level)) index = back - 1;
    else if (distance >= minStep) kept.push(level);
  }
  return kept;
}

/** Levels to look ahead for the clock to come back: keeps the search short on a clock that never rests. */
const maxLevelsAway = 200;

function findReturn(levels: readonly Level[], from: number, home: number): number {
  const upTo = Math.min(levels.length, from + maxLevelsAway);
  for (let at = from + 1; at < upTo; at++) {
    if (Math.abs((levels[at] as Level).level - home) < sameLevel) return at;
  }
  return -1;
}

/** True when all levels on the way lie on one side: they went away and came back. */
function isDetour(levels: readonly Level[], from: number, to: number, home: number): boolean {
  const away = levels.slice(from, to).map(({ level }) => Math.sign(level - home));
  return away.every((sign) => sign === away[0]);
}

/**
 * Repairs a clock.
 * @param points in order; the first one is at sample 0
 * @param count samples of the whole sound
 */
export function repairClock(points: readonly StampPoint[], count: number): RepairedClock {
  const levels = withoutExcursions(withoutShortEnds(getSteps(getMedians(points, count)), count));
  const start = levels[0]?.level ?? 0;
  const steps = levels.slice(1).map(({ sample, level }, index) => ({
    sample,
    change: level - (levels[index] as Level).level,
  }));
  return { start, steps };
}
