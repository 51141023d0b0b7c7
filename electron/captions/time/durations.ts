/** Lengths of time in milliseconds. Here, because `captions` imports nothing outside itself, and everything may import it. */

export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
