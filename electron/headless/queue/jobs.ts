/** `archivist jobs …` */
import { listHistory } from "../../catalog/repositories/job-history.ts";
import { listJobSteps } from "../../catalog/repositories/job-steps.ts";
import { countByState, type JobRow } from "../../catalog/repositories/jobs.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import type { OutputFormat } from "../../contract/formats.ts";
import { type JobState, openStates, type TargetStage } from "../../contract/jobs.ts";
import { submitRecording } from "../../intake/submit-recording.ts";
import { type JobView, viewJob, viewJobs, viewOneJob } from "../../queue/job-view.ts";
import type { Station } from "../../station.ts";
import { transcriptionEstimates } from "../../transcription/job-estimates.ts";
import {
  counted,
  errorJson,
  errorLine,
  printable,
  printJson,
  printNotice,
  printResult,
  spokenDuration,
} from "../terminal/print.ts";
import { table } from "../terminal/table.ts";
import { formatTime } from "../terminal/times.ts";
import { modelArgument, userPath } from "../terminal/user-paths.ts";
import { noStationRuns, type QueueOptions, withQueue } from "./open.ts";

export interface JobsListOptions extends QueueOptions {
  readonly status?: readonly JobState[];
  readonly city?: string;
  readonly batch?: string;
  readonly all?: boolean;
  readonly limit?: number;
}

const stateWords = (job: JobView): string => {
  if (job.paused) return "paused";
  return job.status === "waiting" ? `waiting (${job.waits_for})` : job.status;
};

function formatDetail(job: JobView): string {
  if (job.error !== null) return job.error.message;
  if (job.wait_message !== null) return job.wait_message;
  if (job.status !== "running")
    return job.eta_seconds === null ? "" : `done in ${spokenDuration(job.eta_seconds * 1000)}`;
  const left = job.eta_seconds === null ? "" : `, ${spokenDuration(job.eta_seconds * 1000)} left`;
  return `${job.message ?? ""}${left}`;
}

const shortId = (id: string): string => id.slice(0, 8);

export function jobsListCommand(options: JobsListOptions): Promise<number> {
  return withQueue(options, "jobs list", ({ catalog, runtime, isBeside }) => {
    const states = options.status ?? (options.all || options.batch !== undefined ? undefined : openStates);
    const batchId = options.batch;
    const jobs = viewJobs(
      catalog,
      {
        ...(states === undefined ? {} : { states }),
        ...(options.city === undefined ? {} : { city: options.city }),
        ...(batchId === undefined ? {} : { batchId }),
        limit: options.limit ?? 100,
      },
      transcriptionEstimates,
    );
    const counts = countByState(catalog, batchId);
    const isPaused = runtime.jobService.isPaused;
    if (options.json) {
      printJson({ jobs, counts, queue_paused: isPaused, running: isBeside });
      return 0;
    }
    if (jobs.length === 0) printResult("There are no such jobs.");
    else {
      const rows = jobs.map((job) => [
        shortId(job.job_id),
        stateWords(job),
        String(job.priority),
        `${Math.floor(job.progress)} %`,
        job.city ?? "",
        job.title,
        formatDetail(job),
      ]);
      printResult(table(["job", "state", "priority", "done", "city", "title", ""], rows));
    }
    const open = counts.queued + counts.waiting;
    printResult(
      `\n${counts.running} running, ${open} in the queue, ${counts.completed} done, ${counts.failed} failed.`,
    );
    if (isPaused) printNotice("The queue is paused. Let it go on: archivist jobs resume --all");
    else if (!isBeside && open > 0) printNotice(noStationRuns);
    return 0;
  });
}

