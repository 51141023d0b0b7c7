/** What the log of edits says about the work: how long it took, and how good the marks of suspicious words are. */
import { hourMs, minuteMs } from "../../captions/time/durations.ts";
import type { TimeZone } from "../../platform/calendar.ts";
import { calendarDay, isSinceDay } from "../calendar-day.ts";
import { desc, eq, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { edits, recordings, transcriptions } from "../schema.ts";

/** Milliseconds of active work on a transcription. */
export function workedMs(catalog: Catalog, transcriptionId: string): number {
  const row = catalog.database
    .select({ total: sql<number>`coalesce(sum(${edits.activeMs}), 0)` })
    .from(edits)
    .where(eq(edits.transcriptionId, transcriptionId))
    .get();
  return row?.total ?? 0;
}

/**
 * Archivist's key figure: minutes of human time per hour of meeting, over the meetings that were worked on.
 * @param since day of the first edit that counts
 * @returns null: none was worked on
 */
export function workedPerHour(catalog: Catalog, since: string, timeZone: TimeZone): number | null {
  const { database } = catalog;
  const rows = database
    .select({
      worked: sql<number>`sum(${edits.activeMs})`,
      durationMs: sql<number | null>`max(${recordings.durationMs})`,
    })
    .from(edits)
    .innerJoin(transcriptions, eq(transcriptions.id, edits.transcriptionId))
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .where(isSinceDay(edits.madeDate, since, timeZone))
    .groupBy(edits.transcriptionId)
    .all();
  const hours = rows.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0) / hourMs;
  return hours === 0 ? null : rows.reduce((sum, { worked }) => sum + worked, 0) / minuteMs / hours;
}

/** Milliseconds of active work by day, from a day on. */
export function workedByDay(catalog: Catalog, since: string, timeZone: TimeZone): ReadonlyMap<string, number> {
  const day = calendarDay(edits.madeDate, timeZone);
  const rows = catalog.database
    .select({ date: day, total: sql<number>`sum(${edits.activeMs})` })
    .from(edits)
    .where(isSinceDay(edits.madeDate, since, timeZone))
    .groupBy(day)
    .orderBy(desc(day))
    .all();
  return new Map(rows.map(({ date, total }) => [date, total]));
}

export interface MarkPrecision {
  /** Marked words that a user has judged. */
  readonly judged: number;
  /** How many of these were really wrong. */
  readonly corrected: number;
}

/** Precision of the marks of suspicious words over all meetings, from users' verdicts. */
export function markPrecision(catalog: Catalog): MarkPrecision {
  const row = catalog.database.get<{ judged: number; corrected: number | null }>(sql`
    SELECT count(*) AS judged, sum(json_extract(verdict.value, '$.corrected')) AS corrected
    FROM edits, json_each(edits.deed, '$.verdicts') AS verdict
    WHERE json_extract(edits.deed, '$.type') = 'accept'`);
  return { judged: row.judged, corrected: row.corrected ?? 0 };
}
