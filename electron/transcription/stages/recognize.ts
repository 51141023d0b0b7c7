import { type TimeSpan, totalMs } from "../../captions/time/span.ts";
import { beginChunk, type ChunkRow, finishChunk, listChunks } from "../../catalog/repositories/chunks.ts";
import { listGlossaryTerms } from "../../catalog/repositories/glossary.ts";
import { findTranscription, reportProgress, setSpeechFacts } from "../../catalog/repositories/transcriptions.ts";
import { speechThreads } from "../../config/machine.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import { decodedFiles } from "../../media/decoding/files.ts";
import type { SpeechEngine, TranscribeOptions } from "../../speech/engine.ts";
import { type RecognizedChunk, recognize } from "../../speech/recognition/recognize.ts";
import { detectSpokenLanguage } from "../../speech/recognition/spoken-language.ts";
import { promptTerms } from "../../speech/vocabulary/prompt-terms.ts";
import { isAllRecognized } from "../completed-stages.ts";
import { getDecodedLength } from "../decoded-length.ts";
import { takeOverWords } from "../earlier-copy.ts";
import { modelChoice } from "../options.ts";
import type { TranscriptionRun, TranscriptionStage } from "../transcription-run.ts";

type SpeechOptions = Omit<TranscribeOptions, "temperature" | "fallback">;

/** Recognizes the words of all pending chunks; each finished chunk is stored at once. */
export const recognizeStage: TranscriptionStage = {
  name: "transcribe",
  isDone: isAllRecognized,
  run: async (job) => {
    const { catalog, clock } = job.services;
    takeOverWords(job);
    const chunks = listChunks(catalog, job.transcription.id);
    const pending = chunks.filter(({ status }) => status === "pending");
    if (pending.length === 0) return;
    job.estimator.setSpeechMs(pending.reduce((sum, chunk) => sum + totalMs(chunk.stretches), 0));
    const options = await speechOptions(job, chunks);
    let recognizedMs = 0;
    for (const chunk of pending) {
      const chunkMs = totalMs(chunk.stretches);
      const progress = (share: number): void => {
        const piece = { number: chunk.position + 1, count: chunks.length };
        job.listener({
          kind: "progress",
          step: "transcribe",
          piece,
          ...job.estimator.recognized(recognizedMs + share * chunkMs),
        });
      };
      const started = clock.monotonicMs();
      const { words, repairedWords, language, doubts, method } = await transcribeChunk(job, chunk, options, progress);
      finishChunk(catalog, chunk.id, {
        words,
        repairedWords,
        language: options.translate ? "en" : language,
        doubts,
        method,
        elapsedMs: clock.monotonicMs() - started,
        completedDate: clock.now().toISOString(),
      });
      // After the checkpoint, so that words that listeners have seen are never lost.
      if (words.length > 0) job.listener({ kind: "words", words });
      recognizedMs += chunkMs;
      reportProgress(catalog, job.transcription.id, job.estimator.recognized(recognizedMs).share * 100);
    }
  },
};

async function speechOptions(
  job: TranscriptionRun,
  chunks: readonly { readonly stretches: readonly TimeSpan[] }[],
): Promise<SpeechOptions> {
  const { services, request } = job;
  const { speech } = services.settings;
  const { glossaryName } = request;
  const glossary = glossaryName === undefined ? [] : listGlossaryTerms(services.catalog, glossaryName);
  const threads = speechThreads(request.threads ?? speech.threads, services.machine);
  return {
    language: await spokenLanguage(job, chunks, threads),
    translate: request.translate,
    vocabulary: promptTerms(glossary),
    threads,
    beamSize: speech.beamSize,
  };
}

/** The configured language, or the one that was detected, now or in an earlier attempt. */
async function spokenLanguage(
  job: TranscriptionRun,
  chunks: readonly { readonly stretches: readonly TimeSpan[] }[],
  threads: number,
): Promise<string> {
  const { services, request, transcription, signal } = job;
  if (request.language !== "auto") return request.language;
  const known = findTranscription(services.catalog, transcription.id)?.spokenLanguage;
  if (known) return known;
  const { sampleCount } = getDecodedLength(services.catalog, job.recording.id);
  const detected = await withRetries(job, (engine) =>
    detectSpokenLanguage(engine, { pcm: decodedFiles(job.folder).pcm, sampleCount }, chunks, threads, signal),
  );
  if (detected === undefined) return "en";
  const { language, probability, places } = detected;
  services.logs.transcription.info("language detected", { language, probability, places });
  const percent = Math.round(probability * 100);
  job.listener({
    kind: "notice",
    message: `The language is ${language} (${percent} % sure, at ${places.length} places).`,
  });
  setSpeechFacts(services.catalog, transcription.id, { spokenLanguage: language });
  return language;
}

/**
 * Runs work with the speech engine in its lane; retries when the engine fails, up to the configured number of attempts.
 */
async function withRetries<T>(
  job: TranscriptionRun,
  work: (engine: SpeechEngine) => Promise<T>,
  beforeEach: (attempt: number) => void = () => undefined,
): Promise<T> {
  const { settings, lanes, logs } = job.services;
  const { signal, listener } = job;
  for (let attempt = 1; ; attempt++) {
    beforeEach(attempt);
    try {
      const engine = await job.services.speechEngine();
      return await lanes.run("speech", signal, () => withLoadedModel(job, engine, work), job.order);
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

function transcribeChunk(
  job: TranscriptionRun,
  chunk: ChunkRow,
  options: SpeechOptions,
  onProgress: (share: number) => void,
): Promise<RecognizedChunk> {
  const { catalog, settings, logs } = job.services;
  return withRetries(
    job,
    (engine) =>
      recognize({
        engine,
        pcm: decodedFiles(job.folder).pcm,
        sampleCount: getDecodedLength(catalog, job.recording.id).sampleCount,
        stretches: chunk.stretches,
        options,
        secondTries: settings.speech.secondTries,
        logger: logs.transcription,
        signal: job.signal,
        onProgress,
      }),
    (attempt) => {
      beginChunk(catalog, chunk.id);
      // After the row is updated: a listener notified that a chunk has started finds the attempt counted.
      if (attempt === 1) onProgress(0);
    },
  );
}

const sentence = (reason: string): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
