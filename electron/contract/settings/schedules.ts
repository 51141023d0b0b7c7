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

/** The schedules that come with Archivist; each is named like its action and like its setting. */
export const builtInSchedules = ["pending", "publish", "sync", "archive", "backup", "maintenance"] as const;
export type BuiltInSchedule = (typeof builtInSchedules)[number];

/** When they run where nobody has said otherwise. */
export const defaultCrons: Readonly<Record<BuiltInSchedule, string>> = {
  pending: "*/15 * * * *",
  publish: "0 * * * *",
  sync: "30 * * * *",
  archive: "0 2 * * *",
  backup: "30 1 * * *",
  maintenance: "0 3 * * *",
};

const cronWords = "a cron expression such as 0 2 * * *, or null";

export const schedulesSchema = z.strictObject({
  timeZone: setting(
    z.string().refine(isTimeZone).nullable().default(null),
    "The station's time zone, such as America/Chicago: schedules go by it, and the day of a recording. Empty: this machine's.",
    "the name of a time zone, such as America/Chicago, or null",
  ),
  pending: setting(cron.default(defaultCrons.pending), "When found recordings are put into the queue.", cronWords),
  publish: setting(cron.default(defaultCrons.publish), "When finished recordings are published.", cronWords),
  sync: setting(cron.default(defaultCrons.sync), "When shows are compared with the Cablecast server.", cronWords),
  archive: setting(
    cron.default(defaultCrons.archive),
    "When old recordings are moved to the shares for them.",
    cronWords,
  ),
  backup: setting(cron.default(defaultCrons.backup), "When the catalog is backed up.", cronWords),
  maintenance: setting(
    cron.default(defaultCrons.maintenance),
    "When what is no longer needed is cleared away.",
    cronWords,
  ),
  switchedOff: setting(
    z.array(z.enum(builtInSchedules)).default([]),
    "Schedules of the station that are switched off and keep their times.",
    `a list out of ${builtInSchedules.join(", ")}`,
  ),
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
