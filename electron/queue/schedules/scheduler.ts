/**
 * Runs schedules when they are due. Occurrences missed while Archivist was closed or the machine slept are run once.
 * The due time is stored before each run, so a restart never runs it twice.
 */
import type { Catalog } from "../../catalog/open.ts";
import {
  beginScheduleRun,
  endScheduleRun,
  findScheduleRun,
  skipScheduleRuns,
} from "../../catalog/repositories/schedule-runs.ts";
import type { Logger } from "../../config/logger.ts";
import { toArchivistError } from "../../contract/errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { lastDue, type Schedule } from "./plan.ts";

export interface SchedulerOptions {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly logger: Logger;
  /** At the start; they can be replaced later. */
  readonly schedules: readonly Schedule[];
  readonly timeZone: string | null;
  /** Runs the schedule's action. @returns A description of what was done, for users */
  readonly act: (schedule: Schedule) => Promise<string>;
}

/** Cron has a resolution of one minute. */
const pollMs = 10_000;

export class Scheduler {
  readonly #deps: SchedulerOptions;
  readonly #running = new Map<string, Promise<string>>();
  #timer: NodeJS.Timeout | undefined;
  #schedules: readonly Schedule[];

  constructor(deps: SchedulerOptions) {
    this.#deps = deps;
    this.#schedules = deps.schedules;
  }

  /**
   * Replaces the schedules. One that was switched on, or got other times, begins with its next time: what it would have
   * done before is not caught up.
   * @throws ArchivistError `schedule.invalid`; nothing is changed then
   */
  replace(schedules: readonly Schedule[]): void {
    const { catalog, clock, timeZone } = this.#deps;
    const before = new Map(this.#schedules.map((schedule) => [schedule.name, schedule]));
    const fresh = schedules.filter(({ name, cron, enabled }) => {
      const known = before.get(name);
      return enabled && (known?.enabled !== true || known.cron !== cron);
    });
    const dues = fresh.map((schedule) => ({ name: schedule.name, due: lastDue(schedule, timeZone, clock.now()) }));
    for (const { name, due } of dues) if (due !== undefined) skipScheduleRuns(catalog, name, due.toISOString());
    this.#schedules = schedules;
  }

  isRunning(name: string): boolean {
    return this.#running.has(name);
  }

  start(): void {
    this.check();
    this.#timer = setInterval(() => this.check(), pollMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.allSettled(this.#running.values());
  }

  /** Starts every schedule that is due now. */
  check(): void {
    const { catalog, clock, timeZone, logger } = this.#deps;
    const now = clock.now();
    for (const schedule of this.#schedules.filter(({ enabled }) => enabled)) {
      try {
        const due = lastDue(schedule, timeZone, now);
        if (due === undefined || this.#running.has(schedule.name)) continue;
        const last = findScheduleRun(catalog, schedule.name)?.dueDate;
        if (last !== undefined && due.toISOString() <= last) continue;
        if (last === undefined) {
          // A new schedule starts with its next due time, not with one before it was created.
          beginScheduleRun(catalog, schedule.name, due.toISOString(), now.toISOString());
          continue;
        }
        void this.run(schedule, due).catch(() => undefined);
      } catch (thrown) {
        logger.error("a schedule could not be looked at", { name: schedule.name, error: thrown });
      }
    }
  }

  /**
   * Runs a schedule now, or joins the run in progress.
   * @param due the due time that this run stands for
   * @throws Whatever the action throws, as an ArchivistError
   */
  run(schedule: Schedule, due: Date = this.#deps.clock.now()): Promise<string> {
    const underWay = this.#running.get(schedule.name);
    if (underWay !== undefined) return underWay;
    const run = this.#run(schedule, due).finally(() => this.#running.delete(schedule.name));
    this.#running.set(schedule.name, run);
    return run;
  }

  async #run(schedule: Schedule, due: Date): Promise<string> {
    const { catalog, clock, logger, act } = this.#deps;
    const now = (): string => clock.now().toISOString();
    beginScheduleRun(catalog, schedule.name, due.toISOString(), now());
    try {
      const message = await act(schedule);
      endScheduleRun(catalog, schedule.name, { outcome: "completed", message, completedDate: now() });
      logger.info("a schedule has run", { name: schedule.name, message });
      return message;
    } catch (thrown) {
      const error = toArchivistError(thrown);
      endScheduleRun(catalog, schedule.name, { outcome: "failed", message: error.message, completedDate: now() });
      logger.warn("a schedule has failed", { name: schedule.name, code: error.code, error });
      throw error;
    }
  }
}
