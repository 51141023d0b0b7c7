/** What the pipeline needs of a speech engine; the engines behind it differ in how they do it. */
import type { TimeSpan } from "../captions/time/span.ts";
import type { Word } from "../captions/word.ts";
import type { SampleRange } from "./sample-range.ts";

/** Sound at 16 kHz that lies in a file: stretches of it, in order. */
export interface SoundRange {
  /** Absolute path of raw 16-bit mono samples at 16 kHz. */
  readonly pcm: string;
  /** The model hears them as one sound; times come back as times of the file. */
  readonly stretches: readonly SampleRange[];
}

export interface ModelChoice {
  readonly path: string;
  /** Name of the model whose attention tells when words are said, or `top`; none: times come from the sound. */
  readonly alignment?: string | undefined;
}

export interface TranscribeOptions {
  /** Language code of the speech, or `auto`. */
  readonly language: string;
  readonly translate: boolean;
  /** Names that are likely to come, the most useful first; as many as fit are given to every window of the model. */
  readonly vocabulary: readonly string[];
  /** 0: as many as there are physical cores. */
  readonly threads: number;
  /** Hypotheses followed at once; 1 is greedy. */
  readonly beamSize: number;
  /** First temperature of the sampling, from 0 to 1. 0 takes the likeliest word. */
  readonly temperature: number;
  /** Whether the engine raises the temperature by itself where it does not believe its own result. */
  readonly fallback: boolean;
}

/** What the engine tells while it works. */
export interface TranscribeListener {
  /** A finished stretch of speech; times are milliseconds from the start of the recording. */
  readonly onSegment?: (segment: RecognizedSegment) => void;
  /** Share of the range that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface RecognizedSegment extends TimeSpan {
  readonly words: readonly Word[];
  /** How sure the model is that nobody speaks here, from 0 to 1; undefined where the engine does not say. */
  readonly noSpeechProbability: number | undefined;
}

export interface TranscribeResult {
  readonly segments: readonly RecognizedSegment[];
  /** The language that was detected or given. */
  readonly language: string;
  /** How often the encoder ran, each time over thirty seconds; undefined where the engine does not say. */
  readonly windows: number | undefined;
}

export interface DetectedLanguage {
  readonly language: string;
  /** From 0 to 1, over all places. */
  readonly probability: number;
  /** What was heard at each place. */
  readonly places: readonly string[];
}

/** What an engine says about itself, for `doctor`. */
export interface EngineDescription {
  readonly name: EngineName;
  readonly version: string;
  readonly devices: readonly string[];
  readonly cpuFeatures: readonly string[];
  readonly physicalCores: number;
}

export type EngineName = "whisper-host" | "whisper-node";

/** A speech engine. One request at a time; a failed one leaves the engine usable. */
export interface SpeechEngine {
  readonly name: EngineName;
  /** Starts the engine if need be. */
  describe(): Promise<EngineDescription>;
  /** Makes a model ready; nothing happens when it is the one that is loaded. */
  loadModel(model: ModelChoice): Promise<void>;
  transcribe(range: SoundRange, options: TranscribeOptions, listener?: TranscribeListener): Promise<TranscribeResult>;
  /** Listens to each stretch by itself. */
  detectLanguage(range: SoundRange, threads: number, signal?: AbortSignal): Promise<DetectedLanguage>;
  /**
   * Where somebody speaks, by a Silero network; undefined when this engine cannot run one.
   * @param network absolute path of the network's file
   */
  detectSpeech(
    range: { readonly pcm: string; readonly sampleCount: number },
    network: string,
    listener?: Pick<TranscribeListener, "onProgress" | "signal">,
  ): Promise<readonly TimeSpan[] | undefined>;
  close(): Promise<void>;
}
