/** The queue: how many jobs run at once, retries, and priorities. */
import { z } from "zod";
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
    "How many recordings are decoded ahead of the one that is recognized.",
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
    z.number().int().min(1).max(1_000_000).default(3),
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