export function jobsShowCommand(id: string, options: QueueOptions): Promise<number> {
  return withQueue(options, "jobs show", ({ catalog, runtime, settings }) => {
    const row = runtime.jobService.find(id);
    const job = viewOneJob(catalog, row);
    const steps = listJobSteps(catalog, row.id);
    const history = listHistory(catalog, row.id);
    if (options.json) {
      const events = history.map(({ kind, message, details, createdDate }) => ({
        kind,
        message,
        details: details === null ? null : JSON.parse(details),
        created_date: createdDate,
      }));
      const stepViews = steps.map(({ name, status, attempts, elapsedMs }) => ({
        name,
        status,
        attempts,
        elapsed_ms: elapsedMs,
      }));
      printJson({ job: { ...job, payload: JSON.parse(row.payload) }, steps: stepViews, history: events });
      return 0;
    }
    printResult(printable(job.title));
    printResult(`  ${job.job_id}, ${job.type}, ${stateWords(job)}, priority ${job.priority}`);
    if (job.error !== null) printResult(printable(`  ${job.error.message}. ${job.error.remedy}`));
    if (job.wait_message !== null) printResult(printable(`  It waits: ${job.wait_message}`));
    for (const need of job.needs) {
      printResult(printable(`  Starts after ${shortId(need.job_id)}, ${need.title} (${need.status})`));
    }
    for (const { name, status, attempts, elapsedMs } of steps) {
      printResult(
        `  ${name.padEnd(12)} ${status.padEnd(10)} ${counted(attempts, "try").replace("trys", "tries")}, ${spokenDuration(elapsedMs)}`,
      );
    }
    printResult("");
    printResult(
      table(
        ["when", "what", ""],
        history.map(({ createdDate, kind, message }) => [formatTime(createdDate, settings), kind, message]),
      ),
    );
    return 0;
  });
}

/** Runs an action for each job; a failure of one does not stop the others. */
async function withEach(
  ids: readonly string[],
  options: QueueOptions,
  purpose: string,
  done: string,
  act: (station: Station, job: JobRow) => JobRow,
): Promise<number> {
  return withQueue(options, purpose, (station) => {
    const results = ids.map((id) => {
      try {
        return { job: viewJob(act(station, station.runtime.jobService.find(id))) };
      } catch (thrown) {
        return { id, error: toArchivistError(thrown) };
      }
    });
    const failed = results.filter((result) => "error" in result);
    if (options.json) {
      printJson({
        results: results.map((result) =>
          "error" in result ? { id: result.id, error: errorJson(result.error as ArchivistError) } : result.job,
        ),
      });
    } else {
      for (const result of results) {
        if ("error" in result) printNotice(errorLine(result.error as ArchivistError));
        else if (result.job !== undefined) printResult(printable(`${result.job.title}: ${done}.`));
      }
    }
    return failed.length > 0 ? 1 : 0;
  });
}

export const jobsCancelCommand = (ids: readonly string[], options: QueueOptions): Promise<number> =>
  withEach(ids, options, "jobs cancel", "cancelled", ({ runtime }, { id }) => runtime.jobService.cancel(id));

export const jobsRetryCommand = (ids: readonly string[], options: QueueOptions): Promise<number> =>
  withEach(ids, options, "jobs retry", "in the queue again", ({ runtime }, { id }) => runtime.jobService.retry(id));

export interface AllOptions extends QueueOptions {
  readonly all?: boolean;
}

const nameSomething = (): ArchivistError =>
  new ArchivistError("usage.invalid", {
    cause: "no job is named",
    remedy: "Name jobs, or use --all for the whole queue.",
  });

export async function jobsPauseCommand(ids: readonly string[], options: AllOptions): Promise<number> {
  if (!options.all) {
    if (ids.length === 0) throw nameSomething();
    return withEach(ids, options, "jobs pause", "paused", ({ runtime }, { id }) => runtime.jobService.pause(id));
  }
  return withQueue(options, "jobs pause", ({ runtime }) => {
    runtime.jobService.pauseQueue();
    if (options.json) printJson({ queue_paused: true });
    else printResult("The queue is paused: what runs goes on, nothing else starts.");
    return 0;
  });
}

