/** What each deviation from the times and rows of captions costs. Only the proportions matter. */
import { minVisibleFrames } from "./limits.ts";
import type { Repair } from "./types.ts";

/** To be late at all is worse than anything that avoids it; each further frame costs more than the one before it. */
const lateCost = { once: 60, frame: 8, squared: 1 } as const;
const earlyCost = { once: 2, frame: 1 } as const;

/** What it costs to show a caption this many frames after its in-time; before it where negative. */
export function costOfOffset(frames: number): number {
  if (frames === 0) return 0;
  if (frames > 0) return lateCost.once + lateCost.frame * frames + lateCost.squared * frames ** 2;
  return earlyCost.once - earlyCost.frame * frames;
}

/** Each caption that is shown together with the one before it. */
export const joinCost = 15;
/** Their words share rows: more than one below the other, because the eye has no place where the second begins. */
export const reflowCost = 10;
/** Each row above two: more of the picture is covered. */
export const highRowCost = 20;

/** What it costs to replace a screen after this many frames: less than half a second can hardly be read. */
export function costOfFlash(frames: number): number {
  return 4 * Math.max(0, minVisibleFrames - frames);
}

/** What it costs to erase painted text this many frames before it has stayed for the minimum. */
export function costOfTail(frames: number): number {
  return frames > 0 ? 5 + frames ** 2 / 2 : 0;
}

/** For each screen. */
export const repairCosts: Readonly<Partial<Record<Repair, number>>> = {
  "erase-left-out": 2,
  "clear-left-out": 1,
  "moved-left": 3,
};
