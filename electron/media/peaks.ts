/**
 * Waveform peaks: the smallest and greatest sample of every 10 ms, 8 bits each, in the format of BBC audiowaveform
 * (`.dat`, version 1), so that other tools can read them. One hour takes 0.7 MB.
 */
import { GrowingBytes } from "./growing-bytes.ts";

export const sampleRate = 16_000;
export const peaksPerSecond = 100;
const samplesPerPeak = sampleRate / peaksPerSecond;
const headerBytes = 20;

/** Collects peaks from a stream of 16-bit samples. */
export class PeakReducer {
  readonly #pairs = new GrowingBytes();
  #minimum = 32_767;
  #maximum = -32_768;
  #count = 0;

  push(samples: Int16Array): void {
    for (let from = 0; from < samples.length; ) {
      const to = Math.min(samples.length, from + samplesPerPeak - this.#count);
      let minimum = this.#minimum;
      let maximum = this.#maximum;
      for (let index = from; index < to; index++) {
        const sample = samples[index] as number;
        if (sample < minimum) minimum = sample;
        if (sample > maximum) maximum = sample;
      }
      this.#count += to - from;
      from = to;
      const isWhole = this.#count === samplesPerPeak;
      if (isWhole) this.#pairs.push(minimum >> 8, maximum >> 8);
      this.#minimum = isWhole ? 32_767 : minimum;
      this.#maximum = isWhole ? -32_768 : maximum;
      if (isWhole) this.#count = 0;
    }
  }

  /** Returns the whole file: header and min/max pairs. */
  finish(): Buffer {
    if (this.#count > 0) this.#pairs.push(this.#minimum >> 8, this.#maximum >> 8);
    this.#count = 0;
    return joinPeaks(this.#pairs.bytes());
  }
}

/** The whole file of minimum and maximum pairs. */
export function joinPeaks(pairs: Uint8Array): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeInt32LE(1, 0);
  // Flag 1: 8-bit values.
  header.writeUInt32LE(1, 4);
  header.writeInt32LE(sampleRate, 8);
  header.writeInt32LE(samplesPerPeak, 12);
  header.writeUInt32LE(pairs.length / 2, 16);
  return Buffer.concat([header, pairs]);
}

/** The pairs of a whole file. */
export const splitPeaks = (peaks: Buffer): Uint8Array => peaks.subarray(headerBytes);

/** Length of quiet, in milliseconds, that a cut between two words needs. */
const quietMs = 200;

/**
 * Finds the quietest time between two times: the middle of the span with the smallest peaks.
 * @param peaks a whole file as `PeakReducer` writes it
 */
export function quietestPoint(peaks: Buffer, fromMs: number, toMs: number): number {
  const count = peaks.readUInt32LE(16);
  const peakMs = 1000 / peaksPerSecond;
  const width = quietMs / peakMs;
  const first = Math.max(0, Math.floor(fromMs / peakMs));
  const last = Math.min(count, Math.ceil(toMs / peakMs));
  const height = (index: number): number =>
    peaks.readInt8(headerBytes + index * 2 + 1) - peaks.readInt8(headerBytes + index * 2);
  let sum = 0;
  let best = first;
  let bestSum = Number.POSITIVE_INFINITY;
  for (let index = first; index < last; index++) {
    sum += height(index);
    if (index - first >= width) sum -= height(index - width);
    if (index - first >= width - 1 && sum < bestSum) {
      bestSum = sum;
      best = index;
    }
  }
  return Math.round((best + 1 - width / 2) * peakMs);
}
