/**
 * Runs jobs. The rows in the catalog determine what there is to do; this class starts the jobs that may start, stops
 * those that may no longer run, and stores how each run ended. It keeps no state that a restart could lose. README.md
 * explains the order.
 */
import { type Catalog, catalogError } from "../catalog/open.ts";
import { isFlagSet } from "../catalog/repositories/flags.ts";
import { blockQueued, listWaiting, releaseWaiting } from "../catalog/repositories/job-commands.ts";
import {
  blockRun,
  claimJob,
  completeRun,
  failRun,
  listCurrentRuns,
  requeueCrashed,
  requeueRun,
} from "../catalog/repositories/job-runs.ts";
import type { JobError } from "../catalog/repositories/job-transitions.ts";
import { findNextWake, type JobRow, listCandidates } from "../catalog/repositories/jobs.ts";
import type { Logger } from "../config/logger.ts";
import { ArchivistError, type ArchivistError as Fault, toArchivistError } from "../contract/errors.ts";
import { type JobPool, type JobType, jobPools } from "../contract/jobs.ts";
import type { Settings } from "../contract/settings.ts";
import type { Clock } from "../platform/clock.ts";
import { TypedEvents } from "../platform/typed-events.ts";
import { backoffMs } from "./backoff.ts";
import { chooseNext } from "./choose-next.ts";
import type { Decision, Recover, StartBlock, StartConditions } from "./decision.ts";
import type { JobKind, Progress } from "./job-kind.ts";
import { JobRun, type StopReason } from "./job-run.ts";
import { QueueFeed } from "./queue-feed.ts";

export interface QueueOptions {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly kinds: readonly JobKind[];
  readonly settings: Settings["queue"];
  /** Slots per pool: the number of its jobs that run at once. */
  readonly poolSizes: Readonly<Record<JobPool, number>>;
  readonly gate: StartConditions;
  readonly recover: Recover;
  readonly random?: () => number;
  /** True while this signal's work waits for a lane. */
  readonly isWaiting?: (signal: AbortSignal) => boolean;
}

export interface QueueEvents {
  /** A job has completed. Facts learned during the run are in the job's row. */
  readonly jobEnded: JobRow;
  /** A job has failed for good. */
  readonly jobFailed: { readonly job: JobRow; readonly error: Fault };
}

/** How often rows are checked for changes by other processes; a check costs microseconds. */
const pollMs = 100;
/** How often jobs that wait for a share, a maintenance window or disk space are checked. */
const reviewMs = 1_000;
/** Number of candidates per pool that are compared; those behind them have to wait anyway. */
const maxCandidates = 200;

export class JobQueue {
  readonly feed = new QueueFeed();
  readonly events: TypedEvents<QueueEvents>;
  readonly #options: QueueOptions;
  readonly #kinds: ReadonlyMap<JobType, JobKind>;
  readonly #running = new Map<string, JobRun>();
  readonly #ends = new Set<Promise<void>>();
  readonly #servedAt = new Map<string, number>();
  readonly #random: () => number;
  #groupKey: string | undefined;
  #starts = 0;
  #timer: NodeJS.Timeout | undefined;
  #mayStart = false;
  #isRun: (id: string) => boolean = () => true;
  #seenVersion = Number.NaN;
  #reviewedAt = Number.NEGATIVE_INFINITY;
  #wakeAt: string | undefined;

  constructor(options: QueueOptions) {
    this.#options = options;
    this.events = new TypedEvents((error, event) => {
      options.logger.error("the reaction to a job's end has failed", { event, error });
    });
    this.#kinds = new Map(options.kinds.map((kind) => [kind.type, kind]));
    this.#random = options.random ?? Math.random;
  }

