/** What the main process and the station's process say to one another. Calls of pages go over ports of their own. */
import { z } from "zod";

export const toStationSchema = z.discriminatedUnion("kind", [
  /** A page wants to speak to the station; its port comes along. */
  z.object({ kind: z.literal("client"), token: z.string().max(300).optional() }),
  /** Asked every few seconds: a station that does not answer hangs. */
  z.object({ kind: z.literal("beat"), number: z.number().int() }),
  /** End; running jobs are let end where `drain` is wished, and stay rows else. */
  z.object({ kind: z.literal("stop"), drain: z.boolean() }),
  /** The program is to be replaced: is nothing in the way? Answered with `prepared`, after a backup. */
  z.object({ kind: z.literal("prepare"), number: z.number().int() }),
  /** What became of something that the main process was asked to do. */
  z.object({ kind: z.literal("done"), number: z.number().int(), problem: z.string().optional() }),
]);
export type ToStation = z.infer<typeof toStationSchema>;

/** What people see of the work without opening the window. */
export const activitySchema = z.object({
  running: z.number().int(),
  queued: z.number().int(),
  isPaused: z.boolean(),
  /** Of what is running, 0 to 1; null: nothing is. */
  progress: z.number().min(0).max(1).nullable(),
});
export type Activity = z.infer<typeof activitySchema>;

export const fromStationSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("ready"),
    /** Where its HTTP server listens: the socket of a folder that only this user can enter. */
    socket: z.string(),
    /** Signs in once, whoever has started the program for the first time; null: there are people, with passwords. */
    ticket: z.string().nullable(),
    version: z.string(),
    dataFolder: z.string(),
    /** Places of the web that links may lead to: the Cablecast server. */
    origins: z.array(z.string()),
    /** Newer versions of the program are looked for without being asked. */
    checksForUpdates: z.boolean(),
  }),
  /** It cannot be opened; it ends by itself then. */
  z.object({ kind: z.literal("failed"), code: z.string(), message: z.string(), remedy: z.string() }),
  z.object({ kind: z.literal("beat"), number: z.number().int() }),
  z.object({ kind: z.literal("work"), work: activitySchema }),
  z.object({
    kind: z.literal("ended"),
    jobId: z.string(),
    type: z.string(),
    title: z.string(),
    state: z.enum(["completed", "failed"]),
    /** ISO 8601: a job that is tried again ends again. */
    date: z.string(),
    /** Of a failure, in the user's words. */
    reason: z.string().optional(),
    transcriptionId: z.string().nullable(),
  }),
  /** It may be replaced, or not: why. */
  z.object({ kind: z.literal("prepared"), number: z.number().int(), problem: z.string().optional() }),
  /** Show a file in the file manager; answered with `done`. */
  z.object({ kind: z.literal("reveal"), number: z.number().int(), path: z.string() }),
  /** Somebody wants it closed and opened again, with other settings. */
  z.object({ kind: z.literal("restart"), restore: z.string().optional() }),
  z.object({ kind: z.literal("stopped") }),
]);
export type FromStation = z.infer<typeof fromStationSchema>;
/** A job that people have asked for has ended. */
export type EndedJob = Extract<FromStation, { kind: "ended" }>;

/** How the station's process is started. */
export const stationArgumentsSchema = z.object({
  dataFolder: z.string().optional(),
  /** Folder for its socket. */
  runFolder: z.string(),
  /** Read-only: nothing is started, captions can be looked at and exported, backups restored. */
  isSafe: z.boolean(),
  /** A backup to begin with: its name, or `newest`. */
  restore: z.string().optional(),
  /** Jobs that have ended since then are told, ISO 8601: also those that ended just before the station died. */
  since: z.string(),
  /** False: there is a desktop, and its keyring keeps the key of secrets, or nobody does. */
  mayMakeKeyFile: z.boolean(),
});
export type StationArguments = z.infer<typeof stationArgumentsSchema>;
