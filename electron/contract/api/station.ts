/** The station: shares and cities, daily figures, settings, health and logs. */
import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { serviceNames, serviceStatuses } from "../services.ts";
import { webAddress } from "../settings/address.ts";
import { dateTimeSchema, doneSchema, forAdmins, forOperators, forUsers } from "./base.ts";
import { countsSchema } from "./queue.ts";

const shareSchema = z.object({
  label: z.string(),
  path: z.string(),
  role: z.string(),
  status: z.enum(["healthy", "degraded", "unhealthy", "unknown"]),
  message: z.string(),
  totalBytes: z.number().nullable(),
  freeBytes: z.number().nullable(),
  checkedDate: dateTimeSchema.nullable(),
  /** Time of the last scan; null: not scanned since the station was opened, or not a share for new recordings. */
  scannedDate: dateTimeSchema.nullable(),
  /** The command to type when it is not mounted; null for whoever does not run the station. */
  mountCommand: z.string().nullable(),
  /** Files by state. */
  files: z.record(z.string(), z.number().int()),
});
export type ShareView = z.infer<typeof shareSchema>;

const figuresSchema = z.object({
  counts: countsSchema,
  waitingForReview: z.number().int(),
  failed: z.number().int(),
  unpublished: z.number().int(),
  /** Minutes of human time per hour of meeting, over meetings that were worked on; null: none was. */
  workedPerHour: z.number().nullable(),
  /** The last days, oldest first. */
  days: z.array(
    z.object({
      date: z.string(),
      recordings: z.number().int(),
      minutes: z.number(),
      /** Minutes of work per minute of recording; null: nothing was done. */
      realTimeFactor: z.number().nullable(),
      score: z.number().nullable(),
      /** Minutes of active work on captions. */
      workedMinutes: z.number(),
      published: z.number().int(),
    }),
  ),
  storage: z.array(z.object({ name: z.string(), totalBytes: z.number(), freeBytes: z.number() })),
});

const settingSchema = z.object({
  key: z.string(),
  description: z.string(),
  mustBe: z.string(),
  kind: z.enum(["text", "number", "list", "flag", "json"]),
  value: z.unknown(),
  defaultValue: z.unknown(),
  /** Allowed values, where there is a fixed set. */
  choices: z.array(z.string()).nullable(),
  /** The environment variable that sets it and overrides the file. */
  fromEnvironment: z.string().nullable(),
  /** True: it can only be set at the station's own machine, and the caller is not there. */
  isHereOnly: z.boolean(),
  /** Who signs in at the address that the value is; the secret is never given back. */
  signInName: z.string().nullable(),
});

const findingSchema = z.object({
  name: z.string(),
  status: z.enum(["ok", "warning", "error"]),
  detail: z.string(),
  remedy: z.string().nullable(),
});

const serviceSchema = z.object({
  name: z.enum(serviceNames),
  status: z.enum(serviceStatuses),
  detail: z.string(),
  remedy: z.string().nullable(),
  /** When it was last asked; null: not since the station was opened. */
  checkedDate: dateTimeSchema.nullable(),
  /** When it was last right; null: never. */
  rightDate: dateTimeSchema.nullable(),
});

/** What can be tested, with the values to test; absent: the present ones. */
const trialSchema = z.discriminatedUnion("what", [
  z.object({ what: z.literal("share"), path: z.string().min(1).max(4_096), mustBeMounted: z.boolean().default(false) }),
  z.object({
    what: z.literal("ffmpeg"),
    ffmpegPath: z.string().max(4_096).nullable().optional(),
    ffprobePath: z.string().max(4_096).nullable().optional(),
  }),
  z.object({
    what: z.literal("model"),
    model: z.string().max(4_096).optional(),
    language: z.string().max(20).optional(),
  }),
  z.object({ what: z.literal("cablecast"), url: webAddress.nullable().optional() }),
]);
export type Trial = z.infer<typeof trialSchema>;

export const logNames = ["application", "transcription", "vod", "error"] as const;
const logLineSchema = z.object({
  date: dateTimeSchema,
  level: z.enum(["error", "warn", "info", "debug"]),
  message: z.string(),
  details: z.string(),
});

