/**
 * Brings a station to the point where nothing is left that it can do by itself: puts the recordings that scans find into
 * the queue, waits for their jobs, and says what stays undone and why.
 */

import { listHistory } from "../catalog/repositories/job-history.ts";
import { countByState, type JobRow, listJobs } from "../catalog/repositories/jobs.ts";
import { findRecordingByPath } from "../catalog/repositories/recordings.ts";
import { listShareFiles, type ShareFileRow } from "../catalog/repositories/share-files.ts";
import { finishedWorkOn } from "../catalog/repositories/transcriptions.ts";
import { openStates } from "../contract/jobs.ts";
import type { JobService } from "../queue/job-service.ts";
import type { ShareMonitor } from "../shares/health/monitor.ts";
import type { StationServices } from "../station-services.ts";
import { enqueueReady, toAbsolutePath } from "./enqueue.ts";
import type { Scanner } from "./scanner.ts";
import { type FirstSight, whyNotAwaited } from "./settling-files.ts";
import { isInQueue } from "./transcription-job.ts";

export interface IdleDeps {
  readonly services: StationServices;
  readonly jobService: JobService;
  readonly monitor: ShareMonitor;
  readonly scanner: Pick<Scanner, "completedRounds">;
}

/** Something that stays undone. */
export interface LeftWork {
  readonly kind: "job" | "file" | "share";
  readonly name: string;
  readonly reason: string;
}

const maxOpenJobs = 1_000_000;

export class IdleWatch {
  readonly #deps: IdleDeps;
  readonly #startedDate: string;
  readonly #firstSeen = new Map<number, FirstSight>();
  #blockedSinceMs: number | undefined;

  constructor(deps: IdleDeps) {
    this.#deps = deps;
    this.#startedDate = deps.services.clock.now().toISOString();
  }

