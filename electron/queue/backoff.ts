/** How long a job waits between two tries. */
import { minuteMs, secondMs } from "../captions/time/durations.ts";
import { exponentialBackoffMs } from "../contract/backoff.ts";

export interface BackoffSettings {
  /** Wait before the second try, in seconds. */
  readonly retrySeconds: number;
  /** Longest wait, in minutes. */
  readonly retryMaxMinutes: number;
}

/**
 * Doubles with each try, up to the longest wait. A quarter of it is chance, so that jobs that failed together (a share
 * was away) do not come back together.
 * @param attempt tries so far, from 1
 * @param random from 0 up to 1
 * @returns milliseconds
 */
export function backoffMs({ retrySeconds, retryMaxMinutes }: BackoffSettings, attempt: number, random: number): number {
  const limits = { firstMs: retrySeconds * secondMs, maxMs: retryMaxMinutes * minuteMs };
  return exponentialBackoffMs({ attempt, ...limits, jitter: { min: 0.75, max: 1 }, random });
}
