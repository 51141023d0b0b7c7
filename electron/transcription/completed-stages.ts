/** Which stages of a transcription are done, according to the catalog. */
import { listChunks } from "../catalog/repositories/chunks.ts";
import { listStages } from "../catalog/repositories/transcription-stages.ts";
import type { StageName } from "./events.ts";
import type { TranscriptionRun } from "./transcription-run.ts";

/** True if a stage has completed, in this attempt or an earlier one. */
export function hasCompleted({ services, transcription }: TranscriptionRun, step: StageName): boolean {
  return listStages(services.catalog, transcription.id).some(
    ({ name, status }) => name === step && status === "completed",
  );
}

/** True if every planned chunk has been recognized; a recording without speech has none. */
export function isAllRecognized(job: TranscriptionRun): boolean {
  const chunks = listChunks(job.services.catalog, job.transcription.id);
  return hasCompleted(job, "plan") && chunks.every(({ status }) => status === "completed");
}
