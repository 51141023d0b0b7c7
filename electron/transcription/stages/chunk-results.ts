import type { Word } from "../../captions/word.ts";
import { type ChunkRow, finishChunk } from "../../catalog/repositories/chunks.ts";
import { findCalibration, rateWords } from "../../speech/confidence/calibration.ts";
import type { SecondHearing } from "../../speech/confidence/second-ear.ts";
import type { RecognizedChunk } from "../../speech/recognition/recognize.ts";
import type { TranscriptionRun } from "../transcription-run.ts";
import type { ChunkProgress } from "./chunk-progress.ts";
import type { SpeechOptions } from "./speech-options.ts";

/** A chunk, and how it is to be recognized. */
export interface ChunkWork {
  readonly chunk: ChunkRow;
  readonly options: SpeechOptions;
}

/** Stores the results of chunks that are worked on together, in whatever order they come, and tells listeners of them. */
export class ChunkResults {
  readonly #job: TranscriptionRun;
  readonly #work: readonly ChunkWork[];
  readonly #progress: ChunkProgress;
  readonly #recognized = new Map<ChunkWork, readonly Word[]>();
  #reportedCount = 0;
  #startedMs: number;

  constructor(job: TranscriptionRun, work: readonly ChunkWork[], progress: ChunkProgress) {
    this.#job = job;
    this.#work = work;
    this.#progress = progress;
    this.#startedMs = job.services.clock.monotonicMs();
  }

  /** The chunks that have no result yet. */
  get left(): readonly ChunkWork[] {
    return this.#work.filter((each) => !this.#recognized.has(each));
  }

  /** Stores a result. @param second what a second model has made of the chunk */
  add(done: ChunkWork, result: RecognizedChunk, second?: SecondHearing): void {
    const { services, request } = this.#job;
    const { catalog, clock } = services;
    const now = clock.monotonicMs();
    finishChunk(catalog, done.chunk.id, {
      words: rateWords(result.words, findCalibration(request.model), second?.disagreements),
      repairedWords: result.repairedWords,
      language: done.options.translate ? "en" : result.language,
      doubts: [...result.doubts, ...(second?.doubts ?? [])].toSorted((a, b) => a.startMs - b.startMs),
      method: result.method,
      elapsedMs: now - this.#startedMs,
      completedDate: clock.now().toISOString(),
    });
    this.#startedMs = now;
    this.#recognized.set(done, result.words);
    this.#report();
    this.#progress.finish(done.chunk);
  }

  /**
   * After the checkpoint, so that words that listeners have seen are never lost; and in the order of the recording,
   * whichever window was done first.
   */
  #report(): void {
    for (const next of this.#work.slice(this.#reportedCount)) {
      const words = this.#recognized.get(next);
      if (words === undefined) return;
      this.#reportedCount++;
      if (words.length > 0) this.#job.listener({ kind: "words", words });
    }
  }
}
