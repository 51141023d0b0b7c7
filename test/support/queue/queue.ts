/** A queue on a real database, with manually completed jobs. */
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Catalog, openCatalog } from "../../../electron/catalog/open.ts";
import type { ArchivistError } from "../../../electron/contract/errors.ts";
import type { Recover, StartConditions } from "../../../electron/queue/decision.ts";
import type { JobKind } from "../../../electron/queue/job-kind.ts";
import { JobQueue } from "../../../electron/queue/job-queue.ts";
import { JobService } from "../../../electron/queue/job-service.ts";
import { Lanes } from "../../../electron/queue/lanes.ts";
import { settingsWith } from "../station/shares.ts";
import { silentLogger } from "../station/silent-logger.ts";
import { temporaryFolder } from "../temporary.ts";
import { ManualClock } from "./manual-clock.ts";
import { ManualJobs } from "./manual-jobs.ts";

export interface TestQueueOptions {
  readonly settings?: object;
  readonly gate?: StartConditions;
  readonly recover?: Recover;
  readonly kinds?: readonly JobKind[];
  readonly transcription?: number;
  readonly folder?: string;
  readonly start?: boolean;
  readonly isWaiting?: (signal: AbortSignal) => boolean;
}

export const openGate: StartConditions = { getStartBlock: () => undefined, isUnblocked: () => true };
export const noRecovery: Recover = async () => ({ action: "none" });

export function testQueue(options: TestQueueOptions = {}) {
  const folder = options.folder ?? temporaryFolder();
  const catalog: Catalog = openCatalog(join(folder, "catalog.db"), join(folder, "backups"));
  const clock = new ManualClock();
  const work = new ManualJobs({ lanes: new Lanes({ disk: 1, speech: 10, render: 1, network: 1 }) });
  const kinds = options.kinds ?? [work.kind];
  const { queue: settings } = settingsWith({ queue: { retrySeconds: 60, attempts: 2, ...options.settings } });
  const failures: { readonly title: string; readonly error: ArchivistError }[] = [];
  const queue = new JobQueue({
    catalog,
    clock,
    logger: silentLogger,
    kinds,
    settings,
    poolSizes: {
      transcription: options.transcription ?? 1,
      export: 1,
      render: 1,
      network: 1,
      maintenance: 1,
      background: 1,
    },
    gate: options.gate ?? openGate,
    recover: options.recover ?? noRecovery,
    random: () => 1,
    ...(options.isWaiting === undefined ? {} : { isWaiting: options.isWaiting }),
  });
  queue.events.on("jobFailed", ({ job, error }) => failures.push({ title: job.title, error }));
  const jobService = new JobService({ catalog, clock, kinds, maxJobs: settings.maxJobs });
  jobService.events.on("changed", () => queue.nudge());
  if (options.start !== false) queue.start();
  onTestFinished(async () => {
    await queue.stop();
    try {
      catalog.close();
    } catch {
      // The test has already closed it, to simulate a crash.
    }
  });
  const submit = (title: string, more: Partial<Parameters<JobService["submit"]>[0]> = {}): string =>
    jobService.submit({ type: "process", title, payload: {}, ...more }).job.id;
  return { folder, catalog, clock, work, queue, jobService, submit, failures };
}
