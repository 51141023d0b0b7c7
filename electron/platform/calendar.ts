/**
 * Calendar days. A day belongs to a place: an evening in Chicago is the next day in UTC. Every day that is derived from a
 * point in time is derived here, by the station's time zone (`schedules.timeZone`).
 */

/** Name of a time zone, such as `America/Chicago`; null: this machine's. */
export type TimeZone = string | null;

const formats = new Map<TimeZone, Intl.DateTimeFormat>();

function getFormat(timeZone: TimeZone): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      ...(timeZone === null ? {} : { timeZone }),
    });
    formats.set(timeZone, format);
  }
  return format;
}

/**
 * The day on which a point in time falls, as `2026-03-02`.
 * @param instant a date, or milliseconds since 1970
 */
export function toDay(instant: Date | number, timeZone: TimeZone): string {
  const values = new Map(
    getFormat(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return `${(values.get("year") ?? "").padStart(4, "0")}-${values.get("month")}-${values.get("day")}`;
}

/** The day so many days later, or earlier where the number is negative. @param day `2026-03-02` */
export function addDays(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  // In UTC every day has 24 hours.
  return new Date(Date.UTC(year, month - 1, date + count)).toISOString().slice(0, 10);
}

/** The name of the time zone that is meant, where null stands for this machine's. */
export const getTimeZoneName = (timeZone: TimeZone): string => getFormat(timeZone).resolvedOptions().timeZone;
