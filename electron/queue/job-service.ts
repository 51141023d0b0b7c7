/**
 * Submits jobs and steers them. It works through rows only, and so also beside the process that runs the jobs: that one
 * sees what another process has changed within a tenth of a second.
 */
import type { Catalog } from "../catalog/open.ts";
import { isFlagSet, setFlag } from "../catalog/repositories/flags.ts";
import {
  cancelJob,
  moveJobBefore,
  pauseJob,
  resumeJob,
  retryJob,
  setPriority,
} from "../catalog/repositories/job-commands.ts";
import {
  countOpenJobs,
  findJob,
  findOpenJobByKey,
  insertJob,
  type JobRow,
  listJobsByPrefix,
} from "../catalog/repositories/jobs.ts";
import { ArchivistError } from "../contract/errors.ts";
import { type JobType, priorities } from "../contract/jobs.ts";
import type { Clock } from "../platform/clock.ts";
import { TypedEvents } from "../platform/typed-events.ts";
import type { JobKind } from "./job-kind.ts";

export interface Submission {
  readonly type: JobType;
  /** What people read: usually the recording's name. */
  readonly title: string;
  readonly payload: unknown;
  /** 1 to 5, 5 the most urgent. */
  readonly priority?: number;
  /** A job with the same key that is not over is given back instead of a second one. */
  readonly dedupeKey?: string;
  /** Jobs with the same key follow one another where they may: what one has loaded serves the next. */
  readonly groupKey?: string;
  readonly city?: string | undefined;
  readonly batchId?: string;
  /** Label of the share that it needs. */
  readonly share?: string | undefined;
  readonly durationMs?: number | undefined;
  readonly needs?: readonly string[];
}

export interface JobServiceOptions {
  readonly catalog: Catalog;
  readonly clock: Clock;
  /** Kinds that need this service themselves are registered afterwards: `registerKinds`. */
  readonly kinds?: readonly JobKind[];
  /** Most jobs that may be open at once. */
  readonly maxJobs: number;
}

export interface JobServiceEvents {
  /** Rows of jobs, or the queue's pause, were changed by this service. */
  readonly changed: undefined;
}

export class JobService {
  readonly events = new TypedEvents<JobServiceEvents>();
  readonly #catalog: Catalog;
  readonly #clock: Clock;
  readonly #kinds = new Map<JobType, JobKind>();
  readonly #maxJobs: number;

  constructor({ catalog, clock, kinds = [], maxJobs }: JobServiceOptions) {
    this.#catalog = catalog;
    this.#clock = clock;
    this.#maxJobs = maxJobs;
    this.registerKinds(kinds);
  }

  /** From now on, jobs of these kinds can be submitted. */
  registerKinds(kinds: readonly JobKind[]): void {
    for (const kind of kinds) this.#kinds.set(kind.type, kind);
  }

