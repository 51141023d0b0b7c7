/** A single run of a job: abort signal, time limit, progress and steps. */
import { hourMs, minuteMs } from "../captions/time/durations.ts";
import type { Catalog } from "../catalog/open.ts";
import { isCurrent, type RunKey, saveProgress } from "../catalog/repositories/job-runs.ts";
import { beginJobStep, endJobStep, listJobSteps, planJobSteps } from "../catalog/repositories/job-steps.ts";
import { type JobRow, setJobFacts } from "../catalog/repositories/jobs.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { Clock } from "../platform/clock.ts";
import { ProgressWatchdog } from "../platform/process/progress-watchdog.ts";
import type { JobControl, JobKind, Progress } from "./job-kind.ts";

/** Why a run was stopped from outside. */
export type StopReason =
  /** The job's row says that this run is no longer current: the job was cancelled, paused or given to another run. */
  "withdrawn" | "shutdown" | "timeout";

export interface JobRunOptions {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly kind: JobKind;
  readonly job: JobRow;
  readonly order: number;
  readonly hoursPerHour: number;
  /** True while this signal's work waits for a lane: that time does not count toward the limit. */
  readonly isWaiting: (signal: AbortSignal) => boolean;
  readonly onChange: (id: string) => void;
}

/** Progress is saved at most this often, because each write waits for the disk. */
const saveEveryMs = 1_000;
/** Minimum time limit, however short the recording is. */
const minTimeMs = 10 * minuteMs;
/** Time limit of a job without a duration, such as a backup. */
const defaultTimeMs = 12 * hourMs;

/**
 * Time limit of a job on a recording, in milliseconds.
 * @param durationMs length of the recording
 * @param hoursPerHour hours allowed per hour of recording
 */
export function timeAllowedMs(durationMs: number, hoursPerHour: number): number {
  return Math.max(minTimeMs, durationMs * hoursPerHour);
}

export class JobRun {
  readonly key: RunKey;
  readonly order: number;
  readonly job: JobRow;
  readonly #options: JobRunOptions;
  readonly #controller = new AbortController();
  #stopReason: StopReason | undefined;
  #watchdog: ProgressWatchdog | undefined;
  #last: Progress;
  #keptAt = Number.NEGATIVE_INFINITY;

  constructor(options: JobRunOptions) {
    this.#options = options;
    this.job = options.job;
    this.order = options.order;
    this.key = { id: options.job.id, run: options.job.run };
    this.#last = { progress: options.job.progress };
  }

  get stopReason(): StopReason | undefined {
    return this.#stopReason;
  }

  /** Latest progress; more recent than the job's row. */
  get progress(): Progress {
    return this.#last;
  }

  /** Asks the run to stop. Only the first reason is kept. */
  stop(reason: StopReason): void {
    if (this.#stopReason !== undefined) return;
    this.#stopReason = reason;
    this.#controller.abort();
  }

  /**
   * Runs the job.
   * @throws Whatever the work throws, or ArchivistError `job.timeout`
   */
  async run(): Promise<unknown> {
    const { catalog, job, kind } = this.#options;
    this.#allow(job.timeoutMs ?? this.#timeFor(job.durationMs ?? undefined));
    try {
      const prepared = kind.prepare(JSON.parse(job.payload), JSON.parse(job.overrides));
      planJobSteps(
        catalog,
        job.id,
        prepared.steps.map(({ name }) => name),
      );
      return await prepared.run(this.#control());
    } catch (thrown) {
      if (this.#stopReason === "timeout") throw new ArchivistError("job.timeout", { underlying: thrown });
      throw thrown;
    } finally {
      this.#watchdog?.rest();
    }
  }

  #timeFor(durationMs: number | undefined): number {
    return durationMs === undefined ? defaultTimeMs : timeAllowedMs(durationMs, this.#options.hoursPerHour);
  }

  /**
   * Restarts the time limit. Only time in which the machine was awake and the job was not waiting for a lane counts.
   */
  #allow(ms: number): void {
    this.#watchdog?.rest();
    const { isWaiting } = this.#options;
    const isExcused = (): boolean => isWaiting(this.#controller.signal);
    this.#watchdog = new ProgressWatchdog(ms, () => this.stop("timeout"), isExcused);
    this.#watchdog.touch();
  }

  #control(): JobControl {
    const { job, catalog } = this.#options;
    return {
      job,
      signal: this.#controller.signal,
      order: this.order,
      report: (progress) => this.#report(progress),
      step: (name, work) => this.#step(name, work),
      setJobFacts: (known) => {
        setJobFacts(catalog, job.id, known);
        if (known.durationMs !== undefined && job.timeoutMs === null) this.#allow(this.#timeFor(known.durationMs));
      },
    };
  }

  #report(progress: Progress): void {
    if (this.#stopReason !== undefined) return;
    const isNewStage = progress.stage !== this.#last.stage;
    // Progress never decreases: when a step is repeated, the user would think that stored work was lost.
    this.#last = { ...progress, progress: Math.max(this.#last.progress, Math.min(1, progress.progress)) };
    const now = performance.now();
    if (isNewStage || now - this.#keptAt >= saveEveryMs) {
      this.#keptAt = now;
      const { progress: share, stage, message, etaMs } = this.#last;
      saveProgress(this.#options.catalog, this.key, {
        progress: share,
        stage: stage ?? null,
        message: message ?? null,
        etaMs: etaMs ?? null,
      });
    }
    this.#options.onChange(this.key.id);
  }

  async #step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const { catalog, clock, job } = this.#options;
    const row = listJobSteps(catalog, job.id).find((step) => step.name === name);
    if (row === undefined) throw new Error(`the step ${name} was not planned`);
    if (row.status === "completed") return JSON.parse(row.result ?? "null") as T;
    if (this.#controller.signal.aborted) throw new ArchivistError("interrupted");
    beginJobStep(catalog, job.id, name);
    const started = clock.monotonicMs();
    const elapsed = (): number => clock.monotonicMs() - started;
    try {
      const result = await work();
      // Discard the result if this run is no longer current: the job may have been submitted again.
      if (!isCurrent(catalog, this.key)) throw new ArchivistError("interrupted");
      endJobStep(catalog, job.id, name, { status: "completed", elapsedMs: elapsed(), result: result ?? null });
      return result;
    } catch (thrown) {
      if (isCurrent(catalog, this.key)) endJobStep(catalog, job.id, name, { status: "failed", elapsedMs: elapsed() });
      throw thrown;
    }
  }
}
