/** The queue, its schedules, and the discovery and aging of recordings. */
import { z } from "zod";
import { scheduleActions } from "../terms.ts";
import { setting } from "./setting.ts";

const lane = (name: string, width: number) =>
  setting(
    z.number().int().min(1).max(64).default(width),
    `How many pieces of ${name} work run at once.`,
    "a whole number from 1 to 64",
  );

const priorityRuleSchema = z.strictObject({
  city: z.string().nullable().default(null),
  /** Part of the meeting type or file name; case does not matter. */
  type: z.string().nullable().default(null),
  /** Only recordings that are at least this old. */
  olderThanHours: z.number().min(0).nullable().default(null),
  /** Only recordings that are at most this old. */
  newerThanHours: z.number().positive().nullable().default(null),
  priority: z.number().int().min(1).max(5),
});
export type PriorityRule = z.infer<typeof priorityRuleSchema>;

export const queueSchema = z.strictObject({
  maxJobs: setting(
    z.number().int().min(1).max(1_000_000).default(100),
    "Most jobs that may wait or run at once; past it, new ones are refused.",
    "a whole number from 1 to 1000000",
  ),
  diskLane: lane("disk", 1),
  speechLane: lane("speech", 1),
  renderLane: lane("render", 1),
  networkLane: lane("network", 2),
  readAhead: setting(
    z.number().int().min(0).max(8).default(1),
    "How many recordings are decoded ahead of the one that is recognised.",
    "a whole number from 0 to 8",
  ),
  attempts: setting(
    z.number().int().min(1).max(20).default(4),
    "How often a job is tried before it has failed.",
    "a whole number from 1 to 20",
  ),
  retrySeconds: setting(
    z.number().min(0).max(86_400).default(30),
    "Wait before the second try, in seconds; it doubles with each further one, with some chance in it.",
    "a number of seconds from 0 to 86400",
  ),
  retryMaxMinutes: setting(
    z.number().min(0).max(1440).default(60),
    "Longest wait between two tries, in minutes.",
    "a number of minutes from 0 to 1440",
  ),
  hoursPerHour: setting(
    z.number().positive().max(1000).default(2),
    "Time that a job may take, in hours for each hour of recording (ten minutes at least).",
    "a number above 0 and up to 1000",
  ),
  freeMegabytes: setting(
    z.number().int().min(1).max(1_000_000).default(1_024),
    "When the disk was full, work goes on once this many megabytes are free.",
    "a whole number of megabytes from 1 to 1000000",
  ),
  crashLimit: setting(
    z.number().int().min(1).max(1_000_000).default(5),
    "A job in whose work Archivist ends unexpectedly this often, without getting on, has failed.",
    "a whole number from 1 to 1000000",
  ),
  keepDays: setting(
    z.number().min(0).max(3650).default(30),
    "Ended jobs are forgotten after this many days; what they made stays.",
    "a number of days from 0 to 3650",
  ),
  priorityRules: setting(
    z.array(priorityRuleSchema).default([]),
    "Priorities of found recordings by city, type, olderThanHours and newerThanHours; the first rule that fits counts.",
    "a list of rules, each with a priority from 1 (can wait) to 5 (urgent)",
  ),
});

/** File extensions of recordings: those of the legacy system, and other containers that stations use. */
const recordingPatterns = ["**/*.{mp4,m4v,mov,mkv,avi,wmv,mpg,mpeg,ts,mts,m2ts,mxf,mp3,wav,flac,m4a}"];
/** Archivist's own output, and internal folders of servers and operating systems. */
const neverPatterns = [
  "transcriptions/**",
  "**/.*",
  "**/.*/**",
  "**/@eaDir/**",
  "**/#recycle/**",
  "**/$RECYCLE.BIN/**",
];

export const intakeSchema = z.strictObject({
  automatic: setting(
    z.boolean().default(true),
    "New recordings on the cities' shares are put into the queue by themselves.",
    "true or false",
  ),
  include: setting(
    z.array(z.string().min(1)).min(1).default(recordingPatterns),
    "Files on shares that are recordings, as glob patterns below the share.",
    "a list of glob patterns",
  ),
  exclude: setting(
    z.array(z.string().min(1)).default(neverPatterns),
    "Files on shares that are left alone, as glob patterns below the share.",
    "a list of glob patterns",
  ),
  pollSeconds: setting(
    z.number().min(0.1).max(86_400).default(60),
    "How often each share is looked through for new files, in seconds.",
    "a number of seconds from 0.1 to 86400",
  ),
  stablePolls: setting(
    z.number().int().min(1).max(100).default(2),
    "A file is complete when its size and time have stayed the same for this many looks.",
    "a whole number from 1 to 100",
  ),
  minAgeSeconds: setting(
    z.number().min(0).max(86_400).default(120),
    "A file is not touched before its last change is this many seconds ago.",
    "a number of seconds from 0 to 86400",
  ),
  maxAgeDays: setting(
    z.number().positive().max(36_500).default(14),
    "Older recordings are known, but only a batch takes them.",
    "a number of days above 0 and up to 36500",
  ),
});

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
    "Time zone of all schedules, such as America/Chicago. Empty: this machine's.",
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

export const lifeCycleSchema = z.strictObject({
  enabled: setting(
    z.boolean().default(false),
    "Recordings are moved to secondary and archive shares as they age. Look at the dry run first.",
    "true or false",
  ),
  secondaryDays: setting(
    z.number().min(0).max(36_500).default(30),
    "Recordings move from active to secondary shares after this many days.",
    "a number of days from 0 to 36500",
  ),
  archiveDays: setting(
    z.number().min(0).max(36_500).default(90),
    "Recordings move from secondary to archive shares after this many days.",
    "a number of days from 0 to 36500",
  ),
  onlyPublished: setting(
    z.boolean().default(true),
    "Only recordings whose captions have been published are moved.",
    "true or false",
  ),
});

export const backupSchema = z.strictObject({
  keep: setting(
    z.number().int().min(1).max(1000).default(14),
    "How many backups of the catalog are kept.",
    "a whole number from 1 to 1000",
  ),
});

export const notifySchema = z.strictObject({
  smtp: setting(
    z
      .url({ protocol: /^smtps?$/ })
      .nullable()
      .default(null),
    "Mail server, such as smtp://mail.station.local:25 or smtps://user:secret@host. Empty: no mail is sent.",
    "an address that begins with smtp:// or smtps://, or null",
  ),
  from: setting(z.email().default("archivist@localhost.localdomain"), "Sender of the mail.", "a mail address"),
  operators: setting(
    z.array(z.email()).default([]),
    "Who is told when a job has failed for good or a share does not answer.",
    "a list of mail addresses",
  ),
});
