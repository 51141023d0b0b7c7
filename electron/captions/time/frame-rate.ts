/**
 * Frame rates as exact fractions. Seconds are frames × denominator / numerator; 29.97 as a floating-point number
 * drifts by seconds over a long meeting (electron/captions/cea608/README.md, "Timecode arithmetic").
 */
export interface FrameRate {
  /** Frames in `denominator` seconds. */
  readonly numerator: number;
  readonly denominator: number;
  /** Frames per second that timecode labels count. */
  readonly nominal: number;
}

/** The frame rates of caption files. SCC means 29.97 unless stated otherwise. */
export const frameRates = {
  "23.976": { numerator: 24_000, denominator: 1001, nominal: 24 },
  "24": { numerator: 24, denominator: 1, nominal: 24 },
  "25": { numerator: 25, denominator: 1, nominal: 25 },
  "29.97": { numerator: 30_000, denominator: 1001, nominal: 30 },
  "30": { numerator: 30, denominator: 1, nominal: 30 },
} as const satisfies Record<string, FrameRate>;

/** NTSC: 30000/1001 frames a second. */
export const ntsc: FrameRate = frameRates["29.97"];

/** The frame nearest to a time. Exact for times up to 24 hours (products stay below 2^53). */
export function msToFrame(ms: number, rate: FrameRate = ntsc): number {
  const divisor = 1000 * rate.denominator;
  return Math.floor((ms * rate.numerator + divisor / 2) / divisor);
}

/** The time at which a frame begins, rounded once to the nearest millisecond. */
export function frameToMs(frame: number, rate: FrameRate = ntsc): number {
  return Math.round((frame * 1000 * rate.denominator) / rate.numerator);
}
