/** The speech engine that runs in a separate process, native/whisper-host. */
import type { Word } from "../../captions/word.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import { shippedFiles } from "../../platform/shipped-files.ts";
import type {
  DetectedLanguage,
  EngineDescription,
  ModelChoice,
  RecognizedSegment,
  SoundRange,
  SoundWindows,
  SpeechEngine,
  TranscribeListener,
  TranscribeOptions,
  TranscribeResult,
  WindowsListener,
  WindowsOptions,
} from "../engine.ts";
import type { SampleRange } from "../sample-range.ts";
import { type ConnectionOptions, HostConnection } from "./connection.ts";
import type { HostAnswer, HostMessage, HostSegment } from "./messages.ts";

export interface WhisperHostOptions extends ConnectionOptions {
  /** Whether a GPU may be used. */
  readonly gpu: boolean;
  /** Milliseconds without a request after which the host and its model are released. */
  readonly idleMs: number;
  /** Called with messages for the user, for example that the GPU failed. */
  readonly onNotice?: (message: string) => void;
}

export interface MeasureOptions {
  /** 0 means the number of physical cores. */
  readonly threads: number;
  /** Windows of thirty seconds, and tokens in each. */
  readonly windows: number;
  readonly tokens: number;
}

/** How long a model takes, in milliseconds. */
export interface ModelSpeed {
  /** One window of thirty seconds, up to the encoder's end. */
  readonly windowMs: number;
  /** One token of a window that is alone in the decoder. */
  readonly tokenMs: number;
  /** One token of one window, where as many share the decoder as it holds. */
  readonly sharedTokenMs: number;
  readonly windowsAtOnce: number;
}

interface LoadedModel {
  readonly connection: HostConnection;
  readonly key: string;
  readonly onGpu: boolean;
  readonly transcribesWindows: boolean;
}

/**
 * Keeps one host running with one model loaded. When the host dies, the current request fails and the next one gets a
 * new host with the same model; when it dies on a GPU, the CPU is used from then on; when it dies of an instruction that the
 * processor refuses, the next host does without it.
 */
export class WhisperHost implements SpeechEngine {
  readonly name = "whisper-host";
  readonly #options: WhisperHostOptions;
  #connection: HostConnection | undefined;
  #loaded: LoadedModel | undefined;
  #gpuFailed = false;
  /** The instruction level at which a host died of an instruction that the processor refused. */
  #trapped: string | undefined;
  #idle: NodeJS.Timeout | undefined;
  #working = 0;

  constructor(options: WhisperHostOptions) {
    this.#options = options;
  }

  /** Process id of the host, for tests and for `doctor`; undefined while none runs. */
  get pid(): number | undefined {
    return this.#connection?.alive ? this.#connection.pid : undefined;
  }

  async describe(): Promise<EngineDescription> {
    const hello = await this.#connect().hello;
    this.#rest();
    return {
      name: this.name,
      version: `${hello.version} (whisper.cpp ${hello.whisper})`,
      devices: hello.devices.map(({ name, description, kind }) => `${kind} ${name}: ${description}`),
      cpuFeatures: hello.cpu_features,
      physicalCores: hello.physical_cores,
      ...(hello.level === undefined ? {} : { level: hello.level }),
    };
  }

  async loadModel({ path, alignment = "" }: ModelChoice): Promise<void> {
    const gpu = this.#options.gpu && !this.#gpuFailed;
    const key = JSON.stringify([path, alignment, gpu]);
    const connection = this.#connect();
    if (this.#loaded?.connection === connection && this.#loaded.key === key) return;
    this.#loaded = undefined;
    shippedFiles.requireUnchanged(path);
    const answer = await this.#ask({ type: "load", path, alignment, gpu });
    if (answer.type !== "loaded") throw new ArchivistError("engine.protocol");
    const { on_gpu: onGpu, notice, kind } = answer.model;
    const transcribesWindows = kind !== "parakeet" && alignment === "";
    this.#loaded = { connection, key, onGpu, transcribesWindows };
    if (notice !== undefined) this.#notify(notice);
  }

  async transcribe(
    range: SoundRange,
    options: TranscribeOptions,
    listener: TranscribeListener = {},
  ): Promise<TranscribeResult> {
    const segments: RecognizedSegment[] = [];
    const answer = await this.#ask(
      {
        type: "transcribe",
        suppress_non_speech: true,
        ...rangeFields(range),
        language: options.language,
        translate: options.translate,
        vocabulary: options.vocabulary,
        threads: options.threads,
        beam_size: options.beamSize,
        best_of: 5,
        temperature: options.temperature,
        temperature_increment: options.fallback ? 0.2 : 0,
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
    if (answer.type !== "done") throw new ArchivistError("engine.protocol");
    return { segments, language: answer.language, windows: answer.windows };
  }

  /** Parakeet, and word times from the attention, take one window at a time. */
  get transcribesWindows(): boolean {
    return this.#loaded?.transcribesWindows === true;
  }

  async transcribeWindows(
    { pcm, windows }: SoundWindows,
    { language, translate, names, threads }: WindowsOptions,
    { onWindow, onProgress, signal }: WindowsListener,
  ): Promise<void> {
    const segments = windows.map((): RecognizedSegment[] => []);
    const answer = await this.#ask(
      { type: "transcribe_windows", pcm, windows: windows.map(toPairs), language, translate, names, threads },
      (message) => {
        if (message.type === "progress") onProgress?.(message.percent / 100);
        else if (message.type === "segment") segments[message.window ?? 0]?.push(toSegment(message));
        else if (message.type === "window") {
          const { window: index, failed: isDoubtful } = message;
          onWindow({ index, segments: segments[index] ?? [], language: message.language, isDoubtful });
        }
      },
      signal,
    );
    if (answer.type !== "done") throw new ArchivistError("engine.protocol");
  }

  async detectLanguage(range: SoundRange, threads: number, signal?: AbortSignal): Promise<DetectedLanguage> {
    const answer = await this.#ask({ type: "detect_language", ...rangeFields(range), threads }, undefined, signal);
    if (answer.type !== "language") throw new ArchivistError("engine.protocol");
    const { language, probability, places } = answer;
    return {
      language,
      probability: Math.min(1, probability),
      places: places.map((place) => place.language),
      probabilities: places.map((place) => Math.min(1, place.probability)),
    };
  }

  async detectSpeech(
    { pcm, sampleCount }: { readonly pcm: string; readonly sampleCount: number },
    network: string,
    listener: Pick<TranscribeListener, "onProgress" | "signal"> = {},
  ): Promise<Uint16Array> {
    const probabilities: number[] = [];
    const answer = await this.#ask(
      { type: "detect_speech", pcm, start_sample: 0, sample_count: sampleCount, model: network },
      (message) => {
        if (message.type === "progress") listener.onProgress?.(message.percent / 100);
        else if (message.type === "probabilities") for (const value of message.values) probabilities.push(value);
      },
      listener.signal,
    );
    if (answer.type !== "speech") throw new ArchivistError("engine.protocol");
    return Uint16Array.from(probabilities);
  }