  /**
   * Recovers the jobs that a previous process left running, and starts the queue.
   * @param only which jobs are run, for a command that waits for one; absent: all
   * @returns The jobs that were running when that process ended
   */
  start(only: (id: string) => boolean = () => true): readonly JobRow[] {
    this.#isRun = only;
    const { catalog, settings, logger } = this.#options;
    const fault = new ArchivistError("job.crashed");
    const { left, failed } = requeueCrashed(catalog, settings.crashLimit, toJobError(fault), this.#now());
    for (const { id, title } of left) logger.warn("a job is taken up after a crash", { id, title });
    for (const job of failed) this.events.emit("jobFailed", { job, error: fault });
    this.#mayStart = true;
    this.#timer = setInterval(() => this.#poll(), pollMs);
    this.#dispatch();
    return left;
  }

  /** Checks the rows now, after a change in this process. */
  nudge(): void {
    this.#stopWithdrawn();
    this.#dispatch();
    this.feed.everythingChanged();
  }

  /** Latest progress of a job that runs in this process; more recent than its row. */
  getProgress(id: string): Progress | undefined {
    return this.#running.get(id)?.progress;
  }

  get runningCount(): number {
    return this.#running.size;
  }

  /**
   * Stops the queue. Jobs that are still running return to the queue and keep the work done so far.
   * @param drain wait for running jobs to finish, but start no others
   */
  async stop({ drain = false }: { readonly drain?: boolean } = {}): Promise<void> {
    this.#mayStart = false;
    if (!drain) this.#stopAll("shutdown");
    while (this.#ends.size > 0) await Promise.race(this.#ends);
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.feed.close();
  }

  /** Makes a draining queue stop at once. */
  abort(): void {
    this.#stopAll("shutdown");
  }

  #stopAll(reason: StopReason): void {
    for (const running of this.#running.values()) running.stop(reason);
  }

  #now(): string {
    return this.#options.clock.now().toISOString();
  }

  #poll(): void {
    try {
      const version = this.#options.catalog.dataVersion();
      const isOthersChange = version !== this.#seenVersion;
      this.#seenVersion = version;
      if (isOthersChange) {
        this.#stopWithdrawn();
        this.feed.everythingChanged();
      }
      const reviewed = this.#review();
      const isTime = this.#wakeAt !== undefined && this.#now() >= this.#wakeAt;
      if (isOthersChange || reviewed || isTime) this.#dispatch();
    } catch (thrown) {
      // A full disk or a locked catalog: the next poll may succeed.
      this.#options.logger.error("the queue could not be looked at", { error: thrown });
    }
  }

  /** Stops runs whose job was cancelled, paused or given to another run. */
  #stopWithdrawn(): void {
    const current = listCurrentRuns(this.#options.catalog);
    for (const [id, running] of this.#running) {
      if (current.get(id) !== running.key.run) running.stop("withdrawn");
    }
  }

