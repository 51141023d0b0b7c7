import { isDeepStrictEqual } from "node:util";
import { type TimeSpan, totalMs } from "../../captions/time/span.ts";
import { beginChunk, type ChunkRow, listChunks } from "../../catalog/repositories/chunks.ts";
import type { SecondHearing } from "../../speech/confidence/second-ear.ts";
import type { SpeechEngine } from "../../speech/engine.ts";
import type { FoundModel } from "../../speech/models/found-models.ts";
import { type RecognizedChunk, recognize } from "../../speech/recognition/recognize.ts";
import { recognizeWindows } from "../../speech/recognition/recognize-windows.ts";
import { isAllRecognized } from "../completed-stages.ts";
import { getDecodedSound } from "../decoded-length.ts";
import { takeOverWords } from "../earlier-work.ts";
import type { TranscriptionRun, TranscriptionStage } from "../transcription-run.ts";
import { getChunkOptions } from "./chunk-options.ts";
import { ChunkProgress } from "./chunk-progress.ts";
import { ChunkResults, type ChunkWork } from "./chunk-results.ts";
import { findSecondEar, hearWithSecondEar } from "./second-ear.ts";
import { getSpeechOptions, type SpeechOptions } from "./speech-options.ts";
import { withRetries } from "./with-retries.ts";

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
    const options = await getSpeechOptions(job, chunks);
    const second = findSecondEar(job, options.language);
    const work = chunks
      .filter((chunk) => !isTakenOver(chunk))
      .map((chunk) => ({ chunk, options: getChunkOptions(job, chunk, options) }));
    const progress = new ChunkProgress(job, chunks.length, pending.length);
    for (const group of groupAlike(work)) {
      if (group.some(isPending)) await recognizeTogether(job, group, progress, second);
    }
  },
};

const isPending = ({ chunk }: ChunkWork): boolean => chunk.status === "pending";

/** Its words are those of an earlier recording: it was never begun here. */
const isTakenOver = ({ status, attempts }: ChunkRow): boolean => status === "completed" && attempts === 0;

/** Chunks that are given to the engine at once: what is lost when it is ended, is what has no result yet. */
const maxTogether = 8;

/**
 * Groups what has the same options, because several windows at once take half the time. Chunks that are done keep their
 * places: a window's words depend, in the last digits, on the windows beside it, and after an interruption the result has to
 * be the one that there would have been without.
 */
function groupAlike(work: readonly ChunkWork[]): readonly (readonly ChunkWork[])[] {
  const groups: ChunkWork[][] = [];
  for (const each of work) {
    const last = groups.at(-1);
    const isFull = last === undefined || last.length >= maxTogether;
    if (isFull || !isDeepStrictEqual(last[0]?.options, each.options)) groups.push([each]);
    else last.push(each);
  }
  return groups;
}

/**
 * Recognizes the pending chunks of a group; those that are done stay done when the engine fails, and the others are tried
 * again.
 */
async function recognizeTogether(
  job: TranscriptionRun,
  work: readonly ChunkWork[],
  progress: ChunkProgress,
  second: FoundModel | undefined,
): Promise<void> {
  const results = new ChunkResults(job, work.filter(isPending), progress);
  const begin = (begun: readonly ChunkWork[]): ((share: number) => void) => {
    const chunks = begun.map(({ chunk }) => chunk);
    for (const { id } of chunks) beginChunk(job.services.catalog, id);
    // After the row is updated: a listener notified that a chunk has started finds the attempt counted.
    return progress.begin(chunks);
  };
  while (results.left.length > 0) {
    await withRetries(job, async (engine) => {
      const { left } = results;
      const [first] = left;
      if (first === undefined) return;
      if (engine.transcribesWindows === true && first.options.beamSize === 1) {
        await recognizeAtOnce(job, engine, work, { results, second, onProgress: begin(left) });
        return;
      }
      const { stretches } = first.chunk;
      const sound = getRecognition(job, engine);
      results.add(first, await recognize({ ...sound, options: first.options, stretches, onProgress: begin([first]) }));
    });
  }
}

interface AtOnce {
  readonly results: ChunkResults;
  readonly second: FoundModel | undefined;
  readonly onProgress: (share: number) => void;
}

/** Recognizes a whole group at once. With a second model, results wait until it has heard them all. */
async function recognizeAtOnce(
  job: TranscriptionRun,
  engine: SpeechEngine,
  work: readonly ChunkWork[],
  { results, second, onProgress }: AtOnce,
): Promise<void> {
  const [first] = work;
  if (first === undefined) return;
  const waiting: { readonly done: ChunkWork; readonly result: RecognizedChunk }[] = [];
  const wanted = new Set(results.left);
  const keep = (done: ChunkWork, result: RecognizedChunk, hearing?: SecondHearing): void => {
    if (wanted.has(done)) results.add(done, result, hearing);
  };
  await recognizeWindows({
    ...getRecognition(job, engine),
    options: first.options,
    chunks: work.map(({ chunk }) => chunk.stretches),
    isWanted: (index) => wanted.has(work[index] as ChunkWork),
    onChunk: (index, result) => {
      const done = work[index] as ChunkWork;
      if (second === undefined) keep(done, result);
      else waiting.push({ done, result });
    },
    onProgress,
  });
  if (second === undefined) return;
  const chunks = waiting.map(({ done, result }) => ({ stretches: done.chunk.stretches, words: result.words }));
  const hearings = await hearWithSecondEar(job, engine, second, first.options, chunks);
  for (const [index, { done, result }] of waiting.entries()) keep(done, result, hearings?.[index]);
}

/** What every recognition of a job has. */
const getRecognition = (job: TranscriptionRun, engine: SpeechEngine) => ({
  engine,
  ...getDecodedSound(job),
  secondTries: job.services.settings.speech.secondTries,
  logger: job.services.logs.transcription,
  signal: job.signal,
});

/** Recognizes stretches of the decoded sound as one chunk. */
export function transcribeStretches(
  job: TranscriptionRun,
  stretches: readonly TimeSpan[],
  { secondTries, ...options }: SpeechOptions & { readonly secondTries?: number },
  onProgress: (share: number) => void,
): Promise<RecognizedChunk> {
  return withRetries(job, (engine) =>
    recognize({
      ...getRecognition(job, engine),
      ...(secondTries === undefined ? {} : { secondTries }),
      stretches,
      options,
      onProgress,
    }),
  );
}
