/** Runs the self-test for a station: never beside a transcription, and no longer than it is wanted. */

import type { Logger } from "../config/logger.ts";
import type { Machine } from "../config/machine.ts";
import { speechThreads } from "../config/machine.ts";
import { ArchivistError, toArchivistError } from "../contract/errors.ts";
import type { Settings } from "../contract/settings.ts";
import { findStationMeasurement, getMeasuredSetup } from "../monitoring/speech-speed.ts";
import { type MeasurementRecord, saveMeasurement } from "../speech/self-test/measurement-file.ts";
import { runSelfTest } from "../speech/self-test/self-test.ts";
import { hasWhisperHost, whisperHostBinary } from "../speech/whisper-host/binary.ts";

export interface SelfTestDeps {
  /** Root of the data folder: the result is remembered there, the networks lie there while they are measured. */
  readonly dataFolder: string;
  /** Where the engine remembers which instructions of this processor work. */
  readonly proofFile: string;
  readonly settings: Settings;
  readonly machine: Machine;
  readonly logger: Logger;
  readonly now: () => Date;
  /** True while a recording is transcribed. */
  readonly isTranscribing: () => boolean;
  /** Subscribes to changes of the queue. @returns a function that ends the subscription */
  readonly onQueueChange: (listener: () => void) => () => void;
  /** Runs work while no speech is recognized in this process. */
  readonly holdSpeech: <T>(signal: AbortSignal, work: () => Promise<T>) => Promise<T>;
}

export interface SelfTestState {
  readonly state: "needed" | "running" | "measured" | "failed" | "unavailable";
  /** From 0 to 1 while it is running. */
  readonly progress: number | undefined;
  readonly record: MeasurementRecord | undefined;
  readonly error: ArchivistError | undefined;
}

export class SelfTestService {
  readonly #deps: SelfTestDeps;
  #run: { readonly controller: AbortController; readonly end: Promise<void>; progress: number } | undefined;
  #error: ArchivistError | undefined;

  constructor(deps: SelfTestDeps) {
    this.#deps = deps;
  }

  /** How it stands. What was measured with another setup does not count. */
  getState(): SelfTestState {
    const record = findStationMeasurement(this.#deps);
    const progress = this.#run?.progress;
    const error = this.#error;
    if (progress !== undefined) return { state: "running", progress, record, error: undefined };
    if (error !== undefined) return { state: "failed", progress, record, error };
    if (record !== undefined) return { state: "measured", progress, record, error };
    const { engine } = this.#deps.settings.speech;
    const isAvailable = hasWhisperHost() && engine !== "whisper-node";
    return { state: isAvailable ? "needed" : "unavailable", progress, record, error };
  }

  /**
   * Starts measuring; the result shows in `getState`. Does nothing while it is running.
   * @throws ArchivistError `self-test.busy`, `self-test.unavailable`
   */
  start(): void {
    if (this.#run !== undefined) return;
    const { settings, isTranscribing, onQueueChange, logger } = this.#deps;
    if (!hasWhisperHost() || settings.speech.engine === "whisper-node") {
      throw new ArchivistError("self-test.unavailable");
    }
    if (isTranscribing()) throw new ArchivistError("self-test.busy");
    this.#error = undefined;
    const controller = new AbortController();
    // Transcribing is what the machine is there for: it does not wait, and its time would be measured as well.
    let wasInterrupted = false;
    const unsubscribe = onQueueChange(() => {
      if (!isTranscribing()) return;
      wasInterrupted = true;
      controller.abort();
    });
    const end = this.#measure(controller.signal)
      .catch((thrown: unknown) => {
        const error = toArchivistError(thrown);
        if (wasInterrupted) this.#error = new ArchivistError("self-test.busy");
        else if (!controller.signal.aborted) this.#error = error;
        logger.warn("the self-test did not end", { code: error.code });
      })
      .finally(() => {
        unsubscribe();
        this.#run = undefined;
      });
    this.#run = { controller, end, progress: 0 };
  }

  /** Stops measuring; what was measured before is kept. */
  async cancel(): Promise<void> {
    const run = this.#run;
    run?.controller.abort();
    await run?.end;
  }

  async #measure(signal: AbortSignal): Promise<void> {
    const { dataFolder, settings, machine, logger, now, holdSpeech } = this.#deps;
    const { gpu, threads } = settings.speech;
    const measurement = await holdSpeech(signal, () =>
      runSelfTest({
        binary: whisperHostBinary,
        proofFile: this.#deps.proofFile,
        gpu,
        threads: speechThreads(threads, machine),
        folder: dataFolder,
        logger,
        signal,
        onProgress: (share) => {
          if (this.#run !== undefined) this.#run.progress = share;
        },
      }),
    );
    await saveMeasurement(dataFolder, getMeasuredSetup({ settings, machine }), measurement, now());
  }
}
