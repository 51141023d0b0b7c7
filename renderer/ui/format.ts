/** Formats numbers, sizes, times and dates for display. */
import { minuteMs } from "../../electron/captions/time/durations.ts";

/** Capitalizes a message, so that it stands as a sentence. */
export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const pad = (value: number): string => String(Math.floor(value)).padStart(2, "0");

/** `1:02:03`; below an hour, minutes and seconds only. */
export function clock(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  const rest = `${pad((seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return seconds >= 3_600 ? `${Math.floor(seconds / 3_600)}:${rest}` : rest.replace(/^0/, "");
}

/** `2 h 5 min`, `40 s`. */
export function duration(ms: number): string {
  const minutes = Math.round(ms / minuteMs);
  if (ms < minuteMs) return `${Math.round(ms / 1000)} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Times are shown by the station's clock, wherever the person sits; before it is known, by the person's. */
function createTimeFormats(timeZone?: string) {
  const place = timeZone === undefined ? {} : { timeZone };
  return {
    dateTime: new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short", ...place }),
    time: new Intl.DateTimeFormat("en", { timeStyle: "medium", ...place }),
  };
}

let formats = createTimeFormats();

/** @param timeZone such as `America/Chicago` */
export function setTimeZone(timeZone: string): void {
  formats = createTimeFormats(timeZone);
}

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

export const moment = (date: string): string =>
  Number.isNaN(Date.parse(date)) ? date : formats.dateTime.format(new Date(date));

/** `8:30:00 PM`. */
export const timeOfDay = (date: string): string => formats.time.format(new Date(date));

/** `5 minutes ago`. */
export function ago(date: string, now = Date.now()): string {
  const seconds = (Date.parse(date) - now) / 1000;
  if (Math.abs(seconds) < 60) return "just now";
  if (Math.abs(seconds) < 3_600) return relative.format(Math.round(seconds / 60), "minute");
  if (Math.abs(seconds) < 86_400) return relative.format(Math.round(seconds / 3_600), "hour");
  return relative.format(Math.round(seconds / 86_400), "day");
}

/** Quality scores are kept from 0 to 1; people read them from 0 to 100. */
export const score = (value: number): string => String(Math.round(value * 100));

const percents = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });

/** `40%`. @param part 0 to 1 */
export const percent = (part: number): string => percents.format(part);
