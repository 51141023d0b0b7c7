/** Submits recordings that a user has named. */
import { stat } from "node:fs/promises";
import type { JobRow } from "../catalog/repositories/jobs.ts";
import { ArchivistError } from "../contract/errors.ts";
import { fileError } from "../platform/file-errors.ts";
import type { JobService } from "../queue/job-service.ts";
import type { StationServices } from "../station-services.ts";
import { processPayloadSchema } from "../transcription/job-payload.ts";
import { requireModel } from "./require-model.ts";
import { createTranscriptionJob, getGroupKey, type RecordingRequest } from "./transcription-job.ts";

export interface SubmitDeps {
  readonly services: Pick<StationServices, "settings" | "clock" | "modelsFolder" | "machine" | "onShare">;
  readonly jobService: JobService;
}

/**
 * Adds a recording to the queue.
 * @param shownPath the path as the user wrote it, for error messages
 * @throws ArchivistError `file.*`, `share.hung`, `queue.full`, `model.*` where it could not be transcribed with what is installed
 */
export async function submitRecording(
  { services, jobService }: SubmitDeps,
  request: Omit<RecordingRequest, "modifiedMs" | "now">,
  shownPath = request.path,
) {
  const { mtimeMs } = await services
    .onShare(request.path, () => stat(request.path))
    .catch((thrown: unknown) => {
      throw fileError(thrown, shownPath, "read");
    });
  const job = createTranscriptionJob(services.settings, { ...request, modifiedMs: mtimeMs, now: services.clock.now() });
  requireModel(services, job.payload);
  return jobService.submit(job);
}

/**
 * Queues a transcription that failed or was cancelled again, with another model.
 * @throws ArchivistError `job.unknown`, `job.state` for other jobs, `queue.full`, `model.*`
 */
export function retryWithModel({ services, jobService }: SubmitDeps, id: string, model: string): JobRow {
  const job = jobService.find(id);
  if (job.type !== "process") {
    throw new ArchivistError("job.state", { subject: job.title, cause: "this job does not use a speech model" });
  }
  const payload = processPayloadSchema.parse(JSON.parse(job.payload));
  requireModel(services, { ...payload, model });
  return jobService.retry(job.id, { model }, getGroupKey(model, payload.language));
}
