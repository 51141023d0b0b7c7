/** Automatic publishing, with the same checks as manual publishing. */
import { listUnverified } from "../catalog/repositories/publications.ts";
import { listUnpublished, type PublishableRow } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { TypedEvents } from "../platform/typed-events.ts";
import type { QueueEvents } from "../queue/job-queue.ts";
import type { JobService } from "../queue/job-service.ts";
import type { StationServices } from "../station-services.ts";
import { listPublishObstacles } from "./publish-checks.ts";
import type { PublishOptions } from "./publish-options.ts";

/** Submits a job that publishes a transcription. @throws ArchivistError `queue.full` */
export function submitPublication(
  jobService: JobService,
  row: Pick<PublishableRow, "id" | "filename" | "city">,
  options: PublishOptions = {},
) {
  return jobService.submit({
    type: "publish",
    title: `Publish ${row.filename}`,
    payload: { transcriptionId: row.id, ...options },
    dedupeKey: `publish:${row.id}${options.target === undefined ? "" : `:${options.target}`}`,
    city: row.city ?? undefined,
  });
}

/** Submits a job that verifies a publication. */
function submitVerification(
  jobService: JobService,
  row: { readonly id: number; readonly filename: string; readonly city: string | null },
) {
  return jobService.submit({
    type: "publish",
    title: `Read back ${row.filename}`,
    payload: { verify: row.id },
    dedupeKey: `verify:${row.id}`,
    city: row.city ?? undefined,
  });
}

/**
 * Publishes all finished transcriptions that may be published, if automatic publishing is on. In any case, verifies
 * publications that could not be read back yet.
 * @returns A description of what was done
 */
export function publishReady(services: StationServices, jobService: JobService): string {
  const { catalog, settings } = services;
  const { automatic, target, batchSize } = settings.publishing;
  const finished = automatic ? listUnpublished(catalog, target).filter(({ status }) => status === "completed") : [];
  const ready = finished.filter((row) => listPublishObstacles(services, row).length === 0);
  const counts = { published: 0, verified: 0 };
  let later = 0;
  try {
    for (const row of ready) {
      if (counts.published < batchSize) counts.published += submitPublication(jobService, row).isNew ? 1 : 0;
      else later++;
    }
    for (const row of listUnverified(catalog)) if (submitVerification(jobService, row).isNew) counts.verified++;
  } catch (thrown) {
    if (!(thrown instanceof ArchivistError) || thrown.code !== "queue.full") throw thrown;
    return `${counts.published + counts.verified} put into the queue, which is full now`;
  }
  const readBacks = counts.verified === 0 ? "" : `; ${counts.verified} to be read back`;
  const leftOut = finished.length - ready.length;
  const others = `${leftOut === 0 ? "" : `; ${leftOut} may not be published yet`}${later === 0 ? "" : `; ${later} left for the next run`}`;
  return automatic
    ? `${counts.published} put into the queue${others}${readBacks}`
    : `nothing published: publishing.automatic is false${readBacks}`;
}

/** Publishes what is ready whenever a transcription ends, if automatic publishing is on. */
export function publishFinishedJobs(
  events: TypedEvents<QueueEvents>,
  services: StationServices,
  jobService: JobService,
): void {
  const publish = (): void => {
    if (!services.settings.publishing.automatic) return;
    try {
      publishReady(services, jobService);
    } catch (error) {
      services.logger.error("what is ready could not be published", { error });
    }
  };
  // Deferred until the run has ended: the new jobs are not part of it.
  events.on("jobEnded", ({ type }) => void (type === "process" && setImmediate(publish)));
}
