/** The source of time; tests pass in their own. */
export interface Clock {
  /** Wall clock: for dates that are displayed or stored. */
  now(): Date;
  /** Milliseconds from an arbitrary start, never decreasing: for durations. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
};
