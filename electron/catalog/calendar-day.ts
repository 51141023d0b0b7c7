/** Days in queries: SQLite knows no time zones, so the day of a stored time is found by a function of ours. */
import type BetterSqlite from "better-sqlite3";
import { type TimeZone, toDay } from "../platform/calendar.ts";
import { type SQL, type SQLWrapper, sql } from "./drizzle.ts";

/** Registers the SQL function on a connection. */
export function addCalendarDay(database: BetterSqlite.Database): void {
  database.function("calendar_day", { deterministic: true }, (stored: unknown, timeZone: unknown) => {
    const ms = typeof stored === "string" ? Date.parse(stored) : typeof stored === "number" ? stored : Number.NaN;
    return Number.isNaN(ms) ? null : toDay(ms, typeof timeZone === "string" ? timeZone : null);
  });
}

/** The day of a column with a time (ISO 8601, or milliseconds since 1970), as `2026-03-02`. */
export const calendarDay = (column: SQLWrapper, timeZone: TimeZone): SQL<string> =>
  sql<string>`calendar_day(${column}, ${timeZone})`;

/**
 * The rows of a day and later ones. The first condition is there for its speed: no time zone is more than a day from UTC.
 * @param column a time as ISO 8601
 */
export const isSinceDay = (column: SQLWrapper, day: string, timeZone: TimeZone): SQL =>
  sql`${column} >= date(${day}, '-1 day') AND ${calendarDay(column, timeZone)} >= ${day}`;
