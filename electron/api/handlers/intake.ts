/** Procedures for intake: adding recordings, browsing for them and uploading them. */
import { existsSync } from "node:fs";
import type { IntakeCandidate } from "../../contract/api/intake.ts";
import { toArchivistError } from "../../contract/errors.ts";
import { outputFormats } from "../../contract/formats.ts";
import { toRecordingRequest } from "../../intake/batches/listed-recordings.ts";
import { browse } from "../../intake/browse.ts";
import { findDestination } from "../../intake/find-destination.ts";
import { type InspectedFile, inspectFiles } from "../../intake/inspect-files.ts";
import { modelChoices } from "../../intake/model-choices.ts";
import { sampleMeeting } from "../../intake/sample.ts";
import { submitRecording } from "../../intake/submit-recording.ts";
import { requireOwnPaths, requirePerson } from "../caller.ts";
import { toProblem } from "../errors.ts";
import { os } from "../implement.ts";

function view(file: InspectedFile): IntakeCandidate {
  const { error, durationMs, cutAtMs, picture, sound, city, date, type, ...rest } = file;
  return {
    ...rest,
    problem: error === undefined ? null : toProblem(error),
    durationMs: durationMs ?? null,
    cutAtMs: cutAtMs ?? null,
    picture: picture ?? null,
    sound: sound ?? null,
    sounds: [...rest.sounds],
    soundChoice: rest.soundChoice ?? null,
    city: city ?? null,
    date: date ?? null,
    type: type ?? null,
  };
}

export const intake = os.intake.router({
  look: os.intake.look.handler(async ({ input, context, signal }) => {
    await requireOwnPaths(context, input.paths);
    return (await inspectFiles(context.services.station, input.paths, signal)).map(view);
  }),
  start: os.intake.start.handler(async ({ input, context }) => {
    const { station, runtime } = context.services;
    const deps = { services: station, jobService: runtime.jobService };
    const results = [];
    for (const recording of input.recordings) {
      const { path } = recording;
      try {
        await requireOwnPaths(context, [path]);
        const { job, isNew } = await submitRecording(deps, toRecordingRequest(recording, input.options));
        results.push({ path, jobId: job.id, isNew, problem: null });
      } catch (thrown) {
        // A file that cannot be taken does not stop the others.
        results.push({ path, jobId: null, isNew: false, problem: toProblem(toArchivistError(thrown)) });
      }
    }
    return results;
  }),
  destinations: os.intake.destinations.handler(({ input, context }) =>
    Promise.all(
      input.recordings.map(async (recording) => {
        const mayInspect = await requireOwnPaths(context, [recording.path]).then(
          () => true,
          () => false,
        );
        return findDestination(context.services.station, recording, mayInspect);
      }),
    ),
  ),
  choices: os.intake.choices.handler(({ context }) => {
    const { settings } = context.services.station;
    return {
      cities: settings.cities.members.map(({ name }) => name),
      models: [...modelChoices(context.services.station)],
      formats: [...outputFormats],
      defaults: {
        model: settings.speech.model,
        language: settings.speech.language,
        formats: [...settings.output.formats],
        summary: settings.insight.summarySentences > 0,
      },
      shares: settings.shares.servers.map(({ label, path }) => ({ label, path })),
      sample: existsSync(sampleMeeting) ? sampleMeeting : null,
    };
  }),
  browse: os.intake.browse.handler(async ({ input, context }) => {
    const { entries, isCut } = await browse(context.services.station, input.path ?? undefined);
    return {
      path: input.path,
      entries: entries.map(({ bytes, ...entry }) => ({ ...entry, bytes: bytes ?? null })),
      isCut,
    };
  }),
  beginUpload: os.intake.beginUpload.handler(({ input, context }) =>
    context.services.uploads.begin({ ...input, owner: requirePerson(context).id }),
  ),
  uploadState: os.intake.uploadState.handler(({ input, context }) =>
    context.services.uploads.state(input.id, requirePerson(context).id),
  ),
  dropUpload: os.intake.dropUpload.handler(async ({ input, context }) => {
    await context.services.uploads.drop(input.id, requirePerson(context).id);
    return { done: true } as const;
  }),
});
