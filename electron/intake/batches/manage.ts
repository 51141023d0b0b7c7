/** Batches that exist: finding, retrying and cancelling them, and what is known of how they went. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  type BatchRow,
  batchJobs,
  findBatchesByPrefix,
  type RefusedFile,
  reopenBatch,
} from "../../catalog/repositories/job-batches.ts";
import { listJobs } from "../../catalog/repositories/jobs.ts";
import { type CityReport, cityReportSchema } from "../../contract/api/batches.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import { openStates } from "../../contract/jobs.ts";
import { readPlainText } from "../../platform/plain-files.ts";
import type { JobService } from "../../queue/job-service.ts";
import type { StationServices } from "../../station-services.ts";
import { reportFolder } from "./finish.ts";
import { byCity, cityReport } from "./report.ts";

interface ManageDeps {
  readonly services: StationServices;
  readonly jobService: JobService;
}

/** Finds a batch by its id or the beginning of it. @throws ArchivistError `batch.unknown`, `batch.ambiguous` */
export function requireBatch({ catalog }: Pick<StationServices, "catalog">, idOrPrefix: string): BatchRow {
  const prefix = idOrPrefix.trim().toLowerCase();
  const [batch, second] = prefix === "" ? [] : findBatchesByPrefix(catalog, prefix);
  if (batch === undefined) throw new ArchivistError("batch.unknown", { subject: idOrPrefix });
  if (second !== undefined) throw new ArchivistError("batch.ambiguous", { subject: idOrPrefix });
  return batch;
}

/**
 * Puts the failed and cancelled jobs of a batch into the queue again; its reports are written anew when they have ended.
 * @throws ArchivistError `batch.unknown`, `batch.nothing-failed`
 */
export function retryBatch({ services, jobService }: ManageDeps, id: string) {
  const { catalog } = services;
  const batch = requireBatch(services, id);
  const failed = listJobs(catalog, { batchId: batch.id, states: ["failed", "cancelled"], limit: maxJobs });
  if (failed.length === 0) throw new ArchivistError("batch.nothing-failed", { subject: batch.name });
  const jobs: string[] = [];
  const refused: RefusedFile[] = [];
  // Reopened first: a report must not be written while the jobs come back one after another.
  reopenBatch(catalog, batch.id);
  for (const job of failed) {
    try {
      jobs.push(jobService.retry(job.id).id);
    } catch (thrown) {
      refused.push({ city: job.city, path: job.title, reason: toArchivistError(thrown).reason });
    }
  }
  return { jobs, refused };
}

/** Cancels the jobs of a batch that have not ended. @throws ArchivistError `batch.unknown` */
export function cancelBatch({ services, jobService }: ManageDeps, id: string, by: string): readonly string[] {
  const batch = requireBatch(services, id);
  const open = listJobs(services.catalog, { batchId: batch.id, states: openStates, limit: maxJobs });
  return open.flatMap((job) => {
    try {
      return jobService.cancel(job.id, by).id;
    } catch (thrown) {
      // It has ended in this very moment.
      if (toArchivistError(thrown).code === "job.state") return [];
      throw thrown;
    }
  });
}

const maxJobs = 100_000;

/**
 * What is known of how a batch went, city by city. While it is at work from its jobs; later from its report files, because
 * jobs are forgotten some time after they have ended.
 */
export async function getBatchReports(services: StationServices, batch: BatchRow): Promise<readonly CityReport[]> {
  const jobs = byCity(batchJobs(services.catalog, batch.id));
  const refused = JSON.parse(batch.refused) as readonly RefusedFile[];
  if (batch.completedDate !== null) {
    const written = await readReports(reportFolder(services, batch));
    if (written.length > 0) return written;
  }
  return [...jobs].map(([city, own]) => cityReport(batch, city, own, refused));
}

async function readReports(folder: string): Promise<readonly CityReport[]> {
  const names = await readdir(folder).catch(() => []);
  const reports: CityReport[] = [];
  for (const name of names.filter((each) => each.endsWith(".json")).sort()) {
    const parsed = cityReportSchema.safeParse(await readJson(join(folder, name)));
    if (parsed.success) reports.push(parsed.data);
  }
  return reports;
}

/** @returns undefined for a file that cannot be read, or is not JSON */
async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readPlainText(path));
  } catch {
    return undefined;
  }
}
