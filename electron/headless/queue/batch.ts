/** `archivist batch …` */
import { batchJobs, listBatches, type RefusedFile } from "../../catalog/repositories/job-batches.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { OutputFormat } from "../../contract/formats.ts";
import type { TargetStage } from "../../contract/jobs.ts";
import { createBatch } from "../../intake/batches/create.ts";
import { reportFolder } from "../../intake/batches/finish.ts";
import { cancelBatch, requireBatch, retryBatch } from "../../intake/batches/manage.ts";
import { progressByCity } from "../../intake/batches/report.ts";
import { interruptible } from "../terminal/interruption.ts";
import { counted, printable, printJson, printNotice, printResult } from "../terminal/print.ts";
import { table } from "../terminal/table.ts";
import { formatTime } from "../terminal/times.ts";
import { modelArgument, userPath } from "../terminal/user-paths.ts";
import { noStationRuns, type QueueOptions, withQueue } from "./open.ts";

export interface BatchCreateOptions extends QueueOptions {
  readonly city?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly name?: string;
  readonly target?: TargetStage;
  readonly priority?: number;
  readonly again?: boolean;
  readonly model?: string;
  readonly language?: string;
  readonly formats?: readonly OutputFormat[];
  readonly summary?: boolean;
  readonly speakers?: boolean;
  readonly after?: readonly string[];
}

/** @param files files and folders; none: what cities have on their shares */
export function batchCreateCommand(files: readonly string[], options: BatchCreateOptions): Promise<number> {
  return withQueue(options, "batch create", async ({ runtime, services, isBeside }) => {
    const { jobService, monitor, probe } = runtime;
    const { city, since, until, json, dataDir: _, name, again, model, after, ...settings } = options;
    if (files.length > 0 && (since !== undefined || until !== undefined || (city ?? []).length > 1)) {
      throw new ArchivistError("usage.invalid", {
        cause: "dates and several cities choose from the shares, and files choose by themselves",
        remedy: "Name files, with one city at most, or cities and dates.",
      });
    }
    const shared = {
      ...settings,
      force: again,
      model: model === undefined ? undefined : modelArgument(model),
      after: after?.map((id) => jobService.find(id).id),
    };
    const request =
      files.length > 0
        ? { name, files: files.map((file) => ({ path: userPath(file), city: city?.[0] })), settings: shared }
        : { name, cities: city ?? [], since, until, settings: shared };
    const onFile = (path: string): void => {
      if (!json) printNotice(printable(`Looking into ${path} …`));
    };
    const created = await interruptible((signal) =>
      createBatch({ services, jobService, monitor, probe, signal, onFile }, request),
    );
    const { batch, jobs, refused } = created;
    if (json) {
      printJson({ batch_id: batch.id, name: batch.name, jobs, refused });
      return 0;
    }
    printResult(
      `${printable(batch.name)}: ${counted(jobs.length, "recording")} in the queue (batch ${batch.id.slice(0, 8)}).`,
    );
    printRefused(refused);
    if (!isBeside) printNotice(noStationRuns);
    return 0;
  });
}

function printRefused(refused: readonly RefusedFile[]): void {
  for (const { path, reason } of refused) printNotice(printable(`Not taken: ${path}: ${reason}`));
}

export function batchRetryCommand(id: string, options: QueueOptions): Promise<number> {
  return withQueue(options, "batch retry", ({ runtime, services, isBeside }) => {
    const { jobs, refused } = retryBatch({ services, jobService: runtime.jobService }, id);
    if (options.json) printJson({ jobs, refused });
    else {
      printResult(`${counted(jobs.length, "recording")} in the queue again.`);
      printRefused(refused);
      if (!isBeside) printNotice(noStationRuns);
    }
    return 0;
  });
}

export function batchCancelCommand(id: string, options: QueueOptions): Promise<number> {
  return withQueue(options, "batch cancel", ({ runtime, services }) => {
    const jobs = cancelBatch({ services, jobService: runtime.jobService }, id, "cancelled with its batch");
    if (options.json) printJson({ jobs });
    else printResult(`${counted(jobs.length, "recording")} cancelled.`);
    return 0;
  });
}

export function batchListCommand(options: QueueOptions): Promise<number> {
  return withQueue(options, "batch list", ({ catalog, settings }) => {
    const batches = listBatches(catalog);
    if (options.json)
      printJson({
        batches: batches.map(({ id, name, createdDate, completedDate }) => ({
          batch_id: id,
          name,
          created_date: createdDate,
          completed_date: completedDate,
        })),
      });
    else if (batches.length === 0) printResult("There are no batches.");
    else {
      const rows = batches.map(({ id, name, createdDate, completedDate }) => [
        id.slice(0, 8),
        completedDate === null ? "at work" : "ended",
        formatTime(createdDate, settings),
        name,
      ]);
      printResult(table(["batch", "state", "created", "name"], rows));
    }
    return 0;
  });
}

export function batchShowCommand(id: string, options: QueueOptions): Promise<number> {
  return withQueue(options, "batch show", (station) => {
    const batch = requireBatch(station.services, id);
    const cities = progressByCity(batchJobs(station.catalog, batch.id));
    const reports = batch.completedDate === null ? null : reportFolder(station.services, batch);
    if (options.json) {
      printJson({
        batch_id: batch.id,
        name: batch.name,
        completed_date: batch.completedDate,
        cities,
        refused: JSON.parse(batch.refused),
        reports,
      });
      return 0;
    }
    const rows = cities.map(({ city, jobs, done, failed, running, progress }) => [
      city,
      `${Math.floor(progress * 100)} %`,
      `${done} of ${jobs} done`,
      `${failed} failed`,
      `${running} running`,
    ]);
    printResult(printable(batch.name));
    printResult(table(["city", "progress", "", "", ""], rows));
    if (reports !== null) printResult(`Reports: ${printable(reports)}`);
    return 0;
  });
}
