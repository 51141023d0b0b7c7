/** The caption modes. */
export const captionModes = ["pop-on", "roll-up-2", "roll-up-3", "roll-up-4", "paint-on"] as const;
export type SccMode = (typeof captionModes)[number];
