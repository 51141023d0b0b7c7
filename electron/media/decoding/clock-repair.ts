/**
 * Finds what a stream's clock really does, out of time stamps of which some are wrong. Pure.
 *
 * Sound runs by itself: each frame follows the one before. Its stamps say where it belongs, and the difference between
 * a stamp and the length of the sound so far (the deviation) changes only where sound is missing or the clock was set.
 * A stamp, or a run of them, that contradicts what comes before and what comes after is wrong, and is not followed.
 *
 * All numbers are samples at 16 kHz.
 */

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

const second = 16_000;
/** How far a stamp's neighbors reach to either side: jitter of ±300 ms averages out over ten seconds of frames. */
const reach = 5 * second;
/** A change of the clock that is followed. Less is rounding, or a drift that has not added up yet. */
const minStep = 0.04 * second;
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

/** The median of the deviations around each point: a run of wrong stamps that is shorter than `reach` vanishes. */
function getMedians(points: readonly StampPoint[], count: number): Level[] {
  const levels: Level[] = [];
  const endOf = (index: number): number => points[index + 1]?.sample ?? count;
  let first = 0;
  for (let index = 0; index < points.length; ) {
    const { sample } = points[index] as StampPoint;
    let last = index;
    const middleOf = (): number => (sample + endOf(last)) / 2;
    while ((points[first] as StampPoint).sample < sample && endOf(first) <= middleOf() - reach) first++;
    let upTo = last;
    while (upTo + 1 < points.length && (points[upTo + 1] as StampPoint).sample < middleOf() + reach) upTo++;
    if (upTo - first > noisyPoints) while (last + 1 < points.length && endOf(last) - sample < noisyBlock) last++;
    const [from, to] = [middleOf() - reach, middleOf() + reach];
    const values: { value: number; weight: number }[] = [];
    for (let near = first; near < points.length; near++) {
      const point = points[near] as StampPoint;
      if (point.sample >= to) break;
      const weight = Math.min(endOf(near), to) - Math.max(point.sample, from);
      if (weight > 0) values.push({ value: point.deviation, weight });
    }
    levels.push({ sample, level: getWeightedMedian(values) });
    index = last + 1;
  }
  return levels;
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
    const back = findReturn(levels, index, before.level);
    const isAway = Math.abs(level.level - before.level) >= sameLevel;
    if (isAway && back >= 0 && isDetour(levels, index, back, before.level)) {
      index = back - 1;
      continue;
    }
    if (Math.abs(level.level - before.level) >= minStep) kept.push(level);
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
  const levels = withoutExcursions(getSteps(getMedians(points, count)));
  const start = levels[0]?.level ?? 0;
  const steps = levels.slice(1).map(({ sample, level }, index) => ({
    sample,
    change: level - (levels[index] as Level).level,
  }));
  return { start, steps };
}
