/** The models of a station: lists them, and downloads models in the background. */
import type { Logger } from "../config/logger.ts";
import { type ArchivistError, toArchivistError } from "../contract/errors.ts";
import type { Settings } from "../contract/settings.ts";
import { demoModelName, listFoundModels } from "../speech/models/found-models.ts";
import { pullModel } from "../speech/models/model-store.ts";
import { officialModels } from "../speech/models/official-models.ts";

interface Pull {
  progress: number;
  error: ArchivistError | undefined;
  isOver: boolean;
}

export interface ModelView {
  readonly name: string;
  readonly bytes: number;
  readonly note: string;
  readonly isThere: boolean;
  /** Download progress, from 0 to 1; undefined if none is in progress. */
  readonly progress: number | undefined;
  readonly problem: string | undefined;
}

export interface ModelManagerDeps {
  readonly modelsFolder: string;
  readonly settings: Settings;
  readonly logger: Logger;
}

export class ModelManager {
  readonly #deps: ModelManagerDeps;
  readonly #pulls = new Map<string, Pull>();
  readonly #controller = new AbortController();

  constructor(deps: ModelManagerDeps) {
    this.#deps = deps;
  }

  list(): readonly ModelView[] {
    const found = listFoundModels(this.#deps.modelsFolder);
    const there = new Map(found.map((model) => [model.name, model]));
    const official = officialModels.map(({ name, kind, sizeMiB }) => {
      const pull = this.#pulls.get(name);
      return {
        name,
        bytes: sizeMiB * 1024 ** 2,
        note: kind === "voice-detection" ? "finds speech" : name.endsWith(".en") ? "English" : "many languages",
        isThere: there.has(name),
        progress: pull === undefined || pull.isOver ? undefined : pull.progress,
        problem: pull?.error === undefined ? undefined : `${pull.error.message}. ${pull.error.remedy}`,
      };
    });
    const names = new Set(official.map(({ name }) => name));
    const own = found
      .filter(({ name }) => !names.has(name))
      .map(({ name, sizeBytes }) => ({
        name,
        bytes: sizeBytes,
        note: name === demoModelName ? "for the demo only" : "your own",
        isThere: true,
        progress: undefined,
        problem: undefined,
      }));
    return [...own, ...official];
  }

  /** Starts downloading a model; progress and errors appear in the list. */
  pull(name: string): void {
    const running = this.#pulls.get(name);
    if (running !== undefined && !running.isOver) return;
    const pull: Pull = { progress: 0, error: undefined, isOver: false };
    this.#pulls.set(name, pull);
    const { modelsFolder, settings, logger } = this.#deps;
    const place = { folder: modelsFolder, mirror: settings.speech.modelMirror, proxy: settings.network.proxy };
    void pullModel(name, place, {
      signal: this.#controller.signal,
      onProgress: (received, total) => {
        pull.progress = total > 0 ? received / total : 0;
      },
    })
      .catch((thrown: unknown) => {
        pull.error = toArchivistError(thrown);
        logger.warn("a model could not be fetched", { name, code: pull.error.code });
      })
      .finally(() => {
        pull.isOver = true;
      });
  }

  close(): void {
    this.#controller.abort();
  }
}
