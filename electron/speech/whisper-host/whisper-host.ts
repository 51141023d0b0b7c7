/** The speech engine of our own process, native/whisper-host. */
import type {
  EngineDescription,
  HeardSegment,
  SpeechEngine,
  TranscribeListener,
  TranscribeOptions,
  TranscribeRange,
  TranscribeResult,
} from "../engine.ts";
import { type ConnectionOptions, HostConnection } from "./connection.ts";
import type { HostSegment } from "./messages.ts";

/**
 * Keeps one host running with one model loaded. When the host dies, the request at hand fails and the next one gets
 * a fresh host with the same model.
 */
export class WhisperHost implements SpeechEngine {
  readonly #options: ConnectionOptions;
  #connection: HostConnection | undefined;
  #loaded: { readonly connection: HostConnection; readonly path: string } | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Process id of the host, for tests and for `doctor`; undefined while none runs. */
  get pid(): number | undefined {
    return this.#connection?.alive ? this.#connection.pid : undefined;
  }

  async describe(): Promise<EngineDescription> {
    const hello = await this.#connect().hello;
    return {
      name: "whisper-host",
      version: `${hello.version} (whisper.cpp ${hello.whisper})`,
      devices: hello.devices.map(({ name, description }) => `${name}: ${description}`),
      cpuFeatures: hello.cpu_features,
      physicalCores: hello.physical_cores,
    };
  }

  async loadModel(path: string): Promise<void> {
    const connection = this.#connect();
    if (this.#loaded?.connection === connection && this.#loaded.path === path) return;
    this.#loaded = undefined;
    await connection.request({ type: "load", path });
    this.#loaded = { connection, path };
  }

  async transcribe(
    range: TranscribeRange,
    options: TranscribeOptions,
    listener: TranscribeListener = {},
  ): Promise<TranscribeResult> {
    const segments: HeardSegment[] = [];
    const answer = await this.#connect().request(
      {
        type: "transcribe",
        pcm: range.pcm,
        start_sample: range.startSample,
        sample_count: range.sampleCount,
        language: options.language,
        prompt: options.prompt,
        threads: options.threads,
        beam_size: options.beamSize,
        best_of: options.beamSize,
      },
      (message) => {
        if (message.type === "progress") listener.onProgress?.(message.percent / 100);
        else if (message.type === "segment") {
          const segment = toSegment(message);
          segments.push(segment);
          listener.onSegment?.(segment);
        }
      },
      listener.signal,
    );
    return { segments, language: answer.type === "done" ? answer.language : options.language };
  }

  async close(): Promise<void> {
    await this.#connection?.close();
    this.#connection = undefined;
    this.#loaded = undefined;
  }

  #connect(): HostConnection {
    if (!this.#connection?.alive) this.#connection = new HostConnection(this.#options);
    return this.#connection;
  }
}

function toSegment(message: HostSegment): HeardSegment {
  return {
    startMs: message.start_ms,
    endMs: message.end_ms,
    noSpeechProbability: message.no_speech_probability,
    words: message.words.map(({ text, start_ms, end_ms, probability }) => ({
      text,
      startMs: start_ms,
      endMs: end_ms,
      probability: Math.min(1, probability),
    })),
  };
}
