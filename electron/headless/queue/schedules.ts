/** `archivist schedules …` */
import { findScheduleRun } from "../../catalog/repositories/schedule-runs.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { nextDue } from "../../queue/schedules/plan.ts";
import { printable, printJson, printResult } from "../terminal/print.ts";
import { table } from "../terminal/table.ts";
import { formatTime } from "../terminal/times.ts";
import { type QueueOptions, withQueue } from "./open.ts";

export function schedulesListCommand(options: QueueOptions): Promise<number> {
  return withQueue(options, "schedules list", ({ catalog, runtime, settings, services }) => {
    const all = runtime.schedules.map((schedule) => {
      const last = findScheduleRun(catalog, schedule.name);
      const next = schedule.enabled ? nextDue(schedule, settings.schedules.timeZone, services.clock.now()) : undefined;
      return {
        name: schedule.name,
        action: schedule.action,
        cron: schedule.cron,
        enabled: schedule.enabled,
        next_run: next?.toISOString() ?? null,
        last_run: last?.completedDate ?? null,
        last_outcome: last?.outcome ?? null,
        message: last?.message ?? null,
      };
    });
    if (options.json) printJson({ schedules: all, time_zone: settings.schedules.timeZone });
    else {
      const rows = all.map((each) => [
        each.name,
        each.cron,
        each.enabled ? formatTime(each.next_run, settings) : "off",
        formatTime(each.last_run, settings),
        each.message ?? "",
      ]);
      printResult(table(["schedule", "cron", "next", "last", ""], rows));
    }
    return 0;
  });
}

export function schedulesRunCommand(name: string, options: QueueOptions): Promise<number> {
  return withQueue(options, "schedules run", async ({ runtime }) => {
    const schedule = runtime.schedules.find((each) => each.name === name);
    if (schedule === undefined) throw new ArchivistError("schedule.unknown", { subject: name });
    const message = await runtime.scheduler.run(schedule);
    if (options.json) printJson({ name, message });
    else printResult(printable(`${name}: ${message}.`));
    return 0;
  });
}