const noticeSchema = z.object({
  id: z.number().int(),
  severity: z.string(),
  subject: z.string(),
  body: z.string(),
  createdDate: dateTimeSchema,
});

const tag = { tags: ["station"] };

export const station = {
  shares: forUsers.route({ method: "GET", path: "/api/shares", ...tag }).output(z.array(shareSchema)),
  /** Names of the cities in the settings. */
  cities: forUsers.route({ method: "GET", path: "/api/cities", ...tag }).output(z.array(z.string())),
  checkShares: forOperators.route({ method: "POST", path: "/api/shares/check", ...tag }).output(z.array(shareSchema)),
  scan: forOperators
    .route({ method: "POST", path: "/api/shares/scan", ...tag })
    .output(z.object({ message: z.string() })),
  waiting: forUsers.route({ method: "GET", path: "/api/shares/files", ...tag }).output(
    z.array(
      z.object({
        id: z.number().int(),
        share: z.string(),
        path: z.string(),
        city: z.string().nullable(),
        state: z.string(),
        bytes: z.number(),
        date: z.string().nullable(),
        problem: z.string().nullable(),
      }),
    ),
  ),
  figures: forUsers.route({ method: "GET", path: "/api/figures", ...tag }).output(figuresSchema),
  settings: forUsers.route({ method: "GET", path: "/api/settings", ...tag }).output(
    z.object({
      file: z.string(),
      settings: z.array(settingSchema),
      /** True: the values take effect after a restart. */
      needsRestart: z.boolean(),
    }),
  ),
  /** Values by key; null resets to the default. They take effect at the next start. */
  changeSettings: forAdmins
    .route({ method: "PATCH", path: "/api/settings", ...tag })
    .input(z.object({ values: z.record(z.string(), z.unknown()) }))
    .output(z.object({ needsRestart: z.boolean() })),
  /** Closes and reopens the station so that its settings take effect; running jobs resume afterwards. */
  restart: forAdmins.route({ method: "POST", path: "/api/restart", ...tag }).output(doneSchema),
  /** Backups of the catalog, newest first. */
  backups: forAdmins
    .route({ method: "GET", path: "/api/backups", ...tag })
    .output(z.array(z.object({ name: z.string(), bytes: z.number(), date: z.string() }))),
  /** Replaces the catalog with a backup and reopens the station. The replaced catalog is kept beside the backups. */
  restore: forAdmins
    .route({ method: "POST", path: "/api/backups/restore", ...tag })
    .input(z.object({ name: z.string().min(1).max(200) }))
    .output(doneSchema),
  /** Tests a setting before it is saved. */
  tryOut: forAdmins
    .route({ method: "POST", path: "/api/settings/try", ...tag })
    .input(trialSchema)
    .output(z.array(findingSchema)),
  /** The services that the station depends on, each really asked, at most a minute ago. */
  services: forUsers
    .route({ method: "POST", path: "/api/health/services", ...tag })
    .input(
      z.object({
        /** True: all of them are asked now. */
        fresh: z.boolean().default(false),
      }),
    )
    .output(z.array(serviceSchema)),
  health: forUsers.route({ method: "POST", path: "/api/health/look", ...tag }).output(z.array(findingSchema)),
  logs: forOperators
    .route({ method: "POST", path: "/api/logs", ...tag })
    .input(
      z.object({
        name: z.enum(logNames),
        level: z.enum(["error", "warn", "info", "debug"]).default("info"),
        text: z.string().max(200).default(""),
        limit: z.number().int().min(1).max(2_000).default(300),
      }),
    )
    .output(z.object({ file: z.string(), lines: z.array(logLineSchema) })),
  notices: forUsers.route({ method: "GET", path: "/api/notices", ...tag }).output(z.array(noticeSchema)),
  /** Notifies screens that displayed data has changed; at most ten a second. */
  changes: forUsers
    .route({ method: "GET", path: "/api/changes", ...tag })
    .output(eventIterator(z.object({ what: z.enum(["everything", "jobs", "shares"]) }))),
};
