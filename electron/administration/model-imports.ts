/** Imports models in the background, one after the other, and keeps what came of them for the list. */
import { isAbsolute } from "node:path";
import type { Logger } from "../config/logger.ts";
import { ArchivistError, toArchivistError } from "../contract/errors.ts";
import type { Settings } from "../contract/settings.ts";
import { getConvertedName, type ImportRequest, importModel } from "../speech/models/import-model.ts";
import { checkRecognition } from "../speech/models/recognition-check.ts";

interface RunningImport {
  progress: number;
  readonly controller: AbortController;
}

/** An import that is running or that failed, or one that is over and needs a word. */
export interface ModelImport {
  readonly name: string;
  /** From 0 to 1; undefined if it is over. */
  readonly progress: number | undefined;
  readonly problem: string | undefined;
}

export interface ModelImportsDeps {
  readonly modelsFolder: string;
  readonly settings: Settings;
  readonly logger: Logger;
}

const notRecognized =
  "It runs, but did not recognize a spoken sentence in English. That is in order for a model that was trained for another language; otherwise try it on a short recording before you use it.";

export class ModelImports {
  readonly #deps: ModelImportsDeps;
  readonly #running = new Map<string, RunningImport>();
  /** What went wrong, by the name of the model. */
  readonly #problems = new Map<string, string>();
  #last: Promise<void> = Promise.resolve();

  constructor(deps: ModelImportsDeps) {
    this.#deps = deps;
  }

  /** Those that run or wait, and those of which there is something to say. */
  list(): readonly ModelImport[] {
    const failed = [...this.#problems.keys()].filter((name) => !this.#running.has(name));
    return [...this.#running.keys(), ...failed].map((name) => ({
      name,
      progress: this.#running.get(name)?.progress,
      problem: this.#problems.get(name),
    }));
  }

  /**
   * Starts importing a model after those that wait.
   * @returns the name under which it appears in the list
   * @throws ArchivistError `usage.invalid`, `model.in-use`
   */
  start(request: Omit<ImportRequest, "folder">): string {
    const { path, quantization } = request;
    if (!isAbsolute(path)) {
      throw new ArchivistError("usage.invalid", {
        subject: path,
        cause: "this is not the full path of a file or folder",
        remedy: "Give the path from its beginning, as it is on the machine that the station runs on.",
      });
    }
    const name = request.name ?? getConvertedName(path, quantization);
    if (this.#running.has(name)) throw new ArchivistError("model.in-use", { subject: name });
    const running: RunningImport = { progress: 0, controller: new AbortController() };
    this.#running.set(name, running);
    this.#problems.delete(name);
    this.#last = this.#last.then(() => this.#run(name, request, running));
    return name;
  }

  async #run(name: string, request: Omit<ImportRequest, "folder">, running: RunningImport): Promise<void> {
    const { modelsFolder, settings, logger } = this.#deps;
    const { signal } = running.controller;
    try {
      const model = await importModel(
        { ...request, folder: modelsFolder },
        {
          signal,
          onProgress: (share) => {
            running.progress = share;
          },
          check: (file) => checkRecognition(file, { logger, gpu: settings.speech.gpu, signal }),
        },
      );
      logger.info("a model was imported", {
        name: model.name,
        converted: model.isConverted,
        check: model.check?.result,
      });
      if (model.check?.result === "not-recognized") this.#problems.set(model.name, notRecognized);
    } catch (thrown) {
      if (signal.aborted) return;
      const error = toArchivistError(thrown);
      logger.warn("a model could not be imported", { name, code: error.code, reason: error.reason });
      this.#problems.set(name, `${error.message}. ${error.remedy}`);
    } finally {
      this.#running.delete(name);
    }
  }

  /** Cancels an import that waits or runs, and forgets what is said of it. */
  dismiss(name: string): void {
    this.#running.get(name)?.controller.abort();
    this.#problems.delete(name);
  }

  close(): void {
    for (const { controller } of this.#running.values()) controller.abort();
  }
}
