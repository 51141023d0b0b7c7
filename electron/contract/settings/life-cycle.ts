/** When recordings move to other shares as they age. */
import { z } from "zod";
import { setting } from "./setting.ts";

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