  /** Puts what is ready into the queue. @returns True when nothing is left that would go on by itself */
  check(): boolean {
    const { services, scanner } = this.#deps;
    // The usual answer, without reading any rows.
    if (countByState(services.catalog).running > 0) return this.#wait();
    const isAutomatic = services.settings.intake.automatic;
    if (isAutomatic) enqueueReady(this.#deps);
    const jobs = this.#listOpenJobs();
    if (jobs.some((job) => this.#goesOn(job))) return this.#wait();
    // The first look through the shares may find more.
    if (scanner.completedRounds === 0) return false;
    if (isAutomatic && this.#listNewFiles().some((file) => this.#whyLeft(file) === undefined)) return false;
    return !this.#mayUnblock(jobs);
  }

  #wait(): false {
    this.#blockedSinceMs = undefined;
    return false;
  }

  /** What stays undone, with the reasons. */
  listLeft(): readonly LeftWork[] {
    return [...this.#leftShares(), ...this.#leftJobs(), ...this.#leftFiles()];
  }

  #listOpenJobs(): readonly JobRow[] {
    return listJobs(this.#deps.services.catalog, { states: openStates, limit: maxOpenJobs });
  }

  /** A job that waits for its next try goes on by itself; one that needs another job goes on when that one does. */
  #goesOn({ state, paused }: JobRow): boolean {
    return state === "running" || (state === "queued" && !paused && !this.#deps.jobService.isPaused);
  }

  /** A share or disk that was full or away for a moment is waited for as long as it takes to check it once more. */
  #mayUnblock(jobs: readonly JobRow[]): boolean {
    const { clock, settings } = this.#deps.services;
    const isBlocked = jobs.some(({ state, waitsFor }) => state === "waiting" && waitsFor !== "dependency");
    if (!isBlocked || this.#deps.jobService.isPaused) return false;
    this.#blockedSinceMs ??= clock.monotonicMs();
    return clock.monotonicMs() - this.#blockedSinceMs < settings.shares.checkSeconds * 1000;
  }

  /** New files that their city's jobs will come from; those that were done or submitted by hand are none. */
  #listNewFiles(): readonly ShareFileRow[] {
    const { catalog, settings } = this.#deps.services;
    return listShareFiles(catalog, { states: ["new"] }).filter((file) => {
      const path = toAbsolutePath(settings.shares.servers, file);
      if (file.city === null || path === undefined || isInQueue(catalog, path)) return false;
      const known = findRecordingByPath(catalog, path);
      // File systems and servers round times in different ways.
      const isSame = known?.fileSize === file.size && Math.abs(known.modifiedMs - file.modifiedMs) <= 2_000;
      return known === undefined || !isSame || !finishedWorkOn(catalog, known.fingerprint);
    });
  }

  #whyLeft(file: ShareFileRow): string | undefined {
    const { services, monitor, scanner } = this.#deps;
    const health = monitor.getLatest(file.share);
    if (!health?.isReadable) return health?.message ?? "its share has not been checked";
    if (monitor.shares.find(({ label }) => label === file.share)?.role !== "active") {
      return "its share is not one on which recordings arrive";
    }
    const round = scanner.completedRounds;
    const first = this.#firstSeen.get(file.id) ?? { ...file, round };
    this.#firstSeen.set(file.id, first);
    return whyNotAwaited(file, first, round, services.clock.now().getTime(), services.settings.intake);
  }

  #leftShares(): readonly LeftWork[] {
    return this.#deps.monitor
      .all()
      .filter(({ isReadable }) => !isReadable)
      .map(({ label, message }) => ({ kind: "share", name: label, reason: message }));
  }

  #leftJobs(): readonly LeftWork[] {
    const { services, jobService } = this.#deps;
    const { catalog } = services;
    const failed = listJobs(catalog, { states: ["failed"], limit: maxOpenJobs })
      .filter(({ completedDate }) => (completedDate ?? "") >= this.#startedDate)
      .map(
        (job): LeftWork => ({ kind: "job", name: job.title, reason: `it failed: ${job.errorMessage ?? "unknown"}` }),
      );
    const open = this.#listOpenJobs().map((job): LeftWork => {
      const waits = () => listHistory(catalog, job.id).findLast(({ kind }) => kind === "waiting")?.message;
      const reason = job.paused
        ? "it is paused"
        : jobService.isPaused
          ? "the queue is paused"
          : job.waitsFor === "dependency"
            ? "it needs another job that is not done"
            : (waits() ?? "it was stopped");
      return { kind: "job", name: job.title, reason };
    });
    return [...failed, ...open];
  }

  #leftFiles(): readonly LeftWork[] {
    const { catalog, settings } = this.#deps.services;
    const toLeft = (file: ShareFileRow, reason: string): LeftWork => ({
      kind: "file",
      name: `${file.share}: ${file.path}`,
      reason,
    });
    const ready = listShareFiles(catalog, { states: ["ready"] }).map((file) => toLeft(file, this.#whyReady(file)));
    const fresh = this.#listNewFiles().map((file) =>
      toLeft(file, settings.intake.automatic ? (this.#whyLeft(file) ?? notClear) : notAutomatic),
    );
    return [...ready, ...fresh, ...this.#leftKnown()];
  }

  #whyReady(file: ShareFileRow): string {
    const { settings } = this.#deps.services;
    if (toAbsolutePath(settings.shares.servers, file) === undefined) return "its share is no longer in the settings";
    if (file.city === null) return "it lies in no city's folder";
    return settings.intake.automatic ? "there is no room in the queue" : notAutomatic;
  }

  /** Old recordings, which may be thousands, by share and reason. */
  #leftKnown(): readonly LeftWork[] {
    const { catalog, settings } = this.#deps.services;
    const usual = `older than ${settings.intake.maxAgeDays} days, which only a batch takes`;
    const files = listShareFiles(catalog, { states: ["known"] });
    const groups = Map.groupBy(files, ({ share, reason }) => `${share}\0${reason ?? usual}`);
    return [...groups.values()].flatMap((group) => {
      const [file] = group;
      if (file === undefined) return [];
      const name = group.length === 1 ? `${file.share}: ${file.path}` : `${file.share}: ${group.length} recordings`;
      return [{ kind: "file" as const, name, reason: file.reason ?? usual }];
    });
  }
}

const notAutomatic = "found recordings are not taken by themselves (intake.automatic)";
const notClear = "it was not clear yet whether it is whole";
