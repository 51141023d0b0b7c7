import { isDeepStrictEqual } from "node:util";
import { type TimeSpan, totalMs } from "../../captions/time/span.ts";
import type { Word } from "../../captions/word.ts";
import { beginChunk, type ChunkRow, finishChunk, listChunks } from "../../catalog/repositories/chunks.ts";
import { listGlossaryTerms } from "../../catalog/repositories/glossary.ts";
import { findTranscription, reportProgress, setSpeechFacts } from "../../catalog/repositories/transcriptions.ts";
import { speechThreads } from "../../config/machine.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import { decodedFiles } from "../../media/decoding/files.ts";
import { findCalibration, rateWords } from "../../speech/confidence/calibration.ts";
import { chooseSecondEar, hearAgainWithSecondEar, type SecondHearing } from "../../speech/confidence/second-ear.ts";
import type { SpeechEngine, TranscribeOptions } from "../../speech/engine.ts";
import { type FoundModel, listFoundModels } from "../../speech/models/found-models.ts";
import { type RecognizedChunk, recognize } from "../../speech/recognition/recognize.ts";
import { recognizeWindows } from "../../speech/recognition/recognize-windows.ts";
import { detectSpokenLanguage } from "../../speech/recognition/spoken-language.ts";
import { promptTerms } from "../../speech/vocabulary/prompt-terms.ts";
import { listSpokenNames } from "../../speech/vocabulary/spoken-names.ts";
import { isAllRecognized } from "../completed-stages.ts";
import { getDecodedLength } from "../decoded-length.ts";
import { takeOverWords } from "../earlier-copy.ts";
import { modelChoice } from "../options.ts";
import type { TranscriptionRun, TranscriptionStage } from "../transcription-run.ts";
import { getChunkOptions } from "./chunk-options.ts";

export type SpeechOptions = Omit<TranscribeOptions, "temperature" | "fallback">;

/** Recognizes the words of all pending chunks; each finished chunk is stored at once. */
export const recognizeStage: TranscriptionStage = {
  name: "transcribe",
  isDone: isAllRecognized,
  run: async (job) => {
    const { catalog } = job.services;
    takeOverWords(job);
    const chunks = listChunks(catalog, job.transcription.id);
    const pending = chunks.filter(({ status }) => status === "pending");
    if (pending.length === 0) return;
    job.estimator.setSpeechMs(pending.reduce((sum, chunk) => sum + totalMs(chunk.stretches), 0));
    const options = await speechOptions(job, chunks);
    const left = pending.map((chunk) => ({ chunk, options: getChunkOptions(job, chunk, options) }));
    const progress = new ChunkProgress(job, chunks.length, pending.length);
    while (left.length > 0) {
      // What has the same options is recognized together: several windows at once take half the time.
      const [first] = left;
      const others = left.findIndex((other) => !isDeepStrictEqual(other.options, first?.options));
      const count = Math.min(maxTogether, others < 0 ? left.length : others);
      await recognizeTogether(job, left.splice(0, count), progress);
    }
  },
};

/** Chunks that are given to the engine at once: what is lost when it is ended, is what has not been told of them. */
const maxTogether = 8;

interface ChunkWork {
  readonly chunk: ChunkRow;
  readonly options: SpeechOptions;
}

/** Recognizes chunks of the same options; those that are done stay done when the engine fails, and the others are tried again. */
async function recognizeTogether(job: TranscriptionRun, work: readonly ChunkWork[], progress: ChunkProgress) {
  const { catalog, clock, settings, logs } = job.services;
  const left = [...work];
  let started = clock.monotonicMs();
  const reported = new Map<ChunkWork, readonly Word[]>();
  let reportedCount = 0;
  const calibration = findCalibration(job.request.model);
  const finish = (done: ChunkWork, result: RecognizedChunk, second?: SecondHearing): void => {
    const { language } = result;
    const words = rateWords(result.words, calibration, second?.disagreements);
    const now = clock.monotonicMs();
    finishChunk(catalog, done.chunk.id, {
      words,
      repairedWords: result.repairedWords,
      language: done.options.translate ? "en" : language,
      doubts: [...result.doubts, ...(second?.doubts ?? [])].toSorted((a, b) => a.startMs - b.startMs),
      method: result.method,
      elapsedMs: now - started,
      completedDate: clock.now().toISOString(),
    });
    started = now;
    left.splice(left.indexOf(done), 1);
    reported.set(done, result.words);
    // After the checkpoint, so that words that listeners have seen are never lost; and in the order of the recording,
    // whichever window was done first.
    for (const next of work.slice(reportedCount)) {
      const found = reported.get(next);
      if (found === undefined) break;
      reportedCount++;
      if (found.length > 0) job.listener({ kind: "words", words: found });
    }
    progress.finished(done.chunk);
  };
  const recognizeLeft = async (engine: SpeechEngine): Promise<void> => {
    const sound = {
      engine,
      pcm: decodedFiles(job.folder).pcm,
      sampleCount: getDecodedLength(catalog, job.recording.id).sampleCount,
      secondTries: settings.speech.secondTries,
      logger: logs.transcription,
      signal: job.signal,
    };
    const [first] = left;
    if (first === undefined) return;
    if (engine.transcribesWindows === true && first.options.beamSize === 1) {
      const batch = [...left];
      const second = findSecondEar(job, first.options);
      const heard: { readonly done: ChunkWork; readonly result: RecognizedChunk }[] = [];
      await recognizeWindows({
        ...sound,
        options: first.options,
        chunks: batch.map(({ chunk }) => chunk.stretches),
        onChunk: (index, result) => {
          const done = batch[index] as ChunkWork;
          if (second === undefined) finish(done, result);
          else heard.push({ done, result });
        },
        onProgress: (share) =>
          progress.within(
            batch.map(({ chunk }) => chunk),
            share,
          ),
      });
      if (second === undefined) return;
      const hearings = await hearWithSecondEar(job, engine, second, heard);
      for (const [index, { done, result }] of heard.entries()) finish(done, result, hearings?.[index]);
      return;
    }
    for (const each of [...left]) {
      const { stretches } = each.chunk;
      const onProgress = (share: number): void => progress.within([each.chunk], share);
      finish(each, await recognize({ ...sound, options: each.options, stretches, onProgress }));
    }
  };
  await withRetries(job, recognizeLeft, (attempt) => {
    for (const { chunk } of left) beginChunk(catalog, chunk.id);
    // After the row is updated: a listener notified that a chunk has started finds the attempt counted.
    if (attempt === 1) progress.within([(left[0] as ChunkWork).chunk], 0);
  });
}

