/** Figures for the dashboard: throughput, speed, quality and free space. */
import { statfs } from "node:fs/promises";
import { minuteMs } from "../captions/time/durations.ts";
import type { Catalog } from "../catalog/open.ts";
import { workedByDay, workedPerHour } from "../catalog/repositories/editing-figures.ts";
import { countByState } from "../catalog/repositories/jobs.ts";
import { countLibrary, figuresByDay, publishedByDay } from "../catalog/repositories/library.ts";
import type { DataFolder } from "../config/data-folder.ts";
import type { Settings } from "../contract/settings.ts";
import { addDays, toDay } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import type { ShareMonitor } from "../shares/health/monitor.ts";

/** Number of days shown. */
const days = 14;

export interface DashboardDeps {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly folder: DataFolder;
  readonly settings: Settings;
}

export async function getStationFigures({ catalog, clock, folder, settings }: DashboardDeps, monitor: ShareMonitor) {
  const { timeZone } = settings.schedules;
  const today = toDay(clock.now(), timeZone);
  const dates = Array.from({ length: days }, (_, index) => addDays(today, index + 1 - days));
  const since = dates[0] ?? "";
  const done = new Map(figuresByDay(catalog, since, timeZone).map((day) => [day.date, day]));
  const published = publishedByDay(catalog, since, timeZone);
  const worked = workedByDay(catalog, since, timeZone);
  const { byStatus, unpublished } = countLibrary(catalog);
  const { bavail, blocks, bsize } = await statfs(folder.root);
  const counts = countByState(catalog);
  return {
    counts,
    waitingForReview: byStatus.get("needs_review") ?? 0,
    // Includes files that were not recordings, and so never became a transcription.
    failed: counts.failed,
    unpublished,
    workedPerHour: workedPerHour(catalog, since, timeZone),
    days: dates.map((date) => {
      const day = done.get(date);
      const minutes = (day?.durationMs ?? 0) / minuteMs;
      return {
        date,
        recordings: day?.recordings ?? 0,
        minutes,
        realTimeFactor: day === undefined || day.durationMs === 0 ? null : day.processingMs / day.durationMs,
        score: day?.score ?? null,
        workedMinutes: (worked.get(date) ?? 0) / minuteMs,
        published: published.get(date) ?? 0,
      };
    }),
    storage: [
      { name: "This machine", totalBytes: blocks * bsize, freeBytes: bavail * bsize },
      ...monitor
        .all()
        .flatMap(({ label, totalBytes, freeBytes }) =>
          totalBytes === undefined || freeBytes === undefined ? [] : [{ name: label, totalBytes, freeBytes }],
        ),
    ],
  };
}
