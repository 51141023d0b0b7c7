/** Takes in a recording that follows earlier ones of the same meeting: what people have made of those is carried over. */

import type { JobRow } from "../catalog/repositories/jobs.ts";
import { findLibraryRow } from "../catalog/repositories/library.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import { type SubmitDeps, submitRecording } from "../intake/submit-recording.ts";
import type { RecordingRequest } from "../intake/transcription-job.ts";
import { chooseModel } from "../speech/models/choose-model.ts";

interface FollowingDeps extends SubmitDeps {
  readonly services: SubmitDeps["services"] & { readonly catalog: Parameters<typeof findLibraryRow>[0] };
}

/**
 * @param row the meeting whose facts it takes
 * @throws ArchivistError `file.*`, `queue.full`, `model.*`
 */
export async function submitFollowingRecording(
  { services, jobService }: FollowingDeps,
  row: PublishableRow,
  path: string,
  earlier: NonNullable<RecordingRequest["earlier"]>,
): Promise<JobRow> {
  const { city, meetingDate: date, meetingType: type, meetingTitle: title } = row;
  const known = findLibraryRow(services.catalog, row.id);
  const request = { path, city, meeting: { date, type, title }, earlier };
  const language = known?.language;
  const model = known === undefined || !isThere(services, known.model, known.language) ? undefined : known.model;
  const { job } = await submitRecording({ services, jobService }, { ...request, model, language });
  return job;
}

/** True if the model that the meeting was transcribed with is still installed. */
function isThere(
  { settings, modelsFolder, machine }: SubmitDeps["services"],
  model: string,
  language: string,
): boolean {
  const { engine, translate } = settings.speech;
  try {
    chooseModel({ model, language, translate, engine }, modelsFolder, machine);
    return true;
  } catch (thrown) {
    if (thrown instanceof ArchivistError) return false;
    throw thrown;
  }
}
