/** The background services of a station: the queue, share monitoring, schedules and mail. */
import { bindCredentials } from "./cablecast/connect.ts";
import { findDamage } from "./catalog/integrity.ts";
import type { JobRow } from "./catalog/repositories/jobs.ts";
import type { Settings } from "./contract/settings.ts";
import type { ScheduleAction } from "./contract/terms.ts";
import { EditingService } from "./editing/editing-service.ts";
import { createExportJobKind } from "./editing/export/export-job.ts";
import { createHearAgainJobKind } from "./editing/hear-again/hear-again-job.ts";
import { BatchFinisher } from "./intake/batches/finish.ts";
import { enqueuePending } from "./intake/enqueue.ts";
import { recordFileStates } from "./intake/file-states.ts";
import { scanActiveShares } from "./intake/scan-shares.ts";
import { Scanner } from "./intake/scanner.ts";
import { createBackupJobKind, submitBackup } from "./maintenance/backup-job.ts";
import { createMaintenanceJobKind, submitArchiving, submitCleanUp } from "./maintenance/maintenance-job.ts";
import { makePicturesOfFinishedJobs } from "./maintenance/pictures.ts";
import { createPicturesJobKind } from "./maintenance/pictures-job.ts";
import { createPreviewJobKind } from "./maintenance/preview-job.ts";
import { makePreviewsOfFinishedJobs } from "./maintenance/previews.ts";
import { createStartConditions } from "./maintenance/start-conditions.ts";
import { AgendaIndex } from "./meetings/agenda-index.ts";
import { createJoinJobKind } from "./meetings/join-job.ts";
import { removeSupersededFiles, removeSupersededFilesOfJobs } from "./meetings/superseded-files.ts";
import { createJobWarnings, sendFailureNotifications, sendShareNotifications } from "./monitoring/notifications.ts";
import { createRightDates, createServiceChecks } from "./monitoring/service-checks.ts";
import { HealthMonitor } from "./monitoring/service-health.ts";
import { Notifier } from "./notify/notifier.ts";
import { Outbox } from "./notify/outbox.ts";
import { DiskWatch } from "./platform/disk-watch.ts";
import { publishFinishedJobs, publishReady, submitPublication } from "./publishing/auto-publish.ts";
import { createPublishJobKind } from "./publishing/publish-job.ts";
import { createSyncJobKind, submitScheduledSync } from "./publishing/sync-job.ts";
import type { JobKind } from "./queue/job-kind.ts";
import { JobQueue } from "./queue/job-queue.ts";
import { JobService } from "./queue/job-service.ts";
import { type ListedSchedule, listSchedules, type Schedule } from "./queue/schedules/plan.ts";
import { Scheduler } from "./queue/schedules/scheduler.ts";
import { ShareMonitor } from "./shares/health/monitor.ts";
import { ShareProbe } from "./shares/share-probe.ts";
import type { StationServices } from "./station-services.ts";
import { createDeliverHeldJobKind } from "./transcription/deliver-held-job.ts";
import { submitHeldFiles } from "./transcription/held-files.ts";
import { createTranscriptionJobKind } from "./transcription/job-kind.ts";
import { deleteRepairedFiles } from "./transcription/recovery/format.ts";
import { createRecover } from "./transcription/recovery/recover.ts";

export interface StationRuntime {
  readonly jobService: JobService;
  readonly queue: JobQueue;
  /** Meetings whose captions are being corrected, by people and by jobs. */
  readonly editing: EditingService;
  readonly monitor: ShareMonitor;
  readonly probe: ShareProbe;
  readonly scanner: Scanner;
  /** As they are now. */
  readonly schedules: readonly ListedSchedule[];
  /** Takes over the schedules of changed settings, without a restart. @throws ArchivistError `schedule.invalid` */
  replaceSchedules(schedules: readonly ListedSchedule[]): void;
  /** Health of the services that the station depends on. */
  readonly health: HealthMonitor;
  readonly scheduler: Scheduler;
  /**
   * Starts the services; jobs left from the last run resume.
   * @returns the jobs that were running when Archivist last ended
   */
  start(): Promise<readonly JobRow[]>;
  /** @param drain true: wait for running jobs to end */
  stop(options?: { readonly drain?: boolean }): Promise<void>;
}

const toBytes = (megabytes: number): number => megabytes * 1024 ** 2;