/** The second model, if one is wanted and is there. */
function findSecondEar({ services, request }: TranscriptionRun, { language }: SpeechOptions): FoundModel | undefined {
  const { secondModel: wanted } = services.settings.speech;
  if (wanted === "none") return undefined;
  const found = listFoundModels(services.modelsFolder);
  return chooseSecondEar({ wanted, model: request.model, language, found, machine: services.machine });
}

/** Hears the chunks with the second model. What fails there costs nothing but its opinion. */
async function hearWithSecondEar(
  job: TranscriptionRun,
  engine: SpeechEngine,
  model: FoundModel,
  heard: readonly { readonly done: ChunkWork; readonly result: RecognizedChunk }[],
): Promise<readonly SecondHearing[] | undefined> {
  const { catalog, logs } = job.services;
  const [first] = heard;
  if (first === undefined) return undefined;
  const { language, translate, threads } = first.done.options;
  try {
    await engine.loadModel({ path: model.path });
    return await hearAgainWithSecondEar(
      engine,
      { pcm: decodedFiles(job.folder).pcm, sampleCount: getDecodedLength(catalog, job.recording.id).sampleCount },
      heard.map(({ done, result }) => ({ stretches: done.chunk.stretches, words: result.words })),
      { language: model.multilingual ? language : "en", translate, names: [], threads },
      job.signal,
    );
  } catch (thrown) {
    if (job.signal?.aborted) throw thrown;
    logs.transcription.warn("the second model failed", { model: model.name, error: thrown });
    return undefined;
  }
}

/** Tells listeners how far the recognition is. */
class ChunkProgress {
  #recognizedMs = 0;
  readonly #job: TranscriptionRun;
  readonly #count: number;
  #done: number;

  /** @param pending chunks of all that are left to do */
  constructor(job: TranscriptionRun, count: number, pending: number) {
    this.#job = job;
    this.#count = count;
    this.#done = count - pending;
  }

  /** @param share of the chunks that are worked on, from 0 to 1; those that are finished count by themselves */
  within(chunks: readonly ChunkRow[], share: number): void {
    const [first] = chunks;
    if (first === undefined) return;
    const totals = chunks.map(({ stretches }) => totalMs(stretches));
    const wholeMs = totals.reduce((sum, ms) => sum + ms, 0);
    this.#batch ??= { chunks, startMs: this.#recognizedMs };
    if (this.#batch.chunks[0] !== first) this.#batch = { chunks, startMs: this.#recognizedMs };
    const ms = Math.max(this.#recognizedMs, this.#batch.startMs + share * wholeMs);
    const piece = { number: Math.min(this.#count, this.#done + 1), count: this.#count };
    this.#job.listener({ kind: "progress", step: "transcribe", piece, ...this.#job.estimator.recognized(ms) });
  }

  finished({ stretches }: ChunkRow): void {
    const { services, transcription, estimator } = this.#job;
    this.#recognizedMs += totalMs(stretches);
    this.#done++;
    reportProgress(services.catalog, transcription.id, estimator.recognized(this.#recognizedMs).share * 100);
  }

  #batch: { readonly chunks: readonly ChunkRow[]; readonly startMs: number } | undefined;
}

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
    language: await findMainLanguage(job, chunks, threads),
    translate: request.translate,
    vocabulary: promptTerms(glossary),
    names: listSpokenNames(glossary),
    threads,
    beamSize: speech.beamSize,
  };
}

/** The configured language, or the one that was detected, now or in an earlier attempt. */
export async function findMainLanguage(
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
export async function withRetries<T>(
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

/** Recognizes stretches of the decoded sound as one chunk. */
export function transcribeStretches(
  job: TranscriptionRun,
  stretches: readonly TimeSpan[],
  { secondTries, ...options }: SpeechOptions & { readonly secondTries?: number },
  onProgress: (share: number) => void,
  beforeEach?: (attempt: number) => void,
): Promise<RecognizedChunk> {
  const { catalog, settings, logs } = job.services;
  return withRetries(
    job,
    (engine) =>
      recognize({
        engine,
        pcm: decodedFiles(job.folder).pcm,
        sampleCount: getDecodedLength(catalog, job.recording.id).sampleCount,
        stretches,
        options,
        secondTries: secondTries ?? settings.speech.secondTries,
        logger: logs.transcription,
        signal: job.signal,
        onProgress,
      }),
    beforeEach,
  );
}

const sentence = (reason: string): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
