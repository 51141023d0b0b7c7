/** Formats and parses times of SRT and WebVTT. */

const pad = (value: number, width: number): string => String(value).padStart(width, "0");

/** Formats `HH:MM:SS` + separator + milliseconds. Hours grow past 99 rather than wrap. */
export function formatClockTime(ms: number, separator: "," | "."): string {
  const whole = Math.max(0, Math.round(ms));
  const seconds = Math.floor(whole / 1000);
  const label = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${label.map((value) => pad(value, 2)).join(":")}${separator}${pad(whole % 1000, 3)}`;
}

/** Parses `[H…:]MM:SS[,.]mmm`, with one to three decimals, to milliseconds; undefined for anything else. */
export function parseClockTime(text: string): number | undefined {
  const match = /^(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, hours = "0", minutes, seconds, fraction = "0"] = match;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, "0"));
}
