/** What the station does at fixed times, and the times in which nothing heavy starts. */
import { z } from "zod";
import { scheduleActions } from "../terms.ts";
import { setting } from "./setting.ts";

const cron = z.string().min(1).nullable();

const customScheduleSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  cron: z.string().min(1),
  action: z.enum(scheduleActions),
  /** Only these cities; empty: all. */
  cities: z.array(z.string()).default([]),
  enabled: z.boolean().default(true),
});

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const windowSchema = z.strictObject({
  days: z
    .array(z.enum(weekdays))
    .min(1)
    .default([...weekdays]),
  from: timeOfDay,
  /** When earlier than `from`, the window ends on the next day. */
  to: timeOfDay,
});
export type MaintenanceWindow = z.infer<typeof windowSchema>;

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const cronWords = "a cron expression such as 0 2 * * *, or null";

export const schedulesSchema = z.strictObject({
  timeZone: setting(
    z.string().refine(isTimeZone).nullable().default(null),
    "The station's time zone, such as America/Chicago: schedules go by it, and the day of a recording. Empty: this machine's.",
    "the name of a time zone, such as America/Chicago, or null",
  ),
  pending: setting(cron.default("*/15 * * * *"), "When found recordings are put into the queue.", cronWords),
  publish: setting(cron.default("0 * * * *"), "When finished recordings are published.", cronWords),
  sync: setting(cron.default("30 * * * *"), "When shows are compared with the Cablecast server.", cronWords),
  archive: setting(cron.default("0 2 * * *"), "When old recordings are moved to the shares for them.", cronWords),
  backup: setting(cron.default("30 1 * * *"), "When the catalog is backed up.", cronWords),
  maintenance: setting(cron.default("0 3 * * *"), "When what is no longer needed is cleared away.", cronWords),
  custom: setting(
    z.array(customScheduleSchema).default([]),
    "Schedules of your own: name, cron, action (pending, publish, sync, archive, backup, maintenance or scan), cities, enabled.",
    "a list of schedules, each with a name, a cron expression and an action",
  ),
  maintenanceWindows: setting(
    z.array(windowSchema).default([]),
    "Times in which nothing heavy starts: days (mon to sun), from and to as 22:30.",
    "a list of windows, each with from and to as 22:30",
  ),
});