  /** Measures the loaded model with synthetic sound. @throws ArchivistError `interrupted`, `engine.*` */
  async measure(options: MeasureOptions, signal?: AbortSignal): Promise<ModelSpeed> {
    const answer = await this.#ask({ type: "measure", ...options }, undefined, signal);
    if (answer.type !== "measured") throw new ArchivistError("engine.protocol");
    return {
      windowMs: answer.window_ms,
      tokenMs: answer.token_ms,
      sharedTokenMs: answer.shared_token_ms,
      windowsAtOnce: answer.at_once,
    };
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const connection = this.#connection;
    this.#connection = undefined;
    this.#loaded = undefined;
    await connection?.close();
  }

  /** Sends a request to the host, restarts the idle timer, and switches to the CPU when a GPU crashes the host. */
  async #ask(
    body: Readonly<Record<string, unknown>>,
    onEvent?: (message: HostMessage) => void,
    signal?: AbortSignal,
  ): Promise<HostAnswer> {
    clearTimeout(this.#idle);
    this.#working++;
    const connection = this.#connect();
    const wasOnGpu = this.#loaded?.connection === connection && this.#loaded.onGpu;
    const triesGpu = body.type === "load" && body.gpu === true && (await hasGpu(connection));
    try {
      return await connection.request(body, onEvent, signal);
    } catch (thrown) {
      const { code, reason } = toArchivistError(thrown);
      const isEngines = code === "engine.crashed" || code === "engine.failed" || code === "tool.stalled";
      if ((wasOnGpu || triesGpu) && isEngines && !this.#gpuFailed) {
        this.#gpuFailed = true;
        this.#loaded = undefined;
        this.#notify(`The graphics processor failed (${reason}). The CPU does the work from now on.`);
      }
      throw thrown;
    } finally {
      this.#working--;
      this.#rest();
    }
  }

  #notify(message: string): void {
    this.#options.logger.warn("graphics processor", { message });
    this.#options.onNotice?.(message);
  }

  #rest(): void {
    clearTimeout(this.#idle);
    if (this.#working > 0) return;
    this.#idle = setTimeout(() => {
      this.#options.logger.info("the speech engine is let go: nothing to do");
      void this.close();
    }, this.#options.idleMs);
    // The timer must not keep the process running: an idle engine ends with its parent.
    this.#idle.unref();
  }

  #connect(): HostConnection {
    if (this.#connection?.alive) return this.#connection;
    this.#trapped = this.#connection?.trappedLevel ?? this.#trapped;
    const below = this.#trapped === undefined ? {} : { below: this.#trapped };
    this.#connection = new HostConnection({ ...this.#options, ...below });
    return this.#connection;
  }
}

async function hasGpu(connection: HostConnection): Promise<boolean> {
  const { devices } = await connection.hello;
  return devices.some(({ kind }) => kind === "gpu");
}

function rangeFields({ pcm, stretches }: SoundRange): Readonly<Record<string, unknown>> {
  return { pcm, stretches: toPairs(stretches) };
}

const toPairs = (stretches: readonly SampleRange[]): readonly (readonly [number, number])[] =>
  stretches.map(({ startSample, sampleCount }) => [startSample, sampleCount]);

function toSegment(message: HostSegment): RecognizedSegment {
  return {
    startMs: message.start_ms,
    endMs: message.end_ms,
    noSpeechProbability: message.no_speech_probability,
    words: message.words.map(toWord),
  };
}

function toWord({ text, start_ms, end_ms, probability, estimated }: HostSegment["words"][number]): Word {
  const word = { text, startMs: start_ms, endMs: end_ms, probability: Math.min(1, probability) };
  return estimated ? { ...word, estimated } : word;
}
