/**
 * Submits and controls jobs. It works only through catalog rows, so it can be used in a process other than the one that
 * runs the jobs: the queue notices another process's changes within a tenth of a second.
 */
import type { Catalog } from "../catalog/open.ts";
import { isFlagSet, setFlag } from "../catalog/repositories/flags.ts";
import {
  cancelJob,
  changeRequest,
  moveJobBefore,
  pauseJob,
  resumeJob,
  retryJob,
  setPriority,
} from "../catalog/repositories/job-commands.ts";
import {
  countOpenJobs,
  deleteEndedJobs,
  findJob,
  findOpenJobByKey,
  insertJob,
  type JobFilter,
  type JobRow,
  listEndedByKey,
  listJobs,
  listJobsByPrefix,
} from "../catalog/repositories/jobs.ts";
import { ArchivistError } from "../contract/errors.ts";
import { type JobType, priorities } from "../contract/jobs.ts";
import type { Clock } from "../platform/clock.ts";
import { TypedEvents } from "../platform/typed-events.ts";
import type { JobKind } from "./job-kind.ts";

export interface Submission {
  readonly type: JobType;
  /** Title shown to users: usually the recording's name. */
  readonly title: string;
  readonly payload: unknown;
  /** 1 to 5, 5 is the most urgent. */
  readonly priority?: number;
  /** If an unfinished job has the same key, it is returned instead of adding a second one. */
  readonly dedupeKey?: string;
  /** Keys of work that it stands in for: jobs of them that failed or were cancelled are dismissed. */
  readonly supersedes?: readonly string[];
  /** Jobs with the same key run one after another where possible, so that what one has loaded serves the next. */
  readonly groupKey?: string;
  readonly city?: string | undefined;
  readonly batchId?: string;
  /** Label of the share that the job needs. */
  readonly share?: string | undefined;
  readonly durationMs?: number | undefined;
  readonly needs?: readonly string[];
  /** The transcription that it is about, where that is known before it runs. */
  readonly transcriptionId?: string | undefined;
}

export interface JobServiceOptions {
  readonly catalog: Catalog;
  readonly clock: Clock;
  /** Kinds that need this service themselves are registered later with `registerKinds`. */
  readonly kinds?: readonly JobKind[];
  /** Maximum number of open jobs. */
  readonly maxJobs: number;
}

export interface JobServiceEvents {
  /** This service has changed rows of jobs, or has paused or resumed the queue. */
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

  /** Registers kinds, so that their jobs can be submitted. */
  registerKinds(kinds: readonly JobKind[]): void {
    for (const kind of kinds) this.#kinds.set(kind.type, kind);
  }

  /** Number of jobs that can still be added. */
  room(): number {
    return Math.max(0, this.#maxJobs - countOpenJobs(this.#catalog));
  }

  /**
   * Adds a job to the queue.
   * @returns The job, and whether it is new
   * @throws ArchivistError `queue.full`, `job.unavailable`, `job.unknown` for a dependency that does not exist;
   *   ZodError for an invalid payload
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
      const { priority, supersedes = [], ...rest } = wanted;
      const ended = supersedes.flatMap((key) => listEndedByKey(this.#catalog, key));
      // Its batch still counts the recording.
      const batchId = wanted.batchId ?? ended.find((job) => job.batchId !== null)?.batchId ?? null;
      deleteEndedJobs(
        this.#catalog,
        ended.map(({ id }) => id),
      );
      const fields = { ...rest, batchId, priority: priority ?? priorities.default, createdDate: this.#now() };
      return { job: insertJob(this.#catalog, fields), isNew: true };
    });
    if (submitted.isNew) this.events.emit("changed", undefined);
    return submitted;
  }

  /** Finds a job by its id or a prefix of it. @throws ArchivistError `job.unknown`, `job.ambiguous` */
  find(idOrPrefix: string): JobRow {
    const [first, second] = listJobsByPrefix(this.#catalog, idOrPrefix.trim().toLowerCase());
    if (first === undefined || idOrPrefix.trim() === "")
      throw new ArchivistError("job.unknown", { subject: idOrPrefix });
    if (second !== undefined) throw new ArchivistError("job.ambiguous", { subject: idOrPrefix });
    return first;
  }

  /** @param by who requested it, for the history. @throws ArchivistError `job.unknown`, `job.state` */
  cancel(id: string, by = "cancelled"): JobRow {
    return this.#change(id, (now) => cancelJob(this.#catalog, id, by, now), "it is over already");
  }

  /**
   * @param changes fields of the payload that are different this time
   * @param groupKey where those are changed: which jobs it can run after at once
   * @throws ArchivistError `job.unknown`, `job.state`, `queue.full`; ZodError for an invalid payload
   */
  retry(id: string, changes: Readonly<Record<string, unknown>> = {}, groupKey?: string): JobRow {
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
        if (!retryJob(this.#catalog, id, now)) return false;
        if (Object.keys(changes).length === 0) return true;
        const payload = { ...(JSON.parse(job.payload) as object), ...changes };
        this.#kinds.get(job.type)?.prepare(payload);
        changeRequest(this.#catalog, id, payload, groupKey ?? job.groupKey);
        return true;
      },
      "only jobs that failed or were cancelled can be tried again",
    );
  }

  /**
   * Takes a job that failed or was cancelled out of the lists, with its history. What it has made stays.
   * @throws ArchivistError `job.unknown`, `job.state` for a job that is not over, or that an open job needs
   */
  dismiss(id: string): void {
    const job = this.#require(id);
    if (deleteEndedJobs(this.#catalog, [id]) === 0) {
      throw new ArchivistError("job.state", {
        subject: job.title,
        cause: "only jobs that failed or were cancelled, and that no other job waits for, can be dismissed",
      });
    }
    this.events.emit("changed", undefined);
  }

  /** Dismisses every job that failed or was cancelled and that no open job needs. @returns their number */
  dismissAll(filter: Pick<JobFilter, "city" | "batchId"> = {}): number {
    const ended = listJobs(this.#catalog, { ...filter, states: ["failed", "cancelled"] });
    const count = deleteEndedJobs(
      this.#catalog,
      ended.map(({ id }) => id),
    );
    if (count > 0) this.events.emit("changed", undefined);
    return count;
  }

  /** @throws ArchivistError `job.unknown`, `job.state` */
  pause(id: string): JobRow {
    return this.#change(id, (now) => pauseJob(this.#catalog, id, now), "it is paused or over already");
  }

  /** @throws ArchivistError `job.unknown`, `job.state` */
  resume(id: string): JobRow {
    return this.#change(id, (now) => resumeJob(this.#catalog, id, now), "it is not paused");
  }

  /**
   * @param priority 1 to 5, 5 is the most urgent. @throws ArchivistError `job.unknown`, `job.state`, `usage.invalid`
   */
  setPriority(id: string, priority: number): JobRow {
    if (!Number.isInteger(priority) || priority < priorities.lowest || priority > priorities.highest) {
      throw new ArchivistError("usage.invalid", { cause: "a priority is a whole number from 1 to 5" });
    }
    return this.#change(id, (now) => setPriority(this.#catalog, id, priority, now), "it is over already");
  }

  /** Moves a job directly before another one. @throws ArchivistError `job.unknown`, `job.state` */
  moveBefore(id: string, beforeId: string): JobRow {
    this.#require(beforeId);
    return this.#change(id, (now) => moveJobBefore(this.#catalog, id, beforeId, now), "it is over, or the same job");
  }

  /** Stops new jobs from starting; running jobs continue. */
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
