/** What the pipeline needs of a speech engine; the engines behind it differ in how they do it. */
import type { Word } from "../captions/word.ts";

/** A stretch of a decoded recording to be transcribed. */
export interface TranscribeRange {
  /** Absolute path of raw 16-bit mono samples at 16 kHz. */
  readonly pcm: string;
  readonly startSample: number;
  readonly sampleCount: number;
}

export interface TranscribeOptions {
  /** Language code of the speech, or `auto`. */
  readonly language: string;
  /** Words that are likely to come, given to every window of the model; empty for none. */
  readonly prompt: string;
  /** 0: as many as there are physical cores. */
  readonly threads: number;
  readonly beamSize: number;
}

/** What the engine tells while it works. */
export interface TranscribeListener {
  /** A finished stretch of speech; times are milliseconds from the start of the recording. */
  readonly onSegment?: (segment: HeardSegment) => void;
  /** Share of the range that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface HeardSegment {
  readonly startMs: number;
  readonly endMs: number;
  readonly words: readonly Word[];
  /** How sure the model is that nobody speaks here, from 0 to 1. */
  readonly noSpeechProbability: number;
}

export interface TranscribeResult {
  readonly segments: readonly HeardSegment[];
  /** The language that was detected or given. */
  readonly language: string;
}

/** What an engine says about itself, for `doctor`. */
export interface EngineDescription {
  readonly name: string;
  readonly version: string;
  readonly devices: readonly string[];
  readonly cpuFeatures: readonly string[];
  readonly physicalCores: number;
}

/** A speech engine. One request at a time; a failed one leaves the engine usable. */
export interface SpeechEngine {
  /** Starts the engine if need be. */
  describe(): Promise<EngineDescription>;
  /** Makes a model ready; nothing happens when it is the one that is loaded. */
  loadModel(path: string): Promise<void>;
  transcribe(
    range: TranscribeRange,
    options: TranscribeOptions,
    listener?: TranscribeListener,
  ): Promise<TranscribeResult>;
  close(): Promise<void>;
}
