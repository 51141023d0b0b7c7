/** Estimates a transcription's progress and remaining time from the measured speed of this machine. */
import type { Clock } from "../platform/clock.ts";

export interface Estimate {
  /** Fraction of the whole, from 0 to 1; never decreases. */
  readonly share: number;
  /** Milliseconds until the end; undefined until there is a basis for an estimate. */
  readonly etaMs: number | undefined;
}

/** Assumed ratio of decoding speed to recognition speed. */
const decodeAdvantage = 40;
/** Fraction of the work after the last word: cues, summary, files. */
const afterwardsShare = 0.02;
/** An estimate from less elapsed time than this would be a guess. */
const minMeasuredMs = 1500;

export class Estimator {
  readonly #clock: Clock;
  #speechTotalMs: number;
  readonly #decodeTotalMs: number;
  #decodedMs = 0;
  #spokenMs = 0;
  #speechStarted: number | undefined;
  #share = 0;

  /**
   * @param decodeMs audio to be decoded, in milliseconds; 0 if it is already decoded
   * @param speechMs audio to be recognized, in milliseconds
   */
  constructor(clock: Clock, decodeMs: number, speechMs: number) {
    this.#clock = clock;
    this.#decodeTotalMs = decodeMs;
    this.#speechTotalMs = speechMs;
  }

  /** Sets the amount of speech once it is known; until then it was guessed from the recording's length. */
  setSpeechMs(ms: number): void {
    this.#speechTotalMs = ms;
  }

  /** Reports the audio decoded so far, in milliseconds. */
  decoded(ms: number): Estimate {
    this.#decodedMs = Math.min(ms, this.#decodeTotalMs);
    return this.estimate();
  }

  /** Reports the audio recognized so far in this run, in milliseconds. */
  recognized(ms: number): Estimate {
    this.#speechStarted ??= this.#clock.monotonicMs();
    this.#decodedMs = this.#decodeTotalMs;
    this.#spokenMs = Math.min(ms, this.#speechTotalMs);
    return this.estimate();
  }

  estimate(): Estimate {
    const total = this.#decodeTotalMs / decodeAdvantage + this.#speechTotalMs;
    const done = this.#decodedMs / decodeAdvantage + this.#spokenMs;
    const share = total === 0 ? 1 : done / total;
    this.#share = Math.max(this.#share, share * (1 - afterwardsShare));
    return { share: this.#share, etaMs: this.#eta() };
  }

  #eta(): number | undefined {
    if (this.#speechStarted === undefined || this.#spokenMs === 0) return undefined;
    const elapsed = this.#clock.monotonicMs() - this.#speechStarted;
    if (elapsed < minMeasuredMs) return undefined;
    return ((this.#speechTotalMs - this.#spokenMs) * elapsed) / this.#spokenMs;
  }
}
