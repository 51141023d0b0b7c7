/** Everything that goes on by itself in a station: the queue, the look at the shares, the schedules, the mail. */
import { rm } from "node:fs/promises";
import { findJob, type JobRow } from "./catalog/repositories/jobs.ts";
import type { ArchivistError } from "./contract/errors.ts";
import type { Settings } from "./contract/settings.ts";
import { BatchFinisher } from "./intake/batches/finish.ts";
import { enqueueReady } from "./intake/enqueue.ts";
import { markFileDone, markFileRefused } from "./intake/file-states.ts";
import { Scanner } from "./intake/scanner.ts";
import { createBackupJobKind, createMaintenanceJobKind, type MaintenanceTask } from "./maintenance/maintenance-job.ts";
import { createPreviewJobKind } from "./maintenance/preview-job.ts";
import { submitPreview } from "./maintenance/previews.ts";
import { createStartConditions } from "./maintenance/start-conditions.ts";
import { Notifier } from "./notify/notifier.ts";
import { Outbox } from "./notify/outbox.ts";
import { DiskWatch } from "./platform/disk-watch.ts";
import { publishReady, submitPublication } from "./publishing/auto-publish.ts";
import { createPublishJobKind } from "./publishing/publish-job.ts";
import { createSyncJobKind, submitSync } from "./publishing/sync-job.ts";
import type { JobKind } from "./queue/job-kind.ts";
import { JobQueue } from "./queue/job-queue.ts";
import { JobService } from "./queue/job-service.ts";
import { listSchedules, type Schedule } from "./queue/schedules/plan.ts";
import { Scheduler } from "./queue/schedules/scheduler.ts";
import type { ShareHealth } from "./shares/health/judge.ts";
import { ShareMonitor } from "./shares/health/monitor.ts";
import { ShareProbe } from "./shares/share-probe.ts";
import type { StationServices } from "./station-services.ts";
import { createTranscriptionJobKind } from "./transcription/job-kind.ts";
import { listRepairedFiles } from "./transcription/recovery/format.ts";
import { createRecover } from "./transcription/recovery/recover.ts";

export interface StationRuntime {
  readonly jobService: JobService;
  readonly queue: JobQueue;
  readonly monitor: ShareMonitor;
  readonly probe: ShareProbe;
  readonly scanner: Scanner;
  readonly schedules: readonly Schedule[];
  readonly scheduler: Scheduler;
  /** Begins: jobs that were left are taken up. @returns Those that were running when Archivist ended last */
  start(): Promise<readonly JobRow[]>;
  /** @param drain let running jobs end by themselves */
  stop(options?: { readonly drain?: boolean }): Promise<void>;
}

const batchCheckMs = 2_000;

const toBytes = (megabytes: number): number => megabytes * 1024 ** 2;

/** Prepares all of it; nothing runs before `start`. */
export function createStationRuntime(services: StationServices): StationRuntime {
  const { catalog, clock, logger, settings, folder } = services;
  const notifier = new Notifier({ catalog, clock, logger, settings });
  const outbox = new Outbox({ catalog, clock, logger, settings: settings.notify });
  const probe = new ShareProbe({ deadlineMs: settings.shares.probeSeconds * 1000 });
  const monitor = new ShareMonitor({
    shares: settings.shares.servers,
    probe,
    clock,
    logger,
    marks: settings.shares,
    everyMs: settings.shares.checkSeconds * 1000,
    onChange: (now, before) => notifyOfShare(notifier, now, before),
  });
  const disk = new DiskWatch(folder.root, toBytes(settings.queue.freeMegabytes));
  const deps = { services, monitor, probe };
  const isWaiting = (signal: AbortSignal): boolean => services.lanes.isWaiting(signal);
  const kinds: readonly JobKind[] = [
    // The desk is there by the time that a job runs.
    createTranscriptionJobKind(services, (row) => submitPublication(jobService, row).job.id),
    createPublishJobKind(services),
    createSyncJobKind(services),
    createPreviewJobKind(services),
    createBackupJobKind(services),
    createMaintenanceJobKind(deps),
  ];
  const warned = new Set<string>();
  const warn = (job: JobRow, message: string): void => {
    // Once for each job and reason: it waits and is looked at again and again.
    if (warned.has(`${job.id} ${message}`)) return;
    warned.add(`${job.id} ${message}`);
    notifier.notify({
      severity: "warning",
      subject: `${job.title}: ${message}`,
      body: message,
      city: job.city,
      jobId: job.id,
      forOperators: true,
    });
  };
  const queue = new JobQueue({
    catalog,
    clock,
    logger,
    kinds,
    settings: settings.queue,
    poolSizes: getPoolSizes(settings),
    isWaiting,
    gate: createStartConditions({ settings, clock, monitor, disk }),
    recover: createRecover({ services, monitor, probe, disk, warn }),
    onEnded: (job) => {
      markFileDone(catalog, job);
      // Not within the run that has just ended: a full queue is no fault of it.
      if (job.type === "process") setImmediate(afterwards, job);
      void deleteRepaired(folder.repaired, job.id);
    },
    onFailed: (job, error) => {
      markFileRefused(catalog, job, `${error.reason}. ${error.remedy}`);
      notifyOfFailure(notifier, job, error);
      void deleteRepaired(folder.repaired, job.id);
    },
  });
  const attempt = (what: string, act: () => unknown): void => {
    try {
      act();
    } catch (thrown) {
      logger.error(what, { error: thrown });
    }
  };
  const afterwards = ({ id }: JobRow): void => {
    // It was learnt while the job ran.
    const transcriptionId = findJob(catalog, id)?.transcriptionId ?? null;
    if (settings.publishing.automatic) {
      attempt("what is ready could not be published", () => publishReady(services, jobService));
    }
    if (settings.media.proxies && transcriptionId !== null) {
      attempt("no copy for players could be asked for", () => submitPreview(services, jobService, transcriptionId));
    }
  };
  const jobService = new JobService({
    catalog,
    clock,
    kinds,
    maxJobs: settings.queue.maxJobs,
    onChange: () => queue.nudge(),
  });
  const scanner = new Scanner(deps);
  const schedules = listSchedules(settings);
  const scheduler = new Scheduler({
    catalog,
    clock,
    logger,
    schedules,
    timeZone: settings.schedules.timeZone,
    act: (schedule) => actOn(schedule, { services, jobService, monitor, scanner }),
  });
  const batches = new BatchFinisher(services, notifier);
  let batchTimer: NodeJS.Timeout | undefined;
  return {
    jobService,
    queue,
    monitor,
    probe,
    scanner,
    schedules,
    scheduler,
    start: async () => {
      await Promise.all([monitor.checkAll(), disk.check()]);
      const left = queue.start();
      monitor.start();
      disk.start();
      scanner.start();
      scheduler.start();
      outbox.start();
      batchTimer = setInterval(() => void batches.check(), batchCheckMs);
      return left;
    },
    stop: async (options) => {
      clearInterval(batchTimer);
      monitor.stop();
      disk.stop();
      await Promise.all([scanner.stop(), queue.stop(options)]);
      await scheduler.stop();
      await batches.check();
      await outbox.stop();
    },
  };
}

