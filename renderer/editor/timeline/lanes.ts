/** The lanes of the timeline from its top, in CSS pixels: ruler, captions, speakers, sound. */
export const lanes = {
  ruler: { top: 0, height: 20 },
  captions: { top: 21, height: 28 },
  speakers: { top: 51, height: 15 },
  /** Down to the lower edge. */
  sound: { top: 69 },
} as const;

export type Lane = keyof typeof lanes;

/** @param y from the top of the timeline */
export function findLane(y: number): Lane {
  if (y < lanes.captions.top) return "ruler";
  if (y < lanes.speakers.top) return "captions";
  return y < lanes.sound.top ? "speakers" : "sound";
}

/** Steps of the ruler, in milliseconds. */
const steps = [
  100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000,
] as const;
/** Labels of the ruler need at least so many pixels. */
const labelPixels = 86;

/** Time between two labels of the ruler, in milliseconds. */
export const findRulerStep = (msPerPixel: number): number =>
  steps.find((step) => step / msPerPixel >= labelPixels) ?? steps[steps.length - 1] ?? 3_600_000;
