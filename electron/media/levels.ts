/**
 * Loudness of every 20 ms, and the silences derived from it. Council rooms hum: a fixed threshold finds no silence in a
 * noisy room and nothing but silence in a quiet one, so the threshold lies between the recording's own noise floor and
 * its own speech level.
 */
import type { TimeSpan } from "../captions/time/span.ts";
import { GrowingBytes } from "./growing-bytes.ts";
import { sampleRate } from "./peaks.ts";

export const levelsPerSecond = 50;
export const samplesPerLevel = sampleRate / levelsPerSecond;
const frameMs = 1000 / levelsPerSecond;

/** Decibels below full scale that stand for digital silence. */
export const quietest = 96;
/** Decibels below full scale at which no microphone is open; quieter levels do not count toward the noise floor. */
const digitalSilence = 80;

/** Collects levels from 16-bit samples: one byte per 20 ms, decibels below full scale (0 loudest, 96 silent). */
export class LevelReducer {
  readonly #levels = new GrowingBytes();
  #energy = 0;
  #count = 0;

  push(samples: Int16Array): void {
    for (let from = 0; from < samples.length; ) {
      const to = Math.min(samples.length, from + samplesPerLevel - this.#count);
      this.#energy += sumSquares(samples, from, to);
      this.#count += to - from;
      from = to;
      if (this.#count < samplesPerLevel) break;
      this.#levels.push(toLevel(this.#energy / this.#count));
      this.#energy = 0;
      this.#count = 0;
    }
  }

  finish(): Uint8Array {
    if (this.#count > 0) this.#levels.push(toLevel(this.#energy / this.#count));
    this.#count = 0;
    return this.#levels.bytes();
  }
}

/** A loop of its own, without a state: every sample of every recording goes through it. */
function sumSquares(samples: Int16Array, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index++) {
    const sample = samples[index] as number;
    sum += sample * sample;
  }
  return sum;
}

function toLevel(meanSquare: number): number {
  if (meanSquare < 1) return quietest;
  const below = -10 * Math.log10(meanSquare / (32_768 * 32_768));
  return Math.round(Math.min(quietest, Math.max(0, below)));
}

/** The level from which on this recording counts as silent, in decibels below full scale (higher is quieter). */
export function silenceThreshold(levels: Uint8Array): number {
  const histogram = new Uint32Array(quietest + 1);
  let counted = 0;
  for (const level of levels) {
    if (level < digitalSilence) {
      histogram[level] = (histogram[level] as number) + 1;
      counted++;
    }
  }
  // The recording is digital silence only: all of it counts as silent.
  if (counted === 0) return 0;
  const percentile = (share: number): number => {
    let left = counted * share;
    for (let level = 0; level < digitalSilence; level++) {
      left -= histogram[level] as number;
      if (left <= 0) return level;
    }
    return digitalSilence;
  };
  const speech = percentile(0.1);
  const floor = percentile(0.9);
  // Less than 6 dB between loud and quiet is one steady sound: only digital silence counts as silent.
  if (floor - speech < 6) return digitalSilence;
  return Math.round(floor - (floor - speech) * 0.3);
}

/**
 * Finds the spans that are silent for at least `minMs` milliseconds.
 * @param levels one byte per 20 ms, from `LevelReducer`
 */
export function findSilences(levels: Uint8Array, minMs = 300): readonly TimeSpan[] {
  const threshold = silenceThreshold(levels);
  const silences: TimeSpan[] = [];
  let start = -1;
  for (let index = 0; index <= levels.length; index++) {
    const silent = index < levels.length && (levels[index] as number) > threshold;
    if (silent && start < 0) start = index;
    if (!silent && start >= 0) {
      if ((index - start) * frameMs >= minMs) silences.push({ startMs: start * frameMs, endMs: index * frameMs });
      start = -1;
    }
  }
  return silences;
}

/**
 * Marks each 20 ms that is louder than the room.
 * @param levels one byte per 20 ms, from `LevelReducer`
 * @param lead samples of silence before them
 * @returns one byte per 20 ms: 1 or 0. A steady sound (hum, tone, noise) is not louder than itself
 */
export function findActivity(levels: Uint8Array, lead: number): Uint8Array {
  const threshold = silenceThreshold(levels);
  const skipped = Math.max(0, Math.round(lead / samplesPerLevel));
  const activity = new Uint8Array(skipped + levels.length);
  if (threshold === digitalSilence) return activity;
  for (let index = 0; index < levels.length; index++) {
    if ((levels[index] as number) <= threshold) activity[skipped + index] = 1;
  }
  return activity;
}
