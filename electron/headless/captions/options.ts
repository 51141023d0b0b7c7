/** Options that the caption commands share, as the user typed them. */
import type { Channel } from "../../captions/cea608/codes.ts";
import type { ReadOptions } from "../../captions/formats/caption-format.ts";
import { parseClockTime } from "../../captions/formats/clock-time.ts";
import { looksLikeMcc, parseMccHeader } from "../../captions/formats/mcc/file.ts";
import { looksLikeScc, parseScc } from "../../captions/scc/file.ts";
import { type FrameRate, frameRates, frameToMs, msToFrame } from "../../captions/time/frame-rate.ts";
import {
  hasDropFrame,
  isMissingLabel,
  parseTimecode,
  type TimecodeStyle,
  timecodeToFrame,
} from "../../captions/time/timecode.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { decodeText } from "../../platform/text-encoding/decode-text.ts";

export interface TimecodeOptions {
  readonly frameRate?: keyof typeof frameRates;
  readonly nonDropFrame?: boolean;
  /** What the timecode shows at the start of the program: of the SCC file that is written, else of the one read. */
  readonly start?: string;
}

function wrong(subject: string, cause: string, remedy: string): ArchivistError {
  return new ArchivistError("usage.invalid", { subject, cause, remedy });
}

/** @throws ArchivistError `usage.invalid` */
export function parseFrameRate(text: string): keyof typeof frameRates {
  if (text in frameRates) return text as keyof typeof frameRates;
  throw wrong(
    "--frame-rate",
    `"${text}" is not a frame rate of captions`,
    `Use ${Object.keys(frameRates).join(", ")}.`,
  );
}

/** @throws ArchivistError `usage.invalid` */
export function parseChannel(text: string): Channel {
  if (/^[1-4]$/.test(text)) return Number(text) as Channel;
  throw wrong("--channel", `"${text}" is not a caption channel`, "Use 1, 2, 3 or 4.");
}

/** Whether the labels of a caption file are drop-frame; undefined where it has none. */
function findDropFrame(text: string): boolean | undefined {
  if (looksLikeScc(text)) return parseScc(text).lines[0]?.timecode.dropFrame;
  return looksLikeMcc(text) ? parseMccHeader(text).dropFrame : undefined;
}

/**
 * How labels are meant: as the option says, else as the SCC file at hand has them, else drop-frame, which exists at
 * 29.97 alone.
 * @param bytes of a caption file; what is neither SCC nor MCC has no labels
 */
export function timecodeStyle({ frameRate, nonDropFrame }: TimecodeOptions, bytes?: Uint8Array): TimecodeStyle {
  const rate: FrameRate = frameRates[frameRate ?? "29.97"];
  const ofFile = bytes === undefined ? undefined : findDropFrame(decodeText(bytes).text);
  return { rate, dropFrame: hasDropFrame(rate) && nonDropFrame !== true && (ofFile ?? true) };
}

/** The frame of a label, or of a clock time with milliseconds. @throws ArchivistError `usage.invalid` */
export function parseFrame(option: string, text: string, { rate, dropFrame }: TimecodeStyle): number {
  const timecode = parseTimecode(text);
  if (timecode !== undefined) {
    // `:` before the frames is also what people type for a drop-frame file, and the only one in the others.
    const meant = { ...timecode, dropFrame: hasDropFrame(rate) && (timecode.dropFrame || dropFrame) };
    if (isMissingLabel(meant, rate)) throw wrong(option, `the timecode ${text} does not exist`, "Use the next label.");
    return timecodeToFrame(meant, rate);
  }
  const ms = parseClockTime(text);
  if (ms === undefined) throw wrong(option, `"${text}" is not a timecode`, "Use HH:MM:SS:FF, or HH:MM:SS.mmm.");
  return msToFrame(ms, rate);
}

/**
 * How a file is read: its frame rate, and the time at which its program starts. @throws ArchivistError `usage.invalid`
 */
export function toReadOptions(
  { frameRate, start, channel }: TimecodeOptions & { readonly channel?: Channel },
  timecode: TimecodeStyle,
): ReadOptions {
  return {
    // A rate that nobody asked for is the format's usual one.
    ...(frameRate === undefined ? {} : { rate: timecode.rate }),
    // Files of line 21 count labels; the others have times of the clock.
    ...(start === undefined
      ? {}
      : { startFrame: parseFrame("--start", start, timecode), startMs: parseOffset(start, timecode, "--start") }),
    ...(channel === undefined ? {} : { channel }),
  };
}

/**
 * Milliseconds of `+TC`, `-TC` or `TC`: a length of time on the clock and frames, not a label (one minute is sixty
 * seconds, whatever drop-frame leaves out). @throws ArchivistError `usage.invalid`
 */
export function parseOffset(text: string, { rate }: TimecodeStyle, option = "--offset"): number {
  const sign = text.startsWith("-") ? -1 : 1;
  const unsigned = text.replace(/^[-+]/, "");
  const timecode = parseTimecode(unsigned);
  if (timecode !== undefined) {
    const { hours, minutes, seconds, frames } = timecode;
    return sign * (((hours * 60 + minutes) * 60 + seconds) * 1000 + frameToMs(frames, rate));
  }
  const ms = parseClockTime(unsigned);
  if (ms === undefined) throw wrong(option, `"${text}" is not a length of time`, "Use ±HH:MM:SS:FF or ±HH:MM:SS.mmm.");
  return sign * ms;
}

/** Parses a time from the start: HH:MM:SS, MM:SS.mmm, or seconds. @throws ArchivistError `usage.invalid` */
export function parseTimeFromStart(text: string): number {
  const ms = /^\d{1,6}(?:[.,]\d{1,3})?$/.test(text)
    ? Math.round(Number(text.replace(",", ".")) * 1000)
    : parseClockTime(text);
  if (ms !== undefined) return ms;
  throw wrong(text, "this is not a time from the start", "Use HH:MM:SS, with .mmm for thousandths, or seconds.");
}
