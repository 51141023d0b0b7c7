import { beginChunk, type ChunkRow, chunksOf, finishChunk } from "../../catalog/repositories/chunks.ts";
import { reportProgress } from "../../catalog/repositories/transcriptions.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import { decodedFiles } from "../../media/decode.ts";
import { sampleRate } from "../../media/peaks.ts";
import type { TranscribeRange, TranscribeResult } from "../../speech/engine.ts";
import { checkWordTimes } from "../../speech/word-times.ts";
import type { Job, Step } from "../job.ts";
import { lengthOf } from "../length.ts";

/** The words of every piece that has none yet; each finished piece is stored at once. */
export const transcribeStep: Step = {
  name: "transcribe",
  isDone: ({ workshop, transcription }) => {
    const chunks = chunksOf(workshop.catalog, transcription.id);
    return chunks.length > 0 && chunks.every(({ status }) => status === "completed");
  },
  run: async (job) => {
    const { catalog, clock } = job.workshop;
    const chunks = chunksOf(catalog, job.transcription.id);
    let heardMs = 0;
    for (const chunk of chunks.filter(({ status }) => status === "pending")) {
      const progress = (share: number): void => {
        const ms = heardMs + share * (chunk.endMs - chunk.startMs);
        const piece = { number: chunk.position + 1, count: chunks.length };
        job.listener({ kind: "progress", step: "transcribe", piece, ...job.estimator.recognised(ms) });
      };
      const started = clock.monotonicMs();
      const result = await transcribeChunk(job, chunk, progress);
      const { words, repaired } = checkWordTimes(
        result.segments.flatMap((segment) => segment.words),
        chunk.startMs,
        chunk.endMs,
      );
      finishChunk(catalog, chunk.id, {
        words,
        repairedWords: repaired,
        language: result.language,
        elapsedMs: clock.monotonicMs() - started,
        completedDate: clock.now().toISOString(),
      });
      heardMs += chunk.endMs - chunk.startMs;
      reportProgress(catalog, job.transcription.id, job.estimator.recognised(heardMs).share * 100);
    }
  },
};

function rangeOf(job: Job, chunk: ChunkRow): TranscribeRange {
  const startSample = Math.round((chunk.startMs * sampleRate) / 1000);
  // Rounding to milliseconds must not ask for samples past the end.
  const endSample = Math.min(
    Math.round((chunk.endMs * sampleRate) / 1000),
    lengthOf(job.workshop.catalog, job.recording.id).sampleCount,
  );
  return { pcm: decodedFiles(job.folder).pcm, startSample, sampleCount: endSample - startSample };
}

/** One piece, tried again as often as the settings say when the engine itself fails. */
async function transcribeChunk(
  job: Job,
  chunk: ChunkRow,
  onProgress: (share: number) => void,
): Promise<TranscribeResult> {
  const { catalog, settings, lanes, logger, speechEngine } = job.workshop;
  const { signal, listener } = job;
  for (let attempt = 1; ; attempt++) {
    beginChunk(catalog, chunk.id);
    // After the row: who reads that a piece has begun finds its attempt counted.
    if (attempt === 1) onProgress(0);
    try {
      return await lanes.run("speech", signal, async () => {
        const engine = speechEngine();
        await engine.loadModel(job.request.model.path);
        return engine.transcribe(
          rangeOf(job, chunk),
          {
            language: job.request.language,
            prompt: "",
            threads: settings.speech.threads,
            beamSize: settings.speech.beamSize,
          },
          { signal, onProgress, onSegment: ({ words }) => listener({ kind: "words", words }) },
        );
      });
    } catch (thrown) {
      if (signal?.aborted) throw new ArchivistError("interrupted", { underlying: thrown });
      const error = toArchivistError(thrown);
      if (!error.retryable || error.code === "interrupted" || attempt >= settings.speech.attempts) throw error;
      logger.warn("a piece is tried again", { chunk: chunk.position, attempt, code: error.code });
      listener({ kind: "notice", message: `${sentence(error.reason)} Trying this piece again.` });
    }
  }
}

const sentence = (reason: string): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
