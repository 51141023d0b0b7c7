/** ffmpeg, and which recordings are accepted. */
import { z } from "zod";
import { optionalPath, setting } from "./setting.ts";

export const mediaSchema = z.strictObject({
  ffmpegPath: setting(
    optionalPath.default(null),
    "The ffmpeg program to use. Empty: found by itself.",
    "the absolute path of an ffmpeg program, or null",
    { overNetwork: "never" },
  ),
  ffprobePath: setting(
    optionalPath.default(null),
    "The ffprobe program to use. Empty: found by itself.",
    "the absolute path of an ffprobe program, or null",
    { overNetwork: "never" },
  ),
  maxHours: setting(
    z.number().positive().max(48).default(12),
    "Longest recording that is accepted, in hours.",
    "a number of hours above 0 and up to 48",
  ),
  maxFileGigabytes: setting(
    z.number().positive().max(10_000).default(10),
    "Largest recording that is accepted, in gigabytes (1024³ bytes each).",
    "a number of gigabytes above 0 and up to 10000",
  ),
  proxies: setting(
    z.boolean().default(true),
    "Make a copy that players here can play of every recording that they cannot, once its captions are there.",
    "true or false",
  ),
  proxyDays: setting(
    z.number().int().min(1).max(3650).default(60),
    "Such a copy is cleared away when nobody has watched it for this many days; it is made again when it is asked for.",
    "a whole number of days from 1 to 3650",
  ),
  pictures: setting(
    z.boolean().default(true),
    "Find where the shots of a recording change, and make small pictures of it for the editor's timeline, once its captions are there.",
    "true or false",
  ),
  stallSeconds: setting(
    z.number().int().min(5).max(3600).default(120),
    "ffmpeg is ended when it makes no progress for this many seconds.",
    "a whole number of seconds from 5 to 3600",
  ),
});
