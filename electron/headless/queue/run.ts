/** `archivist run`: runs a station without a window. */
import { countOpenJobs, findJob } from "../../catalog/repositories/jobs.ts";
import { viewJob } from "../../queue/job-view.ts";
import { openStation, type Station } from "../../station.ts";
import { interruptible } from "../terminal/interruption.ts";
import { counted, printable, printNotice, printResult } from "../terminal/print.ts";
import { userDataFolder } from "../terminal/user-paths.ts";
import type { QueueOptions } from "./open.ts";
import { printLeft, waitUntilIdle } from "./until-idle.ts";

export interface RunOptions extends QueueOptions {
  /** End when there is nothing left to do. */
  readonly untilIdle?: boolean;
}

export async function runCommand(options: RunOptions): Promise<number> {
  const station = openStation({ dataFolder: userDataFolder(options), purpose: "archivist run" });
  try {
    return await interruptible(async (signal) => {
      const { runtime } = station;
      const unsubscribe = runtime.queue.feed.listen(({ jobs }) => {
        for (const id of jobs) printJob(station, id, options.json === true);
      });
      const resumed = await runtime.start();
      greet(station, resumed.length, options.json === true);
      const left = await (options.untilIdle ? waitUntilIdle(station, signal) : stopped(signal));
      if (!options.json) printNotice("Ending. What is not done goes on at the next start.");
      await runtime.stop();
      unsubscribe();
      if (left !== undefined && !signal.aborted) printLeft(left, options.json === true);
      return 0;
    });
  } finally {
    await station.close();
  }
}

function greet({ catalog, settings }: Station, resumed: number, json: boolean): void {
  const shares = settings.shares.servers.length;
  const open = countOpenJobs(catalog);
  if (json) {
    printLine({ event: "started", open_jobs: open, taken_up: resumed, shares });
    return;
  }
  printNotice(`Running: ${counted(open, "job")} in the queue, ${counted(shares, "share")}. Ctrl-C ends it.`);
  if (resumed > 0) printNotice(`${counted(resumed, "job")} ran when Archivist ended last, and will go on.`);
}

/** JSON for programs that read it as it arrives: one object per line. */
function printLine(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** The last line printed for each job: a line is printed only when it differs. */
const lastLines = new Map<string, string>();

function printJob({ catalog, runtime }: Station, id: string, json: boolean): void {
  const row = findJob(catalog, id);
  if (row === undefined) return;
  const job = viewJob(row, runtime.queue.getProgress(id));
  if (json) {
    printLine({ event: "job", job });
    return;
  }
  const line = job.status === "running" ? `${job.title}: ${job.message ?? "begun"}` : `${job.title}: ${job.status}`;
  if (lastLines.get(id) === line) return;
  lastLines.set(id, line);
  const why = job.error === null || job.status === "running" ? "" : ` (${job.error.message})`;
  printResult(printable(line + why));
  if (job.status === "completed" || job.status === "cancelled" || job.status === "failed") lastLines.delete(id);
}

const stopped = (signal: AbortSignal): Promise<undefined> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined), { once: true }));
