/** `archivist batch …` */
import { type BatchRow, batchJobs, listBatches } from "../../catalog/repositories/job-batches.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { TargetStage } from "../../contract/jobs.ts";
import { createBatch } from "../../intake/batches/create.ts";
import { reportFolder } from "../../intake/batches/finish.ts";
import { progressByCity } from "../../intake/batches/report.ts";
import type { Station } from "../../station.ts";
import { interruptible } from "../terminal/interruption.ts";
import { counted, printable, printJson, printNotice, printResult } from "../terminal/print.ts";
import { table } from "../terminal/table.ts";
import { formatTime } from "../terminal/times.ts";
import { noStationRuns, type QueueOptions, withQueue } from "./open.ts";

export interface BatchCreateOptions extends QueueOptions {
  readonly city?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly name?: string;
  readonly target?: TargetStage;
  readonly priority?: number;
  readonly again?: boolean;
}

export function batchCreateCommand(options: BatchCreateOptions): Promise<number> {
  return withQueue(options, "batch create", async ({ runtime, services, isBeside }) => {
    const { jobService, monitor, probe } = runtime;
    const { city, json, dataDir: _, ...request } = options;
    const onFile = (path: string): void => {
      if (!json) printNotice(printable(`Looking into ${path} …`));
    };
    const created = await interruptible((signal) =>
      createBatch({ services, jobService, monitor, probe, signal, onFile }, { cities: city ?? [], ...request }),
    );
    const { batch, jobs, refused } = created;
    if (json) {
      printJson({ batch_id: batch.id, name: batch.name, jobs, refused });
      return 0;
    }
    printResult(
      `${printable(batch.name)}: ${counted(jobs.length, "recording")} in the queue (batch ${batch.id.slice(0, 8)}).`,
    );
    for (const { path, reason } of refused) printNotice(printable(`Not taken: ${path}: ${reason}`));
    if (!isBeside) printNotice(noStationRuns);
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

function findBatch({ catalog }: Station, id: string): BatchRow {
  const found = listBatches(catalog, 10_000).filter((batch) => batch.id.startsWith(id.toLowerCase()));
  const [batch] = found;
  if (batch === undefined || found.length > 1 || id === "") {
    throw new ArchivistError("usage.invalid", {
      subject: id,
      cause: found.length > 1 ? "several batches begin like this" : "there is no such batch",
      remedy: "Run `archivist batch list` to see them.",
    });
  }
  return batch;
}

export function batchShowCommand(id: string, options: QueueOptions): Promise<number> {
  return withQueue(options, "batch show", (station) => {
    const batch = findBatch(station, id);
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