  /** Requeues waiting jobs that are no longer blocked. @returns True if there were any */
  #review(): boolean {
    const at = this.#options.clock.monotonicMs();
    if (at - this.#reviewedAt < reviewMs || !this.#mayStart) return false;
    this.#reviewedAt = at;
    const { catalog, gate } = this.#options;
    let released = 0;
    for (const reason of ["share", "window", "disk"] as const) {
      const ready = listWaiting(catalog, reason).filter((job) => gate.isUnblocked(reason, job));
      if (ready.length === 0) continue;
      const ids = ready.map(({ id }) => id);
      released += releaseWaiting(catalog, ids, releaseWords[reason], this.#now());
      for (const id of ids) this.feed.changed(id);
    }
    return released > 0;
  }

  #dispatch(): void {
    if (!this.#mayStart || isFlagSet(this.#options.catalog, "queue_paused")) return;
    for (const pool of jobPools) while (this.#startNext(pool));
    this.#wakeAt = findNextWake(this.#options.catalog, this.#now());
  }

  /** Starts one job of a pool. @returns False if none may start */
  #startNext(pool: JobPool): boolean {
    const { catalog, clock, poolSizes } = this.#options;
    const kinds = this.#options.kinds.filter((kind) => kind.pool === pool);
    if (kinds.length === 0 || this.#countRunning(pool) >= poolSizes[pool]) return false;
    const types = kinds.map(({ type }) => type);
    const queued = listCandidates(catalog, this.#now(), types, maxCandidates).filter(({ id }) => this.#isRun(id));
    // A job that was withdrawn and submitted again waits until its previous run has ended.
    const free = this.#excludeBlocked(queued, pool).filter(({ id }) => !this.#running.has(id));
    const next = chooseNext(free, { groupKey: this.#groupKey, servedAt: this.#servedAt }, clock.now().getTime());
    if (next === undefined) return false;
    const job = claimJob(catalog, next.id, this.#now());
    if (job === undefined) return true;
    this.#begin(job);
    return true;
  }

  /** Filters out jobs that may not start now, and marks them as waiting. */
  #excludeBlocked<T extends Pick<JobRow, "id" | "share" | "type">>(jobs: readonly T[], pool: JobPool): readonly T[] {
    const { catalog, gate } = this.#options;
    return jobs.filter((job) => {
      const hold = gate.getStartBlock(job, pool);
      if (hold === undefined) return true;
      blockQueued(catalog, [job.id], hold.waitsFor, hold.message, this.#now());
      this.feed.changed(job.id);
      return false;
    });
  }

  #countRunning(pool: JobPool): number {
    return [...this.#running.values()].filter(({ job }) => this.#kinds.get(job.type)?.pool === pool).length;
  }

  #begin(job: JobRow): void {
    const kind = this.#kinds.get(job.type) as JobKind;
    const { catalog, clock, settings } = this.#options;
    this.#starts++;
    if (job.city !== null) this.#servedAt.set(job.city, this.#starts);
    if (job.groupKey !== null) this.#groupKey = job.groupKey;
    const running = new JobRun({
      catalog,
      clock,
      kind,
      job,
      // Urgent jobs go first in every lane; with equal priority, the one that started first.
      order: this.#starts - job.priority * ordersPerPriority,
      hoursPerHour: settings.hoursPerHour,
      isWaiting: this.#options.isWaiting ?? (() => false),
      onChange: (id) => this.feed.changed(id),
    });
    this.#running.set(job.id, running);
    this.feed.changed(job.id);
    const end = this.#follow(running).finally(() => {
      this.#ends.delete(end);
      this.#running.delete(job.id);
      this.feed.changed(job.id);
      try {
        this.#dispatch();
      } catch (thrown) {
        this.#options.logger.error("the next job could not be started", { error: thrown });
      }
    });
    this.#ends.add(end);
  }

  /** Never throws: an end that cannot be stored now is recovered at the next start. */
  async #follow(running: JobRun): Promise<void> {
    const { catalog, logger } = this.#options;
    try {
      const result = await running.run();
      if (completeRun(catalog, running.key, result, this.#now())) this.events.emit("jobEnded", running.job);
    } catch (thrown) {
      try {
        // An error of the catalog may mean that the disk is full.
        await this.#settle(running, toArchivistError(catalogError(thrown, "")));
      } catch (second) {
        logger.error("the end of a job could not be written down", { id: running.key.id, error: second });
        this.#releaseLater(running);
      }
    }
  }

  /** The end of a run could not be stored (the disk is full), so the row still says running: keep trying. */
  #releaseLater(running: JobRun): void {
    const attempt = (): void => {
      if (this.#timer === undefined) return;
      try {
        const note = { kind: "released", message: "its end could not be stored" } as const;
        requeueRun(this.#options.catalog, running.key, {}, note, this.#now());
        this.#dispatch();
      } catch {
        setTimeout(attempt, reviewMs).unref();
      }
    };
    setTimeout(attempt, reviewMs).unref();
  }

  /** Decides what happens to a run that did not complete. */
  async #settle(running: JobRun, error: ArchivistError): Promise<void> {
    const { catalog, logger } = this.#options;
    const { key, job } = running;
    if (running.stopReason === "withdrawn") return;
    if (running.stopReason === "shutdown") {
      const note = { kind: "released", message: "Archivist was closed; it goes on at the next start" } as const;
      requeueRun(catalog, key, { attemptIsFree: true }, note, this.#now());
      return;
    }
    logger.warn("a job has failed", { id: key.id, title: job.title, code: error.code, error });
    const decision: Decision = await this.#options.recover(job, error).catch((thrown: unknown) => {
      logger.error("a recovery has failed", { id: key.id, error: thrown });
      return { action: "none" };
    });
    if (decision.action === "wait") this.#block(running, decision.hold, error);
    else if (decision.action === "retry") {
      const { recovery, message, delayMs = 0, action: _, ...change } = decision;
      const notBefore = new Date(this.#options.clock.now().getTime() + delayMs).toISOString();
      const note = { kind: "recovery", message, details: { class: recovery, code: error.code, delayMs } } as const;
      const fault = toJobError(error);
      requeueRun(catalog, key, { ...change, fault, ...(delayMs > 0 ? { notBefore } : {}) }, note, this.#now());
    } else this.#retryOrFail(running, decision.error ?? error);
  }

  #block({ key }: JobRun, hold: StartBlock, error: ArchivistError): void {
    blockRun(this.#options.catalog, key, hold.waitsFor, { ...toJobError(error), message: hold.message }, this.#now());
  }

  #retryOrFail({ key, job }: JobRun, error: ArchivistError): void {
    const { catalog, settings, clock } = this.#options;
    if (error.retryable && job.attempts < settings.attempts) {
      const delayMs = backoffMs(settings, job.attempts, this.#random());
      const notBefore = new Date(clock.now().getTime() + delayMs).toISOString();
      const seconds = Math.round(delayMs / 1000);
      const note = {
        kind: "retry",
        message: `${error.message}; again in ${seconds} s`,
        details: { code: error.code },
      } as const;
      requeueRun(catalog, key, { notBefore, fault: toJobError(error) }, note, this.#now());
    } else if (failRun(catalog, key, toJobError(error), this.#now())) this.events.emit("jobFailed", { job, error });
  }
}

const ordersPerPriority = 1e9;

const releaseWords: Readonly<Record<StartBlock["waitsFor"], string>> = {
  share: "its share answers again",
  window: "the maintenance window is over",
  disk: "there is room on the disk again",
};

function toJobError(error: ArchivistError): JobError {
  return { code: error.code, message: error.message, remedy: error.remedy };
}
