/** What is asked for by itself once a recording has its captions. */
import { findJob, type JobRow } from "../catalog/repositories/jobs.ts";
import type { TypedEvents } from "../platform/typed-events.ts";
import type { QueueEvents } from "../queue/job-queue.ts";
import type { StationServices } from "../station-services.ts";

/**
 * Calls `submit` for each recording that has just been transcribed.
 * @param failure what the log says when it throws
 */
export function onTranscribed(
  events: TypedEvents<QueueEvents>,
  { catalog, logger }: Pick<StationServices, "catalog" | "logger">,
  failure: string,
  submit: (transcriptionId: string) => void,
): void {
  const submitFor = ({ id }: JobRow): void => {
    try {
      // Read the row again: the transcription's id was stored while the job ran.
      const transcriptionId = findJob(catalog, id)?.transcriptionId ?? null;
      if (transcriptionId !== null) submit(transcriptionId);
    } catch (error) {
      logger.error(failure, { error });
    }
  };
  // Deferred until the run has ended: the new job is not part of it.
  events.on("jobEnded", (job) => void (job.type === "process" && setImmediate(submitFor, job)));
}
