/** How long to wait before something is tried again; the station and its pages wait in the same way. Pure. */

export interface BackoffOptions {
  /** Tries that have failed so far, from 1. */
  readonly attempt: number;
  /** Wait after the first failure, in milliseconds. */
  readonly firstMs: number;
  /** Longest wait, in milliseconds; without it there is none. */
  readonly maxMs?: number | undefined;
  /** Factors between which chance chooses, so that what failed together does not come back together. */
  readonly jitter?: { readonly min: number; readonly max: number } | undefined;
  /** From 0 up to 1, for the jitter; a random number unless it is given. */
  readonly random?: number | undefined;
}

/** 2 ** 30 times any wait is beyond what a timer takes. */
const maxDoublings = 30;

/**
 * Doubles the wait with each failure, up to the longest one.
 * @returns whole milliseconds
 */
export function exponentialBackoffMs({ attempt, firstMs, maxMs = Infinity, jitter, random }: BackoffOptions): number {
  const doublings = Math.min(maxDoublings, Math.max(0, attempt - 1));
  const wait = Math.min(maxMs, firstMs * 2 ** doublings);
  if (jitter === undefined) return Math.round(wait);
  const factor = jitter.min + (jitter.max - jitter.min) * (random ?? Math.random());
  return Math.round(Math.min(maxMs, wait * factor));
}