  /** How many more jobs there is room for. */
  room(): number {
    return Math.max(0, this.#maxJobs - countOpenJobs(this.#catalog));
  }

  /**
   * Puts a job into the queue.
   * @returns The job, and whether it is a new one
   * @throws ArchivistError `queue.full`, `job.unavailable`, `job.unknown` for a dependency that is not there; ZodError
   *   for a payload that is not one of its kind
   */
  submit(wanted: Submission): { readonly job: JobRow; readonly isNew: boolean } {
    const kind = this.#kinds.get(wanted.type);
    if (kind === undefined) {
      throw new ArchivistError("job.unavailable", { cause: `jobs of the type ${wanted.type} are not available yet` });
    }
    kind.prepare(wanted.payload);
    const submitted = this.#catalog.transaction(() => {
      const known = wanted.dedupeKey === undefined ? undefined : findOpenJobByKey(this.#catalog, wanted.dedupeKey);
      if (known !== undefined) return { job: known, isNew: false };
      if (this.room() === 0) {
        throw new ArchivistError("queue.full", { cause: `the queue is full (${this.#maxJobs} jobs)` });
      }
      for (const id of wanted.needs ?? []) this.#require(id);
      const { priority, ...rest } = wanted;
      const fields = { ...rest, priority: priority ?? priorities.usual, createdDate: this.#now() };
      return { job: insertJob(this.#catalog, fields), isNew: true };
    });
    if (submitted.isNew) this.events.emit("changed", undefined);
    return submitted;
  }

  /** The job that is meant by an id or its first characters. @throws ArchivistError `job.unknown`, `job.ambiguous` */
  find(idOrPrefix: string): JobRow {
    const [first, second] = listJobsByPrefix(this.#catalog, idOrPrefix.trim().toLowerCase());
    if (first === undefined || idOrPrefix.trim() === "")
      throw new ArchivistError("job.unknown", { subject: idOrPrefix });
    if (second !== undefined) throw new ArchivistError("job.ambiguous", { subject: idOrPrefix });
    return first;
  }

  /** @param by who wants it, for the history. @throws ArchivistError `job.unknown`, `job.state` */
  cancel(id: string, by = "cancelled"): JobRow {
    return this.#change(id, (now) => cancelJob(this.#catalog, id, by, now), "it is over already");
  }

  /** @throws ArchivistError `job.unknown`, `job.state`, `queue.full` */
  retry(id: string): JobRow {
    return this.#change(
      id,
      (now) => {
        const job = this.#require(id);
        const other = job.dedupeKey === null ? undefined : findOpenJobByKey(this.#catalog, job.dedupeKey);
        if (other !== undefined && other.id !== id) {
          throw new ArchivistError("job.state", { subject: job.title, cause: "the same work is in the queue already" });
        }
        const isOver = job.state === "failed" || job.state === "cancelled";
        if (isOver && this.room() === 0) throw new ArchivistError("queue.full");
        return retryJob(this.#catalog, id, now);
      },
      "only jobs that failed or were cancelled can be tried again",
    );
  }

  /** @throws ArchivistError `job.unknown`, `job.state` */
  pause(id: string): JobRow {
    return this.#change(id, (now) => pauseJob(this.#catalog, id, now), "it is paused or over already");
  }

  /** @throws ArchivistError `job.unknown`, `job.state` */
  resume(id: string): JobRow {
    return this.#change(id, (now) => resumeJob(this.#catalog, id, now), "it is not paused");
  }

  /** @param priority 1 to 5, 5 the most urgent. @throws ArchivistError `job.unknown`, `job.state`, `usage.invalid` */
  setPriority(id: string, priority: number): JobRow {
    if (!Number.isInteger(priority) || priority < priorities.lowest || priority > priorities.highest) {
      throw new ArchivistError("usage.invalid", { cause: "a priority is a whole number from 1 to 5" });
    }
    return this.#change(id, (now) => setPriority(this.#catalog, id, priority, now), "it is over already");
  }

  /** Puts a job right before another one. @throws ArchivistError `job.unknown`, `job.state` */
  moveBefore(id: string, beforeId: string): JobRow {
    this.#require(beforeId);
    return this.#change(id, (now) => moveJobBefore(this.#catalog, id, beforeId, now), "it is over, or the same job");
  }

  /** No new job starts; what runs goes on. */
  pauseQueue(): void {
    setFlag(this.#catalog, "queue_paused", true);
    this.events.emit("changed", undefined);
  }

  resumeQueue(): void {
    setFlag(this.#catalog, "queue_paused", false);
    this.events.emit("changed", undefined);
  }

  get isPaused(): boolean {
    return isFlagSet(this.#catalog, "queue_paused");
  }

  #now(): string {
    return this.#clock.now().toISOString();
  }

  #require(id: string): JobRow {
    const job = findJob(this.#catalog, id);
    if (job === undefined) throw new ArchivistError("job.unknown", { subject: id });
    return job;
  }

  #change(id: string, change: (now: string) => boolean, why: string): JobRow {
    this.#catalog.transaction(() => {
      const before = this.#require(id);
      if (change(this.#now())) return;
      throw new ArchivistError("job.state", { subject: before.title, cause: `the job is ${before.state}: ${why}` });
    });
    this.events.emit("changed", undefined);
    return this.#require(id);
  }
}
