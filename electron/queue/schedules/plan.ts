/** The schedules that the settings define, and when each is due. Pure functions. */
import { Cron } from "croner";
import { ArchivistError } from "../../contract/errors.ts";
import type { Settings } from "../../contract/settings.ts";
import type { ScheduleAction } from "../../contract/terms.ts";

export interface Schedule {
  readonly name: string;
  readonly cron: string;
  readonly action: ScheduleAction;
  /** Limits the schedule to these cities; empty: all. */
  readonly cities: readonly string[];
  readonly enabled: boolean;
}

/** All schedules: the built-in ones, then those that the station defines. */
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
 * Parses a cron expression in a time zone. Daylight saving follows Croner: a time of day that is skipped runs right
 * after the gap, one that occurs twice runs once.
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

/** The latest time up to now at which a schedule was due; undefined if it never was. */
export function lastDue(schedule: Schedule, timeZone: string | null, now: Date): Date | undefined {
  const cron = parseCron(schedule.cron, timeZone);
  // One second later, so that a due time equal to `now` counts.
  return cron.previousRuns(2, new Date(now.getTime() + 1_000)).find((due) => due <= now);
}

export function nextDue(schedule: Schedule, timeZone: string | null, now: Date): Date | undefined {
  return parseCron(schedule.cron, timeZone).nextRun(now) ?? undefined;
}
