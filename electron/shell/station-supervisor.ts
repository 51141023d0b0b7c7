/**
 * Supervises the station's process: starts it, detects when it has died or hangs, and restarts it after a growing
 * pause; after repeated deaths it is opened in safe mode (README.md, "The station's process"). Jobs are rows, so they
 * resume.
 */
import { type MessagePortMain, type UtilityProcess, utilityProcess } from "electron";
import { minuteMs } from "../captions/time/durations.ts";
import type { Logger } from "../config/logger.ts";
import { exponentialBackoffMs } from "../contract/backoff.ts";
import { TypedEvents } from "../platform/typed-events.ts";
import {
  type Activity,
  type EndedJob,
  type FromStation,
  fromStationSchema,
  type StationArguments,
  type ToStation,
} from "./station-messages.ts";

type Ready = Extract<FromStation, { kind: "ready" }>;
type Failed = Extract<FromStation, { kind: "failed" }>;

export type StationState =
  | { readonly kind: "starting" }
  | { readonly kind: "ready"; readonly station: Ready; readonly isSafe: boolean }
  /** The process has died and is restarted shortly. */
  | { readonly kind: "away"; readonly deaths: number }
  /** The station cannot be opened and reports why: the user has to act. */
  | { readonly kind: "failed"; readonly problem: Omit<Failed, "kind"> }
  | { readonly kind: "stopped" };

export interface SupervisorEvents {
  readonly stateChanged: StationState;
  readonly activity: Activity;
  /** Emitted once for each end of a job, whichever station process has reported it. */
  readonly jobEnded: EndedJob;
}

export interface SupervisorOptions {
  /** Path of the built `station-process`. */
  readonly modulePath: string;
  readonly arguments: Omit<StationArguments, "isSafe" | "since" | "restore">;
  readonly environment: NodeJS.ProcessEnv;
  readonly logger: Logger;
  /** Shows a file in the file manager. */
  readonly onReveal: (path: string) => Promise<void>;
  /** Deaths within five minutes after which the station is opened in safe mode. */
  readonly maxDeaths?: number;
  readonly beatMs?: number;
  /** Consecutive heartbeats that may stay unanswered. */
  readonly maxMissed?: number;
  readonly firstPauseMs?: number;
  readonly maxPauseMs?: number;
}

const deathWindowMs = 5 * minuteMs;
const serviceName = "Archivist station";
/** Time for an orderly stop, in milliseconds; after it rows stay as they are, and children end with the process. */
const defaultDeadlineMs = 20_000;
const defaultFirstPauseMs = 500;
const defaultMaxPauseMs = 30_000;

