import { readFile } from "node:fs/promises";
import type { TimeSpan } from "../../captions/time/span.ts";
import { storePlan } from "../../catalog/repositories/chunks.ts";
import { setSpeechFacts, type VoiceDetection } from "../../catalog/repositories/transcriptions.ts";
import { toArchivistError } from "../../contract/errors.ts";
import { decodedFiles } from "../../media/decoding/files.ts";
import { quietestPoint } from "../../media/peaks.ts";
import { detectByEnergy } from "../../speech/detection/energy-detector.ts";
import { planWindows } from "../../speech/detection/window-plan.ts";
import { findVoiceDetector } from "../../speech/models/found-models.ts";
import { hasCompleted } from "../completed-stages.ts";
import { getDecodedLength } from "../decoded-length.ts";
import type { TranscriptionRun, TranscriptionStage } from "../transcription-run.ts";

/** Plans the chunks to transcribe: speech, without the silence in between. */
export const planStage: TranscriptionStage = {
  name: "plan",
  isDone: (job) => hasCompleted(job, "plan"),
  run: async (job) => {
    const { services, transcription, recording, folder } = job;
    const { catalog, settings } = services;
    const peaks = await readFile(decodedFiles(folder).peaks);
    const { speech, by } = await detectSpeech(job);
    const plan = planWindows({
      speech,
      durationMs: getDecodedLength(catalog, recording.id).durationMs,
      windowMs: Math.round(settings.speech.windowSeconds * 1000),
      quietestPoint: (fromMs, toMs) => quietestPoint(peaks, fromMs, toMs),
    });
    catalog.transaction(() => {
      storePlan(catalog, transcription.id, plan);
      setSpeechFacts(catalog, transcription.id, { voiceDetection: by });
    });
  },
};

interface Detected {
  readonly speech: readonly TimeSpan[];
  readonly by: VoiceDetection;
}

/** Detects speech with the neural network if there is one; falls back to loudness if it fails. */
async function detectSpeech(job: TranscriptionRun): Promise<Detected> {
  const { services, folder } = job;
  const network =
    services.settings.speech.voiceDetection === "auto" ? findVoiceDetector(services.modelsFolder) : undefined;
  if (network !== undefined) {
    try {
      const speech = await detectBySilero(job, network.path);
      if (speech !== undefined) return { speech, by: "silero" };
    } catch (thrown) {
      if (job.signal?.aborted) throw thrown;
      const { reason } = toArchivistError(thrown);
      services.logs.transcription.warn("speech detection by the network failed", {
        network: network.path,
        error: thrown,
      });
      job.listener({
        kind: "notice",
        message: `${network.name} cannot be used (${reason}); loudness tells where speech is.`,
      });
    }
  }
  return { speech: detectByEnergy(await readFile(decodedFiles(folder).levels)), by: "energy" };
}

async function detectBySilero(job: TranscriptionRun, network: string): Promise<readonly TimeSpan[] | undefined> {
  const { services, folder, recording, signal } = job;
  const { sampleCount } = getDecodedLength(services.catalog, recording.id);
  const engine = await services.speechEngine();
  return services.lanes.run("speech", signal, () =>
    engine.detectSpeech({ pcm: decodedFiles(folder).pcm, sampleCount }, network, { signal }),
  );
}
