/** What has been done of a job, by its rows. */
import { listChunks } from "../catalog/repositories/chunks.ts";
import { listStages } from "../catalog/repositories/transcription-stages.ts";
import type { StageName } from "./events.ts";
import type { TranscriptionRun } from "./transcription-run.ts";

/** True when a step has come to its end, in this attempt or one before. */
export function hasCompleted({ services, transcription }: TranscriptionRun, step: StageName): boolean {
  return listStages(services.catalog, transcription.id).some(
    ({ name, status }) => name === step && status === "completed",
  );
}

/** True when every planned piece has its words; a recording in which nobody speaks has none. */
export function isAllRecognized(job: TranscriptionRun): boolean {
  const chunks = listChunks(job.services.catalog, job.transcription.id);
  return hasCompleted(job, "plan") && chunks.every(({ status }) => status === "completed");
}