export class StationSupervisor {
  readonly events: TypedEvents<SupervisorEvents>;
  readonly #options: SupervisorOptions;
  #child: UtilityProcess | undefined;
  #state: StationState = { kind: "starting" };
  #isSafe = false;
  #restore: string | undefined;
  #isEnding = false;
  #isReopening = false;
  #isStopped = false;
  #reopened: Promise<void> | undefined;
  /** The child that has really started: until then it has no process id. */
  #spawned: UtilityProcess | undefined;
  readonly #deaths: number[] = [];
  /** Start of this program: jobs that ended since then are reported once, by whichever station process. */
  readonly #since = new Date().toISOString();
  readonly #reportedEnds = new Set<string>();
  #beats: NodeJS.Timeout | undefined;
  #missed = 0;
  #restart: NodeJS.Timeout | undefined;
  #ended: PromiseWithResolvers<void> | undefined;
  #prepares = 0;
  #prepared: { readonly number: number; readonly answer: PromiseWithResolvers<string | undefined> } | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.events = new TypedEvents((error, event) => {
      options.logger.error("the reaction to the station has failed", { event, error });
    });
  }

  get state(): StationState {
    return this.#state;
  }

  /** Process id of the station, if it runs. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Does nothing if a process exists: two of them would compete for the data folder. */
  start(): void {
    clearTimeout(this.#restart);
    if (this.#child !== undefined) return;
    this.#isEnding = false;
    this.#isStopped = false;
    this.#set({ kind: "starting" });
    const { modulePath, environment, arguments: own, logger } = this.#options;
    const restore = this.#restore;
    // Used once: a station that dies afterward is opened without restoring again.
    this.#restore = undefined;
    const options: StationArguments = {
      ...own,
      isSafe: this.#isSafe,
      since: this.#since,
      ...(restore === undefined ? {} : { restore }),
    };
    const child = utilityProcess.fork(modulePath, [JSON.stringify(options)], {
      serviceName,
      env: environment,
      stdio: "pipe",
    });
    this.#child = child;
    // Other output is logged for troubleshooting.
    child.stderr?.on("data", (chunk: Buffer) => logger.warn("the station says", { text: chunk.toString().trim() }));
    child.stdout?.resume();
    child.on("message", (data: unknown) => this.#hear(child, data));
    child.once("spawn", () => {
      this.#spawned = child;
    });
    child.once("exit", (code) => this.#gone(child, code));
    this.#missed = 0;
    clearInterval(this.#beats);
    this.#beats = setInterval(() => this.#beat(child), this.#options.beatMs ?? 5_000);
  }

  /**
   * Reopens the station normally; also leaves safe mode when the user wants to try again.
   * @param restore a backup to restore first: its name, or `newest`
   */
  reopen(restore?: string): Promise<void> {
    this.#restore = restore ?? this.#restore;
    // Concurrent calls share one reopening.
    this.#reopened ??= this.#reopen().finally(() => {
      this.#reopened = undefined;
    });
    return this.#reopened;
  }

  async #reopen(): Promise<void> {
    this.#isSafe = false;
    this.#deaths.length = 0;
    this.#isReopening = true;
    await this.#halt(false, defaultDeadlineMs);
    this.#isReopening = false;
    // The station was stopped for good in the meantime.
    if (this.#isStopped) this.#set({ kind: "stopped" });
    else this.start();
  }

  /** Passes a page's end of a channel to the station. @returns false while there is no station */
  admit(port: MessagePortMain, token: string | undefined): boolean {
    if (this.#state.kind !== "ready" || this.#child === undefined) {
      port.close();
      return false;
    }
    const message: ToStation = { kind: "client", ...(token === undefined ? {} : { token }) };
    this.#child.postMessage(message, [port]);
    return true;
  }

  /**
   * Before the program is replaced: the station checks whether anything is in the way, and makes a backup.
   * @returns what is in the way; undefined: nothing, and the backup was verified by reading it
   */
  async prepare(): Promise<string | undefined> {
    // A newer program may be the remedy for a station that cannot be opened; its catalog is not open, and a newer
    // program backs it up before it changes anything.
    if (this.#state.kind === "failed") return undefined;
    if (this.#state.kind !== "ready" || this.#child === undefined) return "the station is away just now";
    if (this.#prepared === undefined) {
      this.#prepared = { number: ++this.#prepares, answer: Promise.withResolvers() };
      const message: ToStation = { kind: "prepare", number: this.#prepared.number };
      this.#child.postMessage(message);
    }
    return this.#prepared.answer.promise;
  }

  #hasPrepared(problem: string | undefined): void {
    this.#prepared?.answer.resolve(problem);
    this.#prepared = undefined;
  }

  /** The machine has slept: heartbeats that were missed meanwhile do not count. */
  forgive(): void {
    this.#missed = 0;
  }

  /**
   * Stops the station in an orderly way.
   * @param drain wait until running jobs have ended
   * @param deadlineMs after that it is killed; rows stay as they are, and children end with it
   */
  async stop(drain: boolean, deadlineMs = drain ? Number.POSITIVE_INFINITY : defaultDeadlineMs): Promise<void> {
    this.#isStopped = true;
    await this.#halt(drain, deadlineMs);
  }

  async #halt(drain: boolean, deadlineMs: number): Promise<void> {
    this.#isEnding = true;
    clearTimeout(this.#restart);
    clearInterval(this.#beats);
    const child = this.#child;
    if (child === undefined) {
      this.#settle();
      return;
    }
    // A second call without `drain` can follow when the user stops waiting.
    this.#ended ??= Promise.withResolvers();
    const message: ToStation = { kind: "stop", drain };
    child.postMessage(message);
    const timer = Number.isFinite(deadlineMs) ? setTimeout(() => child.kill(), deadlineMs) : undefined;
    await this.#ended.promise;
    clearTimeout(timer);
  }

  /**
   * Handles Electron's report that a process has gone: usually the child has reported its exit itself; where it has
   * not, this report counts (README.md, "The station's process"). Ignores other processes, and a child that has yet to
   * start.
   */
  lost({ type, name }: { readonly type: string; readonly name?: string | undefined }): void {
    const child = this.#child;
    if (type !== "Utility" || (name !== undefined && name !== serviceName) || child === undefined) return;
    if (this.#spawned === child && child.pid === undefined) this.#gone(child, -1);
  }

  #hear(child: UtilityProcess, data: unknown): void {
    if (child !== this.#child) return;
    const parsed = fromStationSchema.safeParse(data);
    if (!parsed.success) {
      this.#options.logger.warn("the station says something that nobody understands", { error: parsed.error });
      return;
    }
    const message = parsed.data;
    switch (message.kind) {
      case "ready":
        this.#set({ kind: "ready", station: message, isSafe: this.#isSafe });
        return;
      case "failed": {
        const { kind: _, ...problem } = message;
        this.#set({ kind: "failed", problem });
        return;
      }
      case "beat":
        this.#missed = 0;
        return;
      case "work":
        this.events.emit("activity", message.work);
        return;
      case "ended": {
        const key = `${message.jobId} ${message.date}`;
        if (this.#reportedEnds.has(key)) return;
        this.#reportedEnds.add(key);
        this.events.emit("jobEnded", message);
        return;
      }
      case "prepared":
        if (message.number === this.#prepared?.number) this.#hasPrepared(message.problem);
        return;
      case "reveal":
        void this.#reveal(child, message.number, message.path);
        return;
      case "restart":
        void this.reopen(message.restore);
        return;
      default:
        return;
    }
  }

  async #reveal(child: UtilityProcess, number: number, path: string): Promise<void> {
    const problem = await this.#options.onReveal(path).then(
      () => undefined,
      (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)),
    );
    const message: ToStation = { kind: "done", number, ...(problem === undefined ? {} : { problem }) };
    child.postMessage(message);
  }

  #beat(child: UtilityProcess): void {
    // Opening a large catalog, or migrating it, blocks the process: heartbeats start once it is ready.
    if (child !== this.#child || this.#state.kind !== "ready") return;
    if (this.#missed >= (this.#options.maxMissed ?? 6)) {
      this.#options.logger.error("the station does not answer: it is ended, and started again");
      child.kill();
      return;
    }
    this.#missed++;
    const message: ToStation = { kind: "beat", number: this.#missed };
    child.postMessage(message);
  }

  #gone(child: UtilityProcess, code: number): void {
    if (child !== this.#child) return;
    this.#child = undefined;
    clearInterval(this.#beats);
    this.#hasPrepared("the station is away just now");
    const { logger } = this.#options;
    if (this.#isEnding) {
      this.#settle();
      return;
    }
    // The station has reported why it cannot be opened: an automatic retry would change nothing.
    if (this.#state.kind === "failed") return;
    const now = performance.now();
    this.#deaths.push(now);
    while (this.#deaths.length > 0 && now - (this.#deaths[0] as number) > deathWindowMs) this.#deaths.shift();
    const deaths = this.#deaths.length;
    logger.error("the station has died", { code, deaths });
    if (deaths >= (this.#options.maxDeaths ?? 3)) {
      if (this.#isSafe) {
        this.#set({ kind: "failed", problem: crashed });
        return;
      }
      this.#isSafe = true;
      this.#deaths.length = 0;
    }
    this.#set({ kind: "away", deaths });
    const { firstPauseMs = defaultFirstPauseMs, maxPauseMs = defaultMaxPauseMs } = this.#options;
    const pause = exponentialBackoffMs({ attempt: deaths, firstMs: firstPauseMs, maxMs: maxPauseMs });
    this.#restart = setTimeout(() => this.start(), pause);
  }

  #settle(): void {
    if (!this.#isReopening) this.#set({ kind: "stopped" });
    this.#ended?.resolve();
    this.#ended = undefined;
  }

  #set(state: StationState): void {
    this.#state = state;
    this.events.emit("stateChanged", state);
  }
}

const crashed = {
  code: "internal",
  message: "the station ends again and again, also when it only reads",
  remedy: "Look at the log, restore a backup of the catalog, or send the log to us.",
};
