/**
 * SMPTE timecode labels. Drop-frame and non-drop-frame run at the same speed; only the labels differ: drop-frame
 * leaves out the labels ;00 and ;01 at the start of every minute that is not a multiple of ten
 * (electron/captions/cea608/README.md, "Timecode arithmetic").
 */
import { type FrameRate, ntsc } from "./frame-rate.ts";

const framesPerMinuteDropped = 1798;
const framesPerTenMinutesDropped = 17_982;

/** Frame rate and labeling of a timecode. */
export interface TimecodeStyle {
  readonly rate: FrameRate;
  /** Only 29.97 has drop-frame labels; for other rates this must be false. */
  readonly dropFrame: boolean;
}

export const dropFrameStyle: TimecodeStyle = { rate: ntsc, dropFrame: true };
export const nonDropFrameStyle: TimecodeStyle = { rate: ntsc, dropFrame: false };

/** A parsed label. */
export interface Timecode {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly frames: number;
  /** Derived from the separator: `;`, `,` or `.` before the frames means drop-frame. */
  readonly dropFrame: boolean;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** Hours after which timecode wraps: the label after 23:59:59 is 00:00:00. */
export const timecodeHours = 24;

/** The number of frames after which labels begin again. */
export function countDayFrames({ rate, dropFrame }: TimecodeStyle): number {
  const drops = dropFrame && hasDropFrame(rate);
  return drops ? framesPerTenMinutesDropped * 6 * timecodeHours : rate.nominal * 3600 * timecodeHours;
}

/**
 * The label of a frame: `HH:MM:SS;FF` (drop-frame) or `HH:MM:SS:FF`. Frames count from 0 at 00:00:00; after a day the
 * labels begin again.
 */
export function formatTimecode(frame: number, style: TimecodeStyle = dropFrameStyle): string {
  const day = countDayFrames(style);
  const inDay = ((frame % day) + day) % day;
  let counted = inDay;
  if (style.dropFrame) {
    const tens = Math.floor(inDay / framesPerTenMinutesDropped);
    const rest = inDay % framesPerTenMinutesDropped;
    const minutes = rest >= 2 ? Math.floor((rest - 2) / framesPerMinuteDropped) : 0;
    counted = inDay + 18 * tens + 2 * minutes;
  }
  const base = style.rate.nominal;
  const seconds = Math.floor(counted / base);
  const label = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  return `${label}${style.dropFrame ? ";" : ":"}${two(counted % base)}`;
}

/** Parses a label; undefined when it is not valid. Reads `;`, `,` and `.` as drop-frame, as ttconv does. */
export function parseTimecode(label: string): Timecode | undefined {
  const match = /^(\d{2}):([0-5]\d):([0-5]\d)([:;,.])(\d{2})$/.exec(label.trim());
  if (!match) return undefined;
  const [, hours, minutes, seconds, separator, frames] = match;
  return {
    hours: Number(hours),
    minutes: Number(minutes),
    seconds: Number(seconds),
    frames: Number(frames),
    dropFrame: separator !== ":",
  };
}

/** True for 29.97, the only rate whose labels skip numbers. At other rates `;`, `.` and `,` are just separators. */
export function hasDropFrame(rate: FrameRate): boolean {
  return rate.nominal === 30 && rate.denominator === 1001;
}

/** True for a label that does not exist: drop-frame ;00 and ;01, a frame number past the rate, an hour past 23. */
export function isMissingLabel(timecode: Timecode, rate: FrameRate = ntsc): boolean {
  if (timecode.frames >= rate.nominal || timecode.hours >= timecodeHours) return true;
  const drops = timecode.dropFrame && hasDropFrame(rate);
  return drops && timecode.seconds === 0 && timecode.minutes % 10 !== 0 && timecode.frames < 2;
}

/** The frame of a label. A label that does not exist gives the frame that it would have been. */
export function timecodeToFrame(timecode: Timecode, rate: FrameRate = ntsc): number {
  const minutes = timecode.hours * 60 + timecode.minutes;
  const counted = (minutes * 60 + timecode.seconds) * rate.nominal + timecode.frames;
  const drops = timecode.dropFrame && hasDropFrame(rate);
  return drops ? counted - 2 * (minutes - Math.floor(minutes / 10)) : counted;
}
