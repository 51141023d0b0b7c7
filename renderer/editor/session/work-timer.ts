/**
 * Measures the time that a person actually works: the time between two touches (a key, a click, the recording while it
 * plays) counts in full as long as they are close together; a longer pause counts for at most half a minute.
 */
import { hourMs } from "../../../electron/captions/time/durations.ts";

/** Maximum that a pause counts for, in milliseconds. */
const maxPauseMs = 30_000;
/** Maximum that one edit may claim, in milliseconds: the station rejects more. */
const maxEditMs = hourMs;

export class WorkTimer {
  readonly #now: () => number;
  #lastTouchMs: number;
  #workedMs = 0;

  /** @param now a monotonic clock in milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#lastTouchMs = now();
  }

  /** Records activity of the person. */
  touch(): void {
    const now = this.#now();
    this.#workedMs += Math.min(maxPauseMs, now - this.#lastTouchMs);
    this.#lastTouchMs = now;
  }

  /**
   * Records activity and restarts the count: each millisecond is claimed by one edit only.
   * @returns Milliseconds of work since the last call: the total for display, and the part that the edit may claim
   */
  take(): { readonly workedMs: number; readonly claimedMs: number } {
    this.touch();
    const workedMs = Math.round(this.#workedMs);
    this.#workedMs = 0;
    return { workedMs, claimedMs: Math.min(maxEditMs, workedMs) };
  }
}
