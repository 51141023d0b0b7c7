/** The flex shares. */
import { z } from "zod";
import { maskSecrets } from "./address.ts";
import { absolutePath, areUnique, setting } from "./setting.ts";

/** Roles of shares. Recordings arrive on active ones and move down the list as they age. */
export const shareRoles = ["active", "secondary", "archive", "spare"] as const;
export type ShareRole = (typeof shareRoles)[number];

export const shareSchema = z.strictObject({
  /** Where it is mounted; on Windows also `\\server\share`. */
  path: absolutePath,
  /** Display name; unique. */
  label: z.string().trim().min(1).max(100),
  role: z.enum(shareRoles).default("active"),
  /** Shown to the operator when the share is not mounted. Archivist never runs it. It must not have a password in it. */
  mountCommand: z
    .string()
    .min(1)
    .refine((command) => maskSecrets(command) === command, "it has a password in it: use credentials=FILE")
    .nullable()
    .default(null),
  /** True: the path must be a mount point, so that files are never written into the empty folder under it. */
  mustBeMounted: z.boolean().default(true),
});
export type ShareSettings = z.infer<typeof shareSchema>;

export const sharesSchema = z.strictObject({
  servers: setting(
    z
      .array(shareSchema)
      .refine((shares) => areUnique(shares.map(({ label }) => label)), "two shares have the same label")
      .refine((shares) => areUnique(shares.map(({ path }) => path)), "two shares have the same path")
      .default([]),
    "The flex shares: path, label, role (active, secondary, archive or spare), mountCommand, mustBeMounted.",
    "a list of shares, each with a path and a label of its own, and no password in a mountCommand (use credentials=FILE)",
    { overNetwork: "folders" },
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
