/**
 * Measures the time that a person really works: between two touches (a key, a click, the recording while it plays) all of
 * it counts as long as they are close together, and a pause counts for half a minute at most.
 */
import { hourMs } from "../../../electron/captions/time/durations.ts";

/** What a pause counts for at most, in milliseconds. */
const maxPauseMs = 30_000;
/** What one edit may claim at most, in milliseconds: the station refuses more. */
const maxEditMs = hourMs;

export class WorkTimer {
  readonly #now: () => number;
  #lastTouchMs: number;
  #workedMs = 0;

  /** @param now a clock in milliseconds that only goes forward */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#lastTouchMs = now();
  }

  /** The person does something. */
  touch(): void {
    const now = this.#now();
    this.#workedMs += Math.min(maxPauseMs, now - this.#lastTouchMs);
    this.#lastTouchMs = now;
  }

  /**
   * Touches, and begins to count anew: each millisecond is claimed by one edit.
   * @returns Milliseconds of work since the last call: all of them for the display, and what the edit may claim
   */
  take(): { readonly workedMs: number; readonly claimedMs: number } {
    this.touch();
    const workedMs = Math.round(this.#workedMs);
    this.#workedMs = 0;
    return { workedMs, claimedMs: Math.min(maxEditMs, workedMs) };
  }
}
