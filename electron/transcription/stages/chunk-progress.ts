import { totalMs } from "../../captions/time/span.ts";
import type { ChunkRow } from "../../catalog/repositories/chunks.ts";
import { reportProgress } from "../../catalog/repositories/transcriptions.ts";
import type { TranscriptionRun } from "../transcription-run.ts";

/** Tells listeners how far the recognition of all chunks is. */
export class ChunkProgress {
  readonly #job: TranscriptionRun;
  readonly #count: number;
  #done: number;
  #recognizedMs = 0;

  /**
   * @param count chunks of the transcription
   * @param pending those of them that are left to do
   */
  constructor(job: TranscriptionRun, count: number, pending: number) {
    this.#job = job;
    this.#count = count;
    this.#done = count - pending;
  }

  /**
   * Begins work on chunks.
   * @returns tells how much of them is done, from 0 to 1; those that are finished count by themselves
   */
  begin(chunks: readonly ChunkRow[]): (share: number) => void {
    const startMs = this.#recognizedMs;
    const wholeMs = chunks.reduce((sum, { stretches }) => sum + totalMs(stretches), 0);
    const report = (share: number): void => {
      const ms = Math.max(this.#recognizedMs, startMs + share * wholeMs);
      const piece = { number: Math.min(this.#count, this.#done + 1), count: this.#count };
      const { listener, estimator } = this.#job;
      listener({ kind: "progress", step: "transcribe", piece, ...estimator.recognized(ms) });
    };
    report(0);
    return report;
  }

  /** A chunk is done, and stored. */
  finish({ stretches }: ChunkRow): void {
    const { services, transcription, estimator } = this.#job;
    this.#recognizedMs += totalMs(stretches);
    this.#done++;
    reportProgress(services.catalog, transcription.id, estimator.recognized(this.#recognizedMs).share * 100);
  }
}
