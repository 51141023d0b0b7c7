/** The flex shares, and the cities whose meetings are stored on them. */
import { z } from "zod";
import { captionProfileNameSchema } from "../../captions/quality/caption-profile.ts";
import { accessLevels } from "../publishing.ts";
import { absolutePath, setting } from "./setting.ts";

/** Roles of shares. Recordings arrive on active ones and move down the list as they age. */
export const shareRoles = ["active", "secondary", "archive", "spare"] as const;
export type ShareRole = (typeof shareRoles)[number];

export const shareSchema = z.strictObject({
  /** Where it is mounted; on Windows also `\\server\share`. */
  path: absolutePath,
  /** Display name; unique. */
  label: z.string().trim().min(1).max(100),
  role: z.enum(shareRoles).default("active"),
  /** Shown to the operator when the share is not mounted. Archivist never runs it. */
  mountCommand: z.string().min(1).nullable().default(null),
  /** True: the path must be a mount point, so that files are never written into the empty folder under it. */
  mustBeMounted: z.boolean().default(true),
});
export type ShareSettings = z.infer<typeof shareSchema>;

/** Cablecast metadata of a city's shows; used when they are published. */
const cityCablecastSchema = z.strictObject({
  location: z.number().int().positive().nullable().default(null),
  channel: z.number().int().positive().nullable().default(null),
  category: z.number().int().positive().nullable().default(null),
  producer: z.number().int().positive().nullable().default(null),
  project: z.number().int().positive().nullable().default(null),
  /** Id of the show field that takes tags. */
  tagField: z.number().int().positive().nullable().default(null),
  /** Other show fields: id and text, in which {city}, {date}, {type} and {title} are filled in. */
  customFields: z
    .array(z.strictObject({ field: z.number().int().positive(), value: z.union([z.string().min(1), z.number()]) }))
    .default([]),
});

function isPattern(text: string): boolean {
  try {
    new RegExp(text, "iu");
    return true;
  } catch {
    return false;
  }
}

export const citySchema = z.strictObject({
  /** Display name of the city; unique. */
  name: z.string().trim().min(1).max(100),
  /** Labels of the shares on which its recordings arrive. */
  shares: z.array(z.string()).min(1),
  /** Folders on those shares, as glob patterns relative to the share; several cities may use one share. */
  folders: z.array(z.string().min(1)).min(1).default(["**"]),
  /** Regular expressions with the groups date, type and title: the first that matches a file name sets them. */
  namePatterns: z.array(z.string().refine(isPattern, "not a regular expression")).default([]),
  /** Pattern of the output folder; null: `output.pattern`. */
  output: z.string().min(1).nullable().default(null),
  /** Glossary whose names are used; null: the one with the city's name. */
  glossary: z.string().min(1).nullable().default(null),
  language: z
    .string()
    .regex(/^(auto|[a-z]{2,3})$/)
    .nullable()
    .default(null),
  captionProfile: captionProfileNameSchema.nullable().default(null),
  cablecast: cityCablecastSchema.prefault({}),
  /** Only approved captions are published; null: as set by `publishing.needsApproval`. */
  needsApproval: z.boolean().nullable().default(null),
  /** Who may watch; null: as set by `generic.access`. */
  access: z.enum(accessLevels).nullable().default(null),
  /** Mail addresses notified when the city's jobs end, and of problems. */
  notify: z.array(z.email()).default([]),
});
export type CitySettings = z.infer<typeof citySchema>;

const unique = (names: readonly string[]): boolean =>
  new Set(names.map((name) => name.toLowerCase())).size === names.length;

export const sharesSchema = z.strictObject({
  servers: setting(
    z
      .array(shareSchema)
      .refine((shares) => unique(shares.map(({ label }) => label)), "two shares have the same label")
      .refine((shares) => unique(shares.map(({ path }) => path)), "two shares have the same path")
      .default([]),
    "The flex shares: path, label, role (active, secondary, archive or spare), mountCommand, mustBeMounted.",
    "a list of shares, each with a path and a label of its own",
  ),
  probeSeconds: setting(
    z.number().min(0.2).max(120).default(5),
    "A share that does not answer within this many seconds counts as hung.",
    "a number of seconds from 0.2 to 120",
  ),
  checkSeconds: setting(
    z.number().min(1).max(3600).default(60),
    "How often each share is looked at, in seconds.",
    "a number of seconds from 1 to 3600",
  ),
  warnPercent: setting(
    z.number().min(1).max(100).default(80),
    "A share that is this full is reported as degraded.",
    "a percentage from 1 to 100",
  ),
  fullPercent: setting(
    z.number().min(1).max(100).default(90),
    "A share that is this full is reported as unhealthy.",
    "a percentage from 1 to 100",
  ),
});

export const citiesSchema = z.strictObject({
  members: setting(
    z
      .array(citySchema)
      .refine((cities) => unique(cities.map(({ name }) => name)), "two cities have the same name")
      .default([]),
    "The member cities: name, shares, folders, namePatterns, output, glossary, language, captionProfile, cablecast, needsApproval, access, notify.",
    "a list of cities, each with a name of its own and the labels of its shares",
  ),
});
