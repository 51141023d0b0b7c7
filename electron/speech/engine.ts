/** The interface that the pipeline uses for every speech engine. */
import type { TimeSpan } from "../captions/time/span.ts";
import type { Word } from "../captions/word.ts";
import type { SampleRange } from "./sample-range.ts";

/** Spans of 16 kHz sound in a file, in order. */
export interface SoundRange {
  /** Absolute path of raw 16-bit mono samples at 16 kHz. */
  readonly pcm: string;
  /** The model receives the spans as one continuous sound; returned times are times of the file. */
  readonly stretches: readonly SampleRange[];
}

export interface ModelChoice {
  readonly path: string;
  /** Name of the model whose attention gives the word times, or `top`; undefined: times come from the sound. */
  readonly alignment?: string | undefined;
}

export interface TranscribeOptions {
  /** Language code of the speech, or `auto`. */
  readonly language: string;
  readonly translate: boolean;
  /** Names that are likely to occur, the most useful first; as many as fit are given to every window of the model. */
  readonly vocabulary: readonly string[];
  /** Names that are written where the sound bears them out, by engines that take several windows at once. */
  readonly names?: readonly string[];
  /** 0 means the number of physical cores. */
  readonly threads: number;
  /** Hypotheses followed at the same time; 1 is greedy. */
  readonly beamSize: number;
  /** First temperature of the sampling, from 0 to 1. 0 takes the most likely word. */
  readonly temperature: number;
  /** Whether the engine raises the temperature by itself when its own result is not plausible. */
  readonly fallback: boolean;
}

/** Receives the engine's results and progress while it works. */
export interface TranscribeListener {
  /** A finished segment of speech; times are milliseconds from the start of the recording. */
  readonly onSegment?: (segment: RecognizedSegment) => void;
  /** Share of the range that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface RecognizedSegment extends TimeSpan {
  readonly words: readonly Word[];
  /** Probability that a segment contains no speech, from 0 to 1; undefined when the engine does not report it. */
  readonly noSpeechProbability: number | undefined;
}

export interface TranscribeResult {
  readonly segments: readonly RecognizedSegment[];
  /** The language that was detected or given. */
  readonly language: string;
  /** How often the encoder ran, each time over thirty seconds; undefined when the engine does not report it. */
  readonly windows: number | undefined;
}

/** Several windows of sound, each recognized by itself. */
export interface SoundWindows {
  /** Absolute path of raw 16-bit mono samples at 16 kHz. */
  readonly pcm: string;
  /** The spans of each window, at most thirty seconds together. */
  readonly windows: readonly (readonly SampleRange[])[];
}

export interface WindowsOptions {
  /** Language code of the speech, or `auto`: found for each window. */
  readonly language: string;
  readonly translate: boolean;
  /** Names that are written where the sound bears them out; they change nothing else in the text. */
  readonly names: readonly string[];
  /** 0 means the number of physical cores. */
  readonly threads: number;
}

export interface RecognizedWindow {
  /** Index among the windows. */
  readonly index: number;
  readonly segments: readonly RecognizedSegment[];
  readonly language: string;
  /** The engine itself does not believe it: a loop, or words that are far too unlikely. */
  readonly isDoubtful: boolean;
}

export interface WindowsListener {
  /** Called once for each window, in the order in which they are done. */
  readonly onWindow: (window: RecognizedWindow) => void;
  /** Share of the windows that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface DetectedLanguage {
  readonly language: string;
  /** From 0 to 1, over all places. */
  readonly probability: number;
  /** The language that was detected at each place. */
  readonly places: readonly string[];
  /** How probable it is at each place, from 0 to 1. */
  readonly probabilities: readonly number[];
}

/** An engine's description of itself, for `doctor`. */
export interface EngineDescription {
  readonly name: EngineName;
  readonly version: string;
  readonly devices: readonly string[];
  readonly cpuFeatures: readonly string[];
  readonly physicalCores: number;
  /** undefined: the engine does not say. */
  readonly level?: InstructionLevel;
}

/** The instructions that the engine computes with. */
export interface InstructionLevel {
  readonly name: string;
  /** Better levels, which the processor claims to have and which failed, the best first; how, as native/whisper-host/PROTOCOL.md lists it. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
}

export type EngineName = "whisper-host" | "whisper-node";

/** A speech engine. Handles one request at a time; a failed request leaves the engine usable. */
export interface SpeechEngine {
  readonly name: EngineName;
  /** Starts the engine if necessary. */
  describe(): Promise<EngineDescription>;
  /** Loads a model; does nothing when it is already loaded. */
  loadModel(model: ModelChoice): Promise<void>;
  transcribe(range: SoundRange, options: TranscribeOptions, listener?: TranscribeListener): Promise<TranscribeResult>;
  /** Whether the loaded model transcribes several windows at once; undefined: this engine does not. */
  readonly transcribesWindows?: boolean;
  /** Transcribes several windows at once, taking the likeliest word each time. Only where `transcribesWindows` is true. */
  transcribeWindows?(sound: SoundWindows, options: WindowsOptions, listener: WindowsListener): Promise<void>;
  /** Detects the language of each span separately. */
  detectLanguage(range: SoundRange, threads: number, signal?: AbortSignal): Promise<DetectedLanguage>;
  /**
   * How likely it is that somebody speaks, in thousandths for every 32 ms, by a Silero network; undefined when this engine
   * cannot run one.
   * @param network absolute path of the network's file
   */
  detectSpeech(
    range: { readonly pcm: string; readonly sampleCount: number },
    network: string,
    listener?: Pick<TranscribeListener, "onProgress" | "signal">,
  ): Promise<Uint16Array | undefined>;
  close(): Promise<void>;
}
