import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import type { SpeechEngine } from "../../speech/engine.ts";
import { modelChoice } from "../options.ts";
import type { TranscriptionRun } from "../transcription-run.ts";

/** As `withEngine`, with the job's model loaded. */
export const withRetries = <T>(job: TranscriptionRun, work: (engine: SpeechEngine) => Promise<T>): Promise<T> =>
  withEngine(job, (engine) => withLoadedModel(job, engine, work));

/**
 * Runs work with the speech engine in its lane; retries when the engine fails, up to the configured number of attempts.
 */
export async function withEngine<T>(job: TranscriptionRun, work: (engine: SpeechEngine) => Promise<T>): Promise<T> {
  const { settings, lanes, logs } = job.services;
  const { signal, listener } = job;
  for (let attempt = 1; ; attempt++) {
    try {
      const engine = await job.services.speechEngine();
      return await lanes.run("speech", signal, () => work(engine), job.order);
    } catch (thrown) {
      if (signal?.aborted) throw new ArchivistError("interrupted", { underlying: thrown });
      const error = toArchivistError(thrown);
      if (!error.retryable || error.code === "interrupted" || attempt >= settings.speech.attempts) throw error;
      logs.transcription.warn("speech recognition is tried again", { attempt, code: error.code });
      listener({ kind: "notice", message: `${sentence(error.reason)} Trying this piece again.` });
    }
  }
}

async function withLoadedModel<T>(
  job: TranscriptionRun,
  engine: SpeechEngine,
  work: (engine: SpeechEngine) => Promise<T>,
): Promise<T> {
  await engine.loadModel(modelChoice(job.services.settings, job.request.model));
  return work(engine);
}

const sentence = (reason: string): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
