/** How far a transcription is, and how long it will take, from the speed that this machine shows. */
import type { Clock } from "../platform/clock.ts";

export interface Estimate {
  /** Share of the whole, from 0 to 1; never goes back. */
  readonly share: number;
  /** Milliseconds until the end; undefined until there is something to judge by. */
  readonly etaMs: number | undefined;
}

/** Decoding is that many times faster than recognising, before either has been measured. */
const decodeAdvantage = 40;
/** What comes after the last word: cues, summary, files. */
const afterwardsShare = 0.02;
/** An estimate from less than this is a guess. */
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
   * @param decodeMs sound that has to be decoded, 0 when that is done already
   * @param speechMs sound that has to be recognised
   */
  constructor(clock: Clock, decodeMs: number, speechMs: number) {
    this.#clock = clock;
    this.#decodeTotalMs = decodeMs;
    this.#speechTotalMs = speechMs;
  }

  /** How much of the sound is speech, once that is known; what came before was a guess from its length. */
  setSpeechMs(ms: number): void {
    this.#speechTotalMs = ms;
  }

  /** Sound decoded so far. */
  decoded(ms: number): Estimate {
    this.#decodedMs = Math.min(ms, this.#decodeTotalMs);
    return this.estimate();
  }

  /** Sound recognised so far, of what has to be recognised now. */
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