function getPoolSizes({ queue }: Settings) {
  return {
    // One at work in each lane, and some whose sound is decoded meanwhile.
    heavy: queue.speechLane + queue.readAhead,
    render: queue.renderLane,
    network: queue.networkLane,
    upkeep: 1,
  };
}

/** What cannot be removed now is cleared away with other old files. */
async function deleteRepaired(folder: string, jobId: string): Promise<void> {
  for (const file of listRepairedFiles(folder, jobId)) await rm(file, { force: true }).catch(() => undefined);
}

function notifyOfShare(notifier: Notifier, now: ShareHealth, before: ShareHealth | undefined): void {
  if (now.status === "healthy") {
    if (before === undefined || before.status === "healthy") return;
    notifier.notify({
      severity: "info",
      subject: `The share ${now.label} is well again`,
      body: now.message,
      forOperators: true,
    });
    return;
  }
  const severity = now.status === "degraded" ? "warning" : "error";
  const subject = `The share ${now.label}: ${now.message}`;
  notifier.notify({ severity, subject, body: `${now.path}\n\n${now.message}`, forOperators: true });
}

function notifyOfFailure(notifier: Notifier, job: JobRow, error: ArchivistError): void {
  const body = `${error.message}.\n\n${error.remedy}`;
  const subject = `${job.title} has failed: ${error.reason}`;
  notifier.notify({ severity: "error", subject, body, city: job.city, jobId: job.id, forOperators: true });
}

interface ScheduleActionDeps {
  readonly services: StationServices;
  readonly jobService: JobService;
  readonly monitor: ShareMonitor;
  readonly scanner: Scanner;
}

/** What a schedule does. Heavy work becomes a job: it waits for its turn and survives a restart. */
async function actOn({ action, cities }: Schedule, deps: ScheduleActionDeps): Promise<string> {
  const { services, jobService, monitor, scanner } = deps;
  const submitMaintenance = (task: MaintenanceTask, title: string): string => {
    const { isNew } = jobService.submit({
      type: "maintenance",
      title,
      payload: { tasks: [task] },
      dedupeKey: `maintenance:${task}`,
    });
    return isNew ? "put into the queue" : "it is in the queue already";
  };
  if (action === "pending") {
    const { jobs, left } = enqueueReady({ services, jobService }, cities.length === 0 ? undefined : cities);
    return `${jobs.length} put into the queue${left > 0 ? `, no room for ${left}` : ""}`;
  }
  if (action === "backup") {
    jobService.submit({ type: "backup", title: "Backup of the catalog", payload: {}, dedupeKey: "backup" });
    return "put into the queue";
  }
  if (action === "maintenance") return submitMaintenance("clear", "Clearing away what is no longer needed");
  if (action === "archive") {
    return services.settings.lifeCycle.enabled
      ? submitMaintenance("archive", "Moving old recordings")
      : "not done: lifeCycle.enabled is false";
  }
  if (action === "publish") return publishReady(services, jobService);
  if (action === "sync") {
    if (services.settings.cablecast.url === null) return "not done: cablecast.url is not set";
    return submitSync(jobService, false).isNew ? "put into the queue" : "it is in the queue already";
  }
  let ready = 0;
  for (const share of monitor.shares.filter(({ role }) => role === "active")) {
    if ((await monitor.check(share)).isReadable) ready += (await scanner.scan(share)).ready;
  }
  return `${ready} recordings became ready`;
}
