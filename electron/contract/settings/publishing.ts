/** Publishing to any target, and the output folder of finished packages. */
import { z } from "zod";
import { accessLevels, type TargetName, targetNames } from "../publishing.ts";
import { webAddress } from "./address.ts";
import { cablecastSchema } from "./cablecast.ts";
import { optionalPath, setting } from "./setting.ts";

/** The description of each target, for the setting that chooses it. */
const targetDescriptions: Readonly<Record<TargetName, string>> = {
  cablecast: "on the Cablecast server",
  generic: "as a package of files in a folder",
};

export const publishingSchema = z.strictObject({
  target: setting(
    z.enum(targetNames).default("cablecast"),
    `Where recordings are published. ${targetNames.map((name) => `${name}: ${targetDescriptions[name]}`).join("; ")}.`,
    `a target: ${targetNames.join(" or ")}`,
  ),
  needsApproval: setting(
    z.boolean().default(true),
    "Only approved captions are published; a city may say otherwise.",
    "true or false",
  ),
  automatic: setting(
    z.boolean().default(false),
    "Finished recordings are published by themselves: after each job and by the schedule.",
    "true or false",
  ),
  batchSize: setting(
    z.number().int().min(1).max(500).default(100),
    "So many meetings at most are published by one request or one run of the schedule; the others are left for the next.",
    "a whole number from 1 to 500",
  ),
  quality: setting(
    z.number().int().min(144).max(4320).nullable().default(null),
    "Lines of the picture of VODs, such as 720. It chooses the VOD configuration. Empty: the first one.",
    "a whole number from 144 to 4320, or null",
  ),
});

const genericSchema = z.strictObject({
  folder: setting(
    optionalPath.default(null),
    "Folder in which packages are laid for VOD systems that have no interface of their own.",
    "the absolute path of a folder, or null",
    { overNetwork: "folders" },
  ),
  pattern: setting(
    z
      .string()
      .min(1)
      .refine((pattern) => !/(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[A-Za-z]:/.test(pattern))
      .default("{city}/{date} {title}"),
    "Folder of a package below it, made of {city}, {year}, {month}, {date}, {type}, {title} and {slug}.",
    "a folder below the one for packages",
  ),
  video: setting(
    z.enum(["link", "copy"]).default("link"),
    "How the video gets into a package. link: without taking room, where the disk can do that; copy: as a copy.",
    "a way: link or copy",
  ),
  url: setting(
    webAddress.nullable().default(null),
    "Web address under which the folder is served, for links to what was published.",
    "a web address that begins with https:// or http://, without user and password, or null",
  ),
  access: setting(
    z.enum(accessLevels).default("public"),
    "Who may watch, as the metadata say; the VOD system has to hold to it.",
    "a level: public, members or private",
  ),
});

/** The settings of each target, by group. */
export const targetSettings = {
  cablecast: cablecastSchema.prefault({}),
  generic: genericSchema.prefault({}),
} satisfies Record<TargetName, unknown>;
