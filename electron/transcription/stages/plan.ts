import { storePlan } from "../../catalog/repositories/chunks.ts";
import { storeSpeechSpans } from "../../catalog/repositories/speech-spans.ts";
import { setSpeechFacts } from "../../catalog/repositories/transcriptions.ts";
import { toArchivistError } from "../../contract/errors.ts";
import { decodedFiles } from "../../media/decoding/files.ts";
import { quietestPoint } from "../../media/peaks.ts";
import { readPlainFile } from "../../platform/plain-files.ts";
import { planWindows } from "../../speech/detection/window-plan.ts";
import { hasCompleted } from "../completed-stages.ts";
import { getDecodedLength } from "../decoded-length.ts";
import { type FoundSpeech, findSpeech } from "../find-speech.ts";
import type { TranscriptionRun, TranscriptionStage } from "../transcription-run.ts";
import { withEngine } from "./with-retries.ts";

/** Plans the chunks to transcribe: speech, without the silence in between. */
export const planStage: TranscriptionStage = {
  name: "plan",
  isDone: (job) => hasCompleted(job, "plan"),
  run: async (job) => {
    const { services, transcription, recording, folder } = job;
    const { catalog, settings } = services;
    const peaks = await readPlainFile(decodedFiles(folder).peaks);
    const { speech, by } = await findJobSpeech(job);
    const plan = planWindows({
      speech,
      durationMs: getDecodedLength(catalog, recording.id).durationMs,
      windowMs: Math.round(settings.speech.windowSeconds * 1000),
      quietestPoint: (fromMs, toMs) => quietestPoint(peaks, fromMs, toMs),
    });
    catalog.transaction(() => {
      storePlan(catalog, transcription.id, plan);
      storeSpeechSpans(catalog, transcription.id, speech);
      setSpeechFacts(catalog, transcription.id, { voiceDetection: by });
    });
  },
};

/** Finds speech in the lane of speech recognition; a network that cannot be used is said, and loudness tells. */
function findJobSpeech(job: TranscriptionRun): Promise<FoundSpeech> {
  const { services, folder, recording, signal } = job;
  return findSpeech({
    folder,
    modelsFolder: services.modelsFolder,
    voiceDetection: services.settings.speech.voiceDetection,
    sampleCount: getDecodedLength(services.catalog, recording.id).sampleCount,
    signal,
    // An engine that was ended is no reason to find speech in another way: the plan would be another one.
    ask: (work) => withEngine(job, work),
    onFailure: (network, thrown) => {
      const { reason } = toArchivistError(thrown);
      services.logs.transcription.warn("speech detection by the network failed", {
        network: network.path,
        error: thrown,
      });
      job.listener({
        kind: "notice",
        message: `${network.name} cannot be used (${reason}); loudness tells where speech is.`,
      });
    },
  });
}