export async function jobsDismissCommand(ids: readonly string[], options: AllOptions): Promise<number> {
  if (!options.all) {
    if (ids.length === 0) throw nameSomething();
    return withEach(ids, options, "jobs dismiss", "dismissed", ({ runtime }, job) => {
      runtime.jobService.dismiss(job.id);
      return job;
    });
  }
  return withQueue(options, "jobs dismiss", ({ runtime }) => {
    const count = runtime.jobService.dismissAll();
    if (options.json) printJson({ dismissed: count });
    else printResult(`${counted(count, "job")} dismissed.`);
    return 0;
  });
}

export async function jobsResumeCommand(ids: readonly string[], options: AllOptions): Promise<number> {
  if (!options.all) {
    if (ids.length === 0) throw nameSomething();
    return withEach(ids, options, "jobs resume", "goes on", ({ runtime }, { id }) => runtime.jobService.resume(id));
  }
  return withQueue(options, "jobs resume", ({ runtime }) => {
    runtime.jobService.resumeQueue();
    if (options.json) printJson({ queue_paused: false });
    else printResult("The queue goes on.");
    return 0;
  });
}

export interface MoveOptions extends QueueOptions {
  readonly before?: string;
  readonly priority?: number;
}

export async function jobsMoveCommand(id: string, options: MoveOptions): Promise<number> {
  const { before, priority } = options;
  if (before === undefined && priority === undefined) {
    throw new ArchivistError("usage.invalid", {
      cause: "it is not said where to",
      remedy: "Use --before JOB or --priority N.",
    });
  }
  return withEach([id], options, "jobs move", "moved", ({ runtime }, job) =>
    before === undefined
      ? runtime.jobService.setPriority(job.id, priority as number)
      : runtime.jobService.moveBefore(job.id, runtime.jobService.find(before).id),
  );
}

export interface AddOptions extends QueueOptions {
  readonly model?: string;
  readonly language?: string;
  readonly translate?: boolean;
  readonly sound?: string;
  readonly style?: string;
  /** False: no city, whatever the name of the file says. */
  readonly city?: string | false;
  readonly formats?: readonly OutputFormat[];
  readonly out?: string;
  readonly force?: boolean;
  readonly priority?: number;
  readonly target?: TargetStage;
  readonly summary?: boolean;
  readonly speakers?: boolean;
  /** Ids of jobs, or beginnings of them. */
  readonly after?: readonly string[];
}

/** Adds recordings to the queue. */
export function jobsAddCommand(files: readonly string[], options: AddOptions): Promise<number> {
  return withQueue(options, "jobs add", async ({ runtime, services, isBeside }) => {
    const added: { file: string; job: JobView; isNew: boolean }[] = [];
    const failed: { file: string; error: ArchivistError }[] = [];
    const { json: _, dataDir: __, out, model, city, after, ...request } = options;
    const needs = after?.map((id) => runtime.jobService.find(id).id);
    for (const file of files) {
      const path = userPath(file);
      try {
        const where = {
          ...(out === undefined ? {} : { out: userPath(out) }),
          ...(model === undefined ? {} : { model: modelArgument(model) }),
        };
        const { job, isNew } = await submitRecording(
          { services, jobService: runtime.jobService },
          { path, ...request, ...where, after: needs, city: city === false ? null : city },
          file,
        );
        added.push({ file, job: viewJob(job), isNew });
      } catch (thrown) {
        failed.push({ file, error: toArchivistError(thrown) });
      }
    }
    if (options.json) {
      const results = [
        ...added.map(({ file, job, isNew }) => ({ file, job, is_new: isNew })),
        ...failed.map(({ file, error }) => ({ file, error: errorJson(error) })),
      ];
      printJson({ results });
    } else {
      for (const { job, isNew } of added) {
        printResult(
          printable(`${job.title}: ${isNew ? "in the queue" : "it is in the queue already"} (${shortId(job.job_id)}).`),
        );
      }
      for (const { error } of failed) printNotice(errorLine(error));
      if (!isBeside && added.length > 0) printNotice(noStationRuns);
    }
    return failed.length > 0 ? 1 : 0;
  });
}
