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

/** `2026-11-20`, in local time: the date that an editor would write on a folder. */
export function localDate(date: Date): string {
  const pad = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}
