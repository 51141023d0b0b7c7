/** The person's editor preferences, independent of the open meeting; stored in this browser. */

import { z } from "zod";
import { type Clock, clocks } from "./timecode-text.ts";

/** Default number of words per hour of meeting that are marked as suspicious. */
export const defaultSuspicionsPerHour = 120;

const suspicionsName = "archivist-marks-per-hour";

export const getSuspicionsPerHour = (): number =>
  Number(localStorage.getItem(suspicionsName) ?? defaultSuspicionsPerHour);

export const setSuspicionsPerHour = (value: number): void => localStorage.setItem(suspicionsName, String(value));

const playbackName = "archivist-playback";
const playbackSchema = z.object({ rate: z.number().min(0.1).max(4), volume: z.number().min(0).max(1) });
type PlaybackPreferences = z.infer<typeof playbackSchema>;

/** What another version or a person has written there is not trusted. */
function readJson(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/** Speed and volume of the player. */
export const getPlayback = (): PlaybackPreferences =>
  playbackSchema.safeParse(readJson(playbackName)).data ?? { rate: 1, volume: 1 };

export const setPlayback = (value: PlaybackPreferences): void =>
  localStorage.setItem(playbackName, JSON.stringify(value));

const clockName = "archivist-clock";

/** How the place in the recording is shown. */
export const getClock = (): Clock => z.enum(clocks).catch("smpte").parse(localStorage.getItem(clockName));

export const setClock = (value: Clock): void => localStorage.setItem(clockName, value);
