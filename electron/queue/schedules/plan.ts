/** The schedules that the settings ask for, and when each is due. Pure. */

import { Cron } from "croner";
import { ArchivistError } from "../../contract/errors.ts";
import type { Settings } from "../../contract/settings.ts";
import type { ScheduleAction } from "../../contract/terms.ts";

export interface Schedule {
  readonly name: string;
  readonly cron: string;
  readonly action: ScheduleAction;
  /** Only these cities; empty: all. */
  readonly cities: readonly string[];
  readonly enabled: boolean;
}

/** All schedules: those that every station has, then the station's own. */
export function listSchedules({ schedules, intake, lifeCycle, cablecast }: Settings): readonly Schedule[] {
  const usual = (action: ScheduleAction, cron: string | null, enabled = true): Schedule[] =>
    cron === null ? [] : [{ name: action, cron, action, cities: [], enabled }];
  return [
    ...usual("pending", schedules.pending, intake.automatic),
    ...usual("publish", schedules.publish),
    ...usual("sync", schedules.sync, cablecast.url !== null),
    ...usual("archive", schedules.archive, lifeCycle.enabled),
    ...usual("backup", schedules.backup),
    ...usual("maintenance", schedules.maintenance),
    ...schedules.custom,
  ];
}

/**
 * A cron expression in a time zone. Croner's rules for daylight saving: a time of day that is skipped runs right after
 * the gap, one that comes twice runs once.
 * @throws ArchivistError `schedule.invalid`
 */
export function parseCron(expression: string, timeZone: string | null): Cron {
  try {
    return new Cron(expression, { paused: true, ...(timeZone === null ? {} : { timezone: timeZone }) });
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    throw new ArchivistError("schedule.invalid", {
      subject: expression,
      cause: `this is not a cron expression (${words})`,
    });
  }
}

/** The last time that a schedule was due, up to now; undefined when it never was. */
export function lastDue(schedule: Schedule, timeZone: string | null, now: Date): Date | undefined {
  const cron = parseCron(schedule.cron, timeZone);
  // A moment later, so that a time that is exactly now counts.
  return cron.previousRuns(2, new Date(now.getTime() + 1_000)).find((due) => due <= now);
}

export function nextDue(schedule: Schedule, timeZone: string | null, now: Date): Date | undefined {
  return parseCron(schedule.cron, timeZone).nextRun(now) ?? undefined;
}
