/** Exponential backoff for retries, used by the station and its pages. Pure. */

export interface BackoffOptions {
  /** Attempts that have failed so far, from 1. */
  readonly attempt: number;
  /** Wait after the first failure, in milliseconds. */
  readonly firstMs: number;
  /** Longest wait, in milliseconds; not limited when absent. */
  readonly maxMs?: number | undefined;
  /** Range of the random factor, so that clients that failed together do not retry together. */
  readonly jitter?: { readonly min: number; readonly max: number } | undefined;
  /** 0 up to 1, for the jitter; a random number when absent. */
  readonly random?: number | undefined;
}

/** 2 ** 30 times any wait exceeds the range of a timer. */
const maxDoublings = 30;

/**
 * Doubles the wait with each failure, up to `maxMs`.
 * @returns whole milliseconds
 */
export function exponentialBackoffMs({ attempt, firstMs, maxMs = Infinity, jitter, random }: BackoffOptions): number {
  const doublings = Math.min(maxDoublings, Math.max(0, attempt - 1));
  const wait = Math.min(maxMs, firstMs * 2 ** doublings);
  if (jitter === undefined) return Math.round(wait);
  const factor = jitter.min + (jitter.max - jitter.min) * (random ?? Math.random());
  return Math.round(Math.min(maxMs, wait * factor));
}
