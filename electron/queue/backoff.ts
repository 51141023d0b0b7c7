/** Delay between two attempts of a job. */
import { minuteMs, secondMs } from "../captions/time/durations.ts";
import { exponentialBackoffMs } from "../contract/backoff.ts";

export interface BackoffSettings {
  /** Delay before the second attempt, in seconds. */
  readonly retrySeconds: number;
  /** Maximum delay, in minutes. */
  readonly retryMaxMinutes: number;
}

/**
 * Exponential backoff: doubles with each attempt, up to the maximum. A quarter of the delay is random, so that jobs
 * that failed together (a share was away) do not all retry together.
 * @param attempt attempts so far, from 1
 * @param random from 0 up to 1
 * @returns milliseconds
 */
export function backoffMs({ retrySeconds, retryMaxMinutes }: BackoffSettings, attempt: number, random: number): number {
  const limits = { firstMs: retrySeconds * secondMs, maxMs: retryMaxMinutes * minuteMs };
  return exponentialBackoffMs({ attempt, ...limits, jitter: { min: 0.75, max: 1 }, random });
}
