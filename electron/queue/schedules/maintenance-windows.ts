/** Maintenance windows, during which no heavy job starts. Pure functions. */
import { type MaintenanceWindow, weekdays } from "../../contract/settings/schedules.ts";

interface LocalTime {
  readonly day: (typeof weekdays)[number];
  readonly minutes: number;
}

/** Weekday and time of day in a time zone; undefined: the machine's own. */
function localTime(date: Date, timeZone: string | undefined): LocalTime {
  const format = new Intl.DateTimeFormat("en-US", {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const values = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
  const day = String(values.weekday).toLowerCase() as LocalTime["day"];
  return { day, minutes: Number(values.hour) * 60 + Number(values.minute) };
}

const parseMinutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const dayBefore = (day: LocalTime["day"]): LocalTime["day"] =>
  weekdays[(weekdays.indexOf(day) + weekdays.length - 1) % weekdays.length] ?? day;

/**
 * Returns the maintenance window that is open, or undefined. A window that ends before it begins continues past
 * midnight.
 */
export function openWindow(
  windows: readonly MaintenanceWindow[],
  date: Date,
  timeZone: string | undefined,
): MaintenanceWindow | undefined {
  if (windows.length === 0) return undefined;
  const { day, minutes } = localTime(date, timeZone);
  return windows.find((window) => {
    const from = parseMinutes(window.from);
    const to = parseMinutes(window.to);
    if (from < to) return window.days.includes(day) && minutes >= from && minutes < to;
    const began = window.days.includes(day) && minutes >= from;
    const goesOn = window.days.includes(dayBefore(day)) && minutes < to;
    return began || goesOn;
  });
}
