/**
 * Durations in milliseconds. They are here because `captions` imports nothing outside of itself, and every folder may
 * import it.
 */

export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
