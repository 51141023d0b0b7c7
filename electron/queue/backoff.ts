/** How long a job waits between two tries. */

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
  const longest = retryMaxMinutes * 60_000;
  const whole = Math.min(longest, retrySeconds * 1000 * 2 ** Math.min(30, Math.max(0, attempt - 1)));
  return Math.round(whole * (0.75 + 0.25 * random));
}
