import type { Settings } from "../../contract/settings.ts";

/** A time by the station's clock, in the user's own notation; empty where there is none. @param date ISO 8601 */
export function formatTime(date: string | null, { schedules }: Pick<Settings, "schedules">): string {
  if (date === null) return "";
  return new Date(date).toLocaleString(undefined, schedules.timeZone === null ? {} : { timeZone: schedules.timeZone });
}

/** A length, or a place in a recording: `1:02:03`. @param ms less than a day */
export const formatClock = (ms: number): string => new Date(ms).toISOString().slice(11, 19).replace(/^0/, "");
