/** Which files on the shares are recordings, and when they are taken. */
import { z } from "zod";
import { setting } from "./setting.ts";

/** File extensions of recordings: those of the legacy system, and other containers that stations use. */
const recordingPatterns = ["**/*.{mp4,m4v,mov,mkv,avi,wmv,mpg,mpeg,ts,mts,m2ts,mxf,mp3,wav,flac,m4a}"];
/** Archivist's own output, and what is hidden. */
const neverPatterns = ["transcriptions/**", "**/.*", "**/.*/**"];

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
    "Files on shares that are left alone, as glob patterns below the share; recycle bins, snapshots and folders of the server itself always are.",
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
