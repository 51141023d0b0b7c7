/** Times as a person reads and types them: SMPTE timecode (drop-frame) or a clock. Pure. */
import { frameToMs, msToFrame } from "../../../electron/captions/time/frame-rate.ts";
import {
  formatTimecode,
  isMissingLabel,
  parseTimecode,
  timecodeToFrame,
} from "../../../electron/captions/time/timecode.ts";

export const clocks = ["smpte", "clock"] as const;
/** `smpte`: `00:06:17;21`; `clock`: `00:06:17.7`. */
export type Clock = (typeof clocks)[number];

const two = (value: number): string => String(value).padStart(2, "0");

/** @param ms from the start of the recording */
export function formatPlace(ms: number, clock: Clock): string {
  if (clock === "smpte") return formatTimecode(msToFrame(ms));
  const seconds = Math.floor(ms / 1000);
  const whole = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  return `${whole}.${Math.floor((ms % 1000) / 100)}`;
}

/**
 * The place that a person has typed: a timecode, a clock with or without hours and fractions, or seconds alone with a
 * point or an `s`.
 * @returns Milliseconds from the start of the recording; undefined where it is no time
 */
export function parsePlace(text: string): number | undefined {
  const typed = text.trim();
  const timecode = /^\d{2}:\d{2}:\d{2}[;:]\d{2}$/.test(typed) ? parseTimecode(typed) : undefined;
  if (timecode !== undefined) {
    return isMissingLabel(timecode) ? undefined : frameToMs(timecodeToFrame(timecode));
  }
  const clock = /^(?:(\d{1,2}):)?(\d{1,3}):([0-5]?\d)(?:[.,](\d{1,3}))?$/.exec(typed);
  if (clock !== null) {
    const [, hours = "0", minutes = "0", seconds = "0", fraction = ""] = clock;
    if (clock[1] !== undefined && Number(minutes) > 59) return undefined;
    const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
    return whole * 1000 + Number(fraction.padEnd(3, "0"));
  }
  const seconds = /^(\d{1,6})(?:[.,](\d{1,3}))?\s*s?$/.exec(typed);
  if (seconds === null || (seconds[2] === undefined && !typed.endsWith("s"))) return undefined;
  return Number(seconds[1]) * 1000 + Number((seconds[2] ?? "").padEnd(3, "0"));
}