/** Creates the services in order of their dependencies; nothing runs before `start`. */
export function createStationRuntime(services: StationServices): StationRuntime {
  const { catalog, clock, logger, settings, folder } = services;

  // Notifications and shares.
  const notifier = new Notifier({ catalog, clock, logger, settings });
  const complete = (address: string): string => services.credentials.complete("notify.smtp", address);
  const outbox = new Outbox({ catalog, clock, logger, settings: settings.notify, complete });
  const disk = new DiskWatch(folder.root, toBytes(settings.queue.freeMegabytes));
  const probe = new ShareProbe({ deadlineMs: settings.shares.probeSeconds * 1000 });
  const monitor = new ShareMonitor({
    shares: settings.shares.servers,
    probe,
    clock,
    logger,
    marks: settings.shares,
    everyMs: settings.shares.checkSeconds * 1000,
  });
  const deps = { services, monitor, probe };
  const scanner = new Scanner(deps);

  // Jobs. A kind may submit jobs of other kinds, so the job service is created before the kinds.
  const jobService = new JobService({ catalog, clock, maxJobs: settings.queue.maxJobs });
  const editing = new EditingService({ station: services, jobService });
  const kinds: readonly JobKind[] = [
    createTranscriptionJobKind(services, (row) => submitPublication(jobService, row).job.id),
    createHearAgainJobKind(services, editing),
    createExportJobKind(services, (id) => removeSupersededFiles(services, id)),
    createPublishJobKind(services),
    createSyncJobKind(services),
    createPreviewJobKind(services),
    createPicturesJobKind(services),
    createBackupJobKind(services),
    createMaintenanceJobKind(deps),
    createDeliverHeldJobKind(services),
    createJoinJobKind(services, jobService),
  ];
  jobService.registerKinds(kinds);
  const queue = new JobQueue({
    catalog,
    clock,
    logger,
    kinds,
    settings: settings.queue,
    poolSizes: getPoolSizes(settings),
    isWaiting: (signal) => services.lanes.isWaiting(signal),
    gate: createStartConditions({ settings, clock, monitor, disk }),
    recover: createRecover({ ...deps, disk, warn: createJobWarnings(notifier) }),
  });
  const batches = new BatchFinisher(services, notifier);
  const health = new HealthMonitor({
    checks: createServiceChecks({ services, jobService, monitor, probe }),
    rightDates: createRightDates(services),
    clock,
    logger,
  });
  const agendaIndex = new AgendaIndex(services);

  // Schedules. Heavy work is submitted as a job, so that it is queued and survives a restart.
  const actions: ScheduleActions = {
    pending: ({ cities }) => enqueuePending({ services, jobService }, cities),
    publish: () => publishReady(services, jobService),
    sync: () => submitScheduledSync(services, jobService),
    archive: () => submitArchiving(services, jobService),
    backup: () => {
      submitBackup(jobService);
      return "put into the queue";
    },
    maintenance: () => submitCleanUp(jobService),
    scan: async () => `${await scanActiveShares({ monitor, scanner })} recordings became ready`,
  };
  let schedules = listSchedules(settings);
  const scheduler = new Scheduler({
    catalog,
    clock,
    logger,
    schedules,
    timeZone: settings.schedules.timeZone,
    act: async (schedule) => actions[schedule.action](schedule),
  });

  // Event handlers, in order of execution.
  jobService.events.on("changed", () => queue.nudge());
  sendShareNotifications(monitor.events, notifier);
  recordFileStates(queue.events, catalog);
  sendFailureNotifications(queue.events, notifier);
  publishFinishedJobs(queue.events, services, jobService);
  makePreviewsOfFinishedJobs(queue.events, services, jobService);
  makePicturesOfFinishedJobs(queue.events, services, jobService);
  deleteRepairedFiles(queue.events, folder.repaired);
  const deliverHeldFiles = (): void => {
    try {
      submitHeldFiles(services, jobService);
    } catch (error) {
      logger.error("files that wait for their share could not be put into the queue", { error });
    }
  };
  // Deferred until the run has ended: the new job is not part of it.
  queue.events.on("jobEnded", ({ type }) => void (type !== "deliver" && setImmediate(deliverHeldFiles)));
  removeSupersededFilesOfJobs(queue.events, services);
  queue.events.on("jobEnded", () => agendaIndex.nudge());

  /** Everything that writes to the catalog by itself. */
  const stopWork = async (options?: { readonly drain?: boolean }): Promise<void> => {
    await Promise.all([scanner.stop(), queue.stop(options)]);
    await scheduler.stop();
    await batches.stop();
    await agendaIndex.stop();
    await outbox.stop();
  };
  catalog.onDamage((error) => {
    logger.error("the catalog is damaged: nothing is changed any more", { error });
    // What stops wants to write that it does.
    stopWork().catch((thrown: unknown) => logger.error("work was not stopped cleanly", { error: thrown }));
  });

  return {
    jobService,
    queue,
    editing,
    monitor,
    probe,
    scanner,
    health,
    scheduler,
    get schedules() {
      return schedules;
    },
    replaceSchedules: (changed) => {
      scheduler.replace(changed);
      schedules = changed;
    },
    start: async () => {
      await settleSecrets(services);
      const [problem] = await Promise.all([findDamage(folder.catalogFile), monitor.checkAll(), disk.check()]);
      for (const service of [monitor, disk, health]) service.start();
      if (problem !== undefined) catalog.noteDamage(problem);
      if (catalog.damage !== undefined) return [];
      const left = queue.start();
      deliverHeldFiles();
      for (const service of [scanner, scheduler, outbox, batches, agendaIndex]) service.start();
      return left;
    },
    stop: async (options) => {
      monitor.stop();
      disk.stop();
      await Promise.all([stopWork(options), health.stop()]);
    },
  };
}

/** Puts secrets where they belong that an older version, or a person, has put elsewhere. */
async function settleSecrets({ credentials, secrets, settings, logger }: StationServices): Promise<void> {
  try {
    await credentials.moveFromFile();
    await bindCredentials(secrets, settings.cablecast.url);
  } catch (error) {
    logger.warn("secrets could not be moved to the secret store", { error });
  }
}

/** The implementation of each schedule action. @returns a message about what was done */
type ScheduleActions = Readonly<Record<ScheduleAction, (schedule: Schedule) => string | Promise<string>>>;

function getPoolSizes({ queue }: Settings) {
  return {
    // One running job in each lane, and some whose audio is decoded ahead.
    transcription: queue.speechLane + queue.readAhead,
    render: queue.renderLane,
    background: 1,
    network: queue.networkLane,
    // A person waits for the files, and writing them takes a moment; a share that hangs must not stop the others.
    export: 3,
    maintenance: 1,
  };
}
