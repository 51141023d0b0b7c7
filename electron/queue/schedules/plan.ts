/** The schedules that the settings define, and when each is due. Pure functions. */
import { Cron } from "croner";
import { ArchivistError } from "../../contract/errors.ts";
import { builtInSchedules, defaultCrons } from "../../contract/settings/schedules.ts";
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

/** A schedule of the settings, which is enabled when it is switched on and nothing else keeps it from running. */
export interface ListedSchedule extends Schedule {
  readonly isBuiltIn: boolean;
  readonly isOn: boolean;
  /** Why it does nothing although it is switched on; undefined: it runs. */
  readonly obstacle: string | undefined;
}

/** All schedules: the built-in ones, then those that the station defines. */
export function listSchedules({ schedules, intake, lifeCycle, cablecast }: Settings): readonly ListedSchedule[] {
  const obstacles: Partial<Record<ScheduleAction, string | false>> = {
    pending: !intake.automatic && "Found recordings are not taken by themselves (intake.automatic).",
    sync: cablecast.url === null && "No Cablecast server is set up.",
    archive: !lifeCycle.enabled && "Old recordings are not moved (lifeCycle.enabled).",
  };
  const builtIn = builtInSchedules.map((name): ListedSchedule => {
    const cron = schedules[name];
    const isOn = cron !== null && !schedules.switchedOff.includes(name);
    const obstacle = obstacles[name] || undefined;
    const enabled = isOn && obstacle === undefined;
    return {
      ...{ name, action: name, cities: [], isBuiltIn: true, isOn, obstacle, enabled },
      cron: cron ?? defaultCrons[name],
    };
  });
  const own = schedules.custom.map(
    (schedule): ListedSchedule => ({ ...schedule, isBuiltIn: false, isOn: schedule.enabled, obstacle: undefined }),
  );
  return [...builtIn, ...own];
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
