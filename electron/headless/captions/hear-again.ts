/** `archivist captions hear-again MEETING --from TIME --to TIME`: recognizes a part of a meeting again. */
import { findJob, type JobRow } from "../../catalog/repositories/jobs.ts";
import type { HearAgainResult } from "../../editing/hear-again/hear-again-job.ts";
import { submitHearing } from "../../editing/hear-again/submit-hearing.ts";
import type { Station } from "../../station.ts";
import { findTranscription } from "../publishing/find-transcription.ts";
import { type QueueOptions, withQueue } from "../queue/open.ts";
import { interruptedExitCode, interruptible } from "../terminal/interruption.ts";
import { printable, printJson, printNotice, printResult } from "../terminal/print.ts";
import { modelArgument } from "../terminal/user-paths.ts";

export interface HearAgainOptions extends QueueOptions {
  readonly from: number;
  readonly to: number;
  readonly model?: string;
  readonly language?: string;
  readonly translate?: boolean;
  readonly careful?: boolean;
}

export function hearAgainCommand(id: string, options: HearAgainOptions): Promise<number> {
  return withQueue(options, "captions hear-again", async (station) => {
    const { from: startMs, to: endMs, model, json, language, translate, careful } = options;
    const row = findTranscription(station, id);
    const { job } = submitHearing({ station: station.services, jobService: station.runtime.jobService }, row, {
      startMs,
      endMs,
      ...(model === undefined ? {} : { model: modelArgument(model) }),
      ...(language === undefined ? {} : { language }),
      ...(translate === undefined ? {} : { translate }),
      ...(careful === undefined ? {} : { careful }),
      makesVersion: true,
    });
    const about = { transcription_id: row.id, recording: row.filename, job_id: job.id };
    if (station.isBeside) {
      if (json) printJson({ ...about, status: "queued" });
      else printResult(printable(`${job.title}: in the queue of the running station (${job.id.slice(0, 8)}).`));
      return 0;
    }
    const ended = await interruptible((signal) => runJob(station, job.id, signal, json === true));
    if (ended.completedDate !== null) return printEnd(ended, about, json === true);
    // It was interrupted, the queue is paused, or its share does not answer.
    if (json) printJson({ ...about, status: "queued" });
    else
      printNotice(
        printable(`${ended.message ?? "It stays in the queue"}. It goes on when the station runs: archivist run`),
      );
    return interruptedExitCode;
  });
}

/** How often it is looked whether the job has ended, in milliseconds. */
const pollMs = 100;

/** Runs a job, and the one that writes its files, and no other. @returns The job, ended or left in the queue */
async function runJob(
  { catalog, runtime }: Station,
  id: string,
  signal: AbortSignal,
  isQuiet: boolean,
): Promise<JobRow> {
  const { queue, jobService, monitor } = runtime;
  const mine = new Set([id]);
  let last = "";
  const unsubscribe = queue.feed.listen(() => {
    const message = queue.getProgress(id)?.message;
    if (isQuiet || message === undefined || message === last) return;
    last = message;
    printNotice(printable(message));
  });
  await monitor.checkAll();
  queue.start((each) => mine.has(each));
  try {
    for (;;) {
      const job = jobService.find(id);
      const { exportJobId } = (job.result === null ? {} : JSON.parse(job.result)) as Partial<HearAgainResult>;
      const files = exportJobId == null ? undefined : findJob(catalog, exportJobId);
      if (files !== undefined && !mine.has(files.id)) {
        mine.add(files.id);
        queue.nudge();
      }
      const isOver = job.completedDate !== null && (files === undefined || files.completedDate !== null);
      const isHeld = job.state === "waiting" || jobService.isPaused;
      if (isOver || isHeld || signal.aborted) return job;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  } finally {
    unsubscribe();
    await queue.stop({ drain: !signal.aborted });
    monitor.stop();
  }
}

function printEnd(job: JobRow, about: object, json: boolean): number {
  const { state, errorCode, errorMessage, errorRemedy } = job;
  const result = job.result === null ? undefined : (JSON.parse(job.result) as HearAgainResult);
  if (state === "completed" && result !== undefined) {
    const { message, replaced, inserted, kept, unrecognized, version } = result;
    if (json) printJson({ ...about, status: state, replaced, inserted, kept, unrecognized, version, message });
    else printResult(printable(`${job.title}: ${message}`));
    return 0;
  }
  const error = { code: errorCode ?? state, message: errorMessage ?? state, remedy: errorRemedy ?? "" };
  if (json) printJson({ ...about, status: state, error });
  else printNotice(printable(`${error.message}. ${error.remedy}`));
  return 1;
}
