/** Automatic notifications to the station's operators: shares that change state, jobs that fail, jobs that wait. */
import type { JobRow } from "../catalog/repositories/jobs.ts";
import type { ArchivistError } from "../contract/errors.ts";
import { jobTypeInfo } from "../contract/jobs.ts";
import type { Message, Notifier } from "../notify/notifier.ts";
import type { TypedEvents } from "../platform/typed-events.ts";
import type { QueueEvents } from "../queue/job-queue.ts";
import type { ShareHealthChange, ShareMonitorEvents } from "../shares/health/monitor.ts";

/** @returns undefined for a share that was healthy before, or is healthy at its first check */
export function formatShareHealth({ now, before }: ShareHealthChange): Message | undefined {
  if (now.status === "healthy") {
    if (before === undefined || before.status === "healthy") return undefined;
    return {
      severity: "info",
      subject: `The share ${now.label} is well again`,
      body: now.message,
      forOperators: true,
    };
  }
  return {
    severity: now.status === "degraded" ? "warning" : "error",
    subject: `The share ${now.label}: ${now.message}`,
    body: `${now.path}\n\n${now.message}`,
    forOperators: true,
  };
}

export const formatJobFailure = (job: JobRow, error: ArchivistError): Message => ({
  severity: "error",
  subject: `${job.title} has failed: ${error.reason}`,
  body: `${error.message}.\n\n${error.remedy}`,
  city: job.city,
  jobId: job.id,
  forOperators: true,
});

export const formatJobWarning = (job: JobRow, message: string): Message => ({
  severity: "warning",
  subject: `${job.title}: ${message}`,
  body: message,
  city: job.city,
  jobId: job.id,
  forOperators: true,
});

export function sendShareNotifications(events: TypedEvents<ShareMonitorEvents>, notifier: Notifier): void {
  events.on("healthChanged", (change) => {
    const message = formatShareHealth(change);
    if (message !== undefined) notifier.notify(message);
  });
}

export function sendFailureNotifications(events: TypedEvents<QueueEvents>, notifier: Pick<Notifier, "notify">): void {
  events.on("jobFailed", ({ job, error }) => {
    if (jobTypeInfo[job.type].isOptional !== true) notifier.notify(formatJobFailure(job, error));
  });
}

/** @returns A function that sends a warning about a job, once per message: a job that waits is checked repeatedly */
export function createJobWarnings(notifier: Pick<Notifier, "notify">): (job: JobRow, message: string) => void {
  const sent = new Set<string>();
  return (job, message) => {
    const key = `${job.id} ${message}`;
    if (sent.has(key)) return;
    sent.add(key);
    notifier.notify(formatJobWarning(job, message));
  };
}
