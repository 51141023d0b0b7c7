/** Parses FFmpeg's messages, progress lines and version banner. Pure, with a table of real lines as its test. */
import type { ErrorCode } from "../contract/errors.ts";

interface Phrase {
  readonly pattern: RegExp;
  readonly code: ErrorCode;
  readonly cause?: string;
}

/** First match wins. */
const phrases: readonly Phrase[] = [
  { pattern: /No space left on device/, code: "disk.full" },
  { pattern: /Permission denied/, code: "file.unreadable" },
  { pattern: /No such file or directory/, code: "file.missing" },
  { pattern: /Input\/output error|Stale file handle/, code: "disk.failed" },
  { pattern: /DRM protected|[Ee]ncrypted|decryption/, code: "media.encrypted" },
  {
    pattern: /moov atom not found/,
    code: "media.truncated",
    cause: "the recording is incomplete: the index at its end is missing",
  },
  { pattern: /partial file|[Tt]runcat|File ended prematurely|Unexpected EOF/, code: "media.truncated" },
  { pattern: /not on whitelist/, code: "media.not-media" },
  { pattern: /Invalid data found when processing input|could not find codec parameters/, code: "media.not-media" },
  { pattern: /Decoder .*not found|Unknown decoder|no decoder/i, code: "media.undecodable" },
];

/** Finds the error that FFmpeg's last lines describe; undefined when they match no known one. */
export function explainFfmpeg(lines: readonly string[]): { code: ErrorCode; cause?: string } | undefined {
  for (const { pattern, code, cause } of phrases) {
    if (lines.some((line) => pattern.test(line))) return cause === undefined ? { code } : { code, cause };
  }
  return undefined;
}

/** True when a line says that the end of the file is missing, even though decoding went on. */
export function indicatesMissingEnd(lines: readonly string[]): boolean {
  return lines.some((line) => /partial file|[Tt]runcat|File ended prematurely|Unexpected EOF/.test(line));
}

/** Position in the output in milliseconds, when the line is a `-progress` line that states it. */
export function progressMs(line: string): number | undefined {
  const match = /^out_time_(?:us|ms)=(\d+)$/.exec(line.trim());
  // FFmpeg writes microseconds under both names (out_time_ms is a mistake that it keeps for compatibility).
  return match ? Math.floor(Number(match[1]) / 1000) : undefined;
}

/** Number of frames that were written, when the line is a `-progress` line that states it. */
export function progressFrames(line: string): number | undefined {
  const match = /^frame= *(\d+)$/.exec(line.trim());
  return match ? Number(match[1]) : undefined;
}

/** True for the `key=value` lines of `-progress`, which share stderr with real messages. */
export function isProgressLine(line: string): boolean {
  // "bitrate= 256.0kbits/s" has a space.
  return /^[a-z0-9_]+= *\S*\s*$/.test(line);
}

/** A version as the program's banner states it. */
export interface ToolVersion {
  /** As printed: `5.1.9-0+deb12u1`, `N-47683-g0e8eb07980-static`. */
  readonly text: string;
  readonly major: number | undefined;
  readonly minor: number | undefined;
}

/** Reads the first line of `ffmpeg -version`. Builds from a snapshot (`N-…`) have no number. */
export function parseToolVersion(banner: string): ToolVersion | undefined {
  const text = /^ff(?:mpeg|probe) version (\S+)/.exec(banner)?.[1];
  if (text === undefined) return undefined;
  const number = parseVersionNumber(text);
  return { text, major: number?.major, minor: number?.minor };
}

/** The number in a version as it is printed; undefined for builds from a snapshot. */
export function parseVersionNumber(text: string): { readonly major: number; readonly minor: number } | undefined {
  const number = /^n?(\d+)\.(\d+)/.exec(text);
  return number === null ? undefined : { major: Number(number[1]), minor: Number(number[2]) };
}

/** FFmpeg 4.2 is the oldest version that the legacy documents name. Snapshots are accepted with a warning. */
export function isTooOld(version: ToolVersion): boolean {
  if (version.major === undefined || version.minor === undefined) return false;
  return version.major < 4 || (version.major === 4 && version.minor < 2);
}
