/** Messages between the main process and the station's process. Calls of pages use separate ports. */
import { z } from "zod";

export const toStationSchema = z.discriminatedUnion("kind", [
  /** A page connects to the station; its port is transferred with the message. */
  z.object({ kind: z.literal("client"), token: z.string().max(300).optional() }),
  /** Sent every few seconds; a station that does not answer is considered hung. */
  z.object({ kind: z.literal("beat"), number: z.number().int() }),
  /** Stop. With `drain`, running jobs finish first; otherwise they stay rows. */
  z.object({ kind: z.literal("stop"), drain: z.boolean() }),
  /** The program is to be replaced: is anything in the way? Answered with `prepared`, after a backup. */
  z.object({ kind: z.literal("prepare"), number: z.number().int() }),
  /** The result of a request to the main process. */
  z.object({ kind: z.literal("done"), number: z.number().int(), problem: z.string().optional() }),
]);
export type ToStation = z.infer<typeof toStationSchema>;

/** The work as shown outside of the window. */
export const activitySchema = z.object({
  running: z.number().int(),
  queued: z.number().int(),
  isPaused: z.boolean(),
  /** Progress of the running jobs, 0 to 1; null: none is running. */
  progress: z.number().min(0).max(1).nullable(),
});
export type Activity = z.infer<typeof activitySchema>;

export const fromStationSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("ready"),
    /** The socket of its HTTP server, in a folder that only this user can enter. */
    socket: z.string(),
    /** One-time ticket to sign in the person who starts the program first; null: accounts with passwords exist. */
    ticket: z.string().nullable(),
    version: z.string(),
    dataFolder: z.string(),
    /** Origins that links may lead to: the Cablecast server. */
    origins: z.array(z.string()),
    /** Checks for newer versions of the program automatically. */
    checksForUpdates: z.boolean(),
  }),
  /** The station cannot be opened; its process ends by itself. */
  z.object({ kind: z.literal("failed"), code: z.string(), message: z.string(), remedy: z.string() }),
  z.object({ kind: z.literal("beat"), number: z.number().int() }),
  z.object({ kind: z.literal("work"), work: activitySchema }),
  z.object({
    kind: z.literal("ended"),
    jobId: z.string(),
    type: z.string(),
    title: z.string(),
    state: z.enum(["completed", "failed"]),
    /** ISO 8601; tells apart the ends of a job that is retried. */
    date: z.string(),
    /** The cause of a failure, in the user's words. */
    reason: z.string().optional(),
    transcriptionId: z.string().nullable(),
  }),
  /** The program may be replaced; `problem` says why not. */
  z.object({ kind: z.literal("prepared"), number: z.number().int(), problem: z.string().optional() }),
  /** Show a file in the file manager; answered with `done`. */
  z.object({ kind: z.literal("reveal"), number: z.number().int(), path: z.string() }),
  /** Close the station and open it again with the changed settings. */
  z.object({ kind: z.literal("restart"), restore: z.string().optional() }),
  z.object({ kind: z.literal("stopped") }),
]);
export type FromStation = z.infer<typeof fromStationSchema>;
/** An ended job that a user had requested. */
export type EndedJob = Extract<FromStation, { kind: "ended" }>;

/** Arguments of the station's process. */
export const stationArgumentsSchema = z.object({
  dataFolder: z.string().optional(),
  /** Folder for its socket. */
  runFolder: z.string(),
  /** Read-only (safe mode): nothing is started; captions can be viewed and exported, backups restored. */
  isSafe: z.boolean(),
  /** A backup to restore first: its name, or `newest`. */
  restore: z.string().optional(),
  /**
   * Jobs that have ended since then are reported, ISO 8601: including those that ended just before the station died.
   */
  since: z.string(),
  /** False: on a desktop, only its keyring may keep the key of secrets. */
  mayMakeKeyFile: z.boolean(),
});
export type StationArguments = z.infer<typeof stationArgumentsSchema>;
