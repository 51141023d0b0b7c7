/** Downloads models one after the other in the background. What has been received outlives a pause and a restart. */
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "../config/logger.ts";
import { ArchivistError, type ErrorCode, toArchivistError } from "../contract/errors.ts";
import { pullModel, removeModel, type StorePlace } from "../speech/models/model-store.ts";
import { modelFileName, type OfficialModel, officialModel, publishedBytes } from "../speech/models/official-models.ts";

/** A download that is not complete. */
export interface ModelDownload {
  readonly state: "queued" | "downloading" | "verifying" | "paused" | "failed";
  readonly receivedBytes: number;
  readonly totalBytes: number;
  readonly problem: { readonly message: string; readonly remedy: string } | undefined;
}

interface Entry {
  state: ModelDownload["state"];
  receivedBytes: number;
  totalBytes: number;
  problem: ModelDownload["problem"];
  readonly controller: AbortController;
}

/** Remedies on a screen, where the list of errors names commands. */
const screenRemedies: Partial<Record<ErrorCode, string>> = {
  "download.network": "Check the network and the proxy (network.proxy), then resume: it goes on where it stopped.",
  "download.refused": "Check the address in Settings (speech.modelMirror), or try again later.",
  "download.busy": "Resume it later: what has been received is kept.",
  "model.corrupt": "Check the address in Settings (speech.modelMirror), and download it again.",
  "model.in-use": "Wait until that has finished, then resume.",
};

export class ModelDownloads {
  readonly #place: StorePlace;
  readonly #logger: Logger;
  readonly #entries = new Map<string, Entry>();
  readonly #verified = new Set<string>();
  #running: Promise<void> | undefined;
  #isClosed = false;

  constructor(place: StorePlace, logger: Logger) {
    this.#place = place;
    this.#logger = logger;
  }

  /** The state of a download; undefined: nothing of the model has been asked for, or it is complete. */
  find(model: OfficialModel): ModelDownload | undefined {
    const entry = this.#entries.get(model.name);
    if (entry !== undefined) {
      const { state, receivedBytes, totalBytes, problem } = entry;
      return { state, receivedBytes, totalBytes, problem };
    }
    const receivedBytes = readPartBytes(this.#place.folder, model.name);
    if (receivedBytes === undefined) return undefined;
    return { state: "paused", receivedBytes, totalBytes: publishedBytes(model), problem: undefined };
  }

  /** True when the checksum was compared after a download since the start. */
  isVerified(name: string): boolean {
    return this.#verified.has(name);
  }

  /** Notes that a model's checksum is the published one. */
  noteVerified(name: string): void {
    this.#verified.add(name);
  }

  /** Downloads a model after those that wait, or resumes. @throws ArchivistError `model.missing` */
  start(name: string): void {
    const model = officialModel(name);
    if (model === undefined) throw new ArchivistError("model.missing", { subject: name });
    const entry = this.#entries.get(name);
    if (entry !== undefined && isOpen(entry)) return;
    const receivedBytes = readPartBytes(this.#place.folder, name) ?? 0;
    const totalBytes = publishedBytes(model);
    // At the end of the list, whatever became of it before.
    this.#entries.delete(name);
    const controller = new AbortController();
    this.#entries.set(name, { state: "queued", receivedBytes, totalBytes, problem: undefined, controller });
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined;
    });
  }

  /** Stops a download, or takes it out of the list of those that wait. What has been received is kept. */
  pause(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined || !isOpen(entry)) return;
    entry.state = "paused";
    entry.controller.abort();
  }

  /**
   * Removes a model and what has been received of it.
   * @throws ArchivistError `model.missing`, `folder.not-writable`
   */
  async remove(name: string): Promise<void> {
    const entry = this.#entries.get(name);
    if (entry !== undefined) {
      this.pause(name);
      // It must have let go of its file.
      if (entry.receivedBytes > 0) await this.#running;
      this.#entries.delete(name);
      const isOnDisk =
        existsSync(join(this.#place.folder, modelFileName(name))) ||
        readPartBytes(this.#place.folder, name) !== undefined;
      if (!isOnDisk) return;
    }
    this.#verified.delete(name);
    await removeModel(name, this.#place.folder);
  }

  /** Stops everything; what has been received is kept. */
  close(): void {
    this.#isClosed = true;
    for (const { controller } of this.#entries.values()) controller.abort();
  }

  async #work(): Promise<void> {
    while (!this.#isClosed) {
      const next = [...this.#entries].find(([, { state }]) => state === "queued");
      if (next === undefined) return;
      await this.#download(...next);
    }
  }

  async #download(name: string, entry: Entry): Promise<void> {
    entry.state = "downloading";
    try {
      await pullModel(name, this.#place, {
        signal: entry.controller.signal,
        onProgress: (received, total) => {
          entry.receivedBytes = received;
          entry.totalBytes = total;
        },
        onVerify: () => {
          if (!entry.controller.signal.aborted) entry.state = "verifying";
        },
      });
      this.#verified.add(name);
      if (this.#entries.get(name) === entry) this.#entries.delete(name);
    } catch (thrown) {
      if (entry.controller.signal.aborted) return;
      const error = toArchivistError(thrown);
      entry.state = "failed";
      entry.problem = { message: error.message, remedy: screenRemedies[error.code] ?? error.remedy };
      entry.receivedBytes = readPartBytes(this.#place.folder, name) ?? 0;
      this.#logger.warn("a model could not be downloaded", { name, code: error.code });
    }
  }
}

const isOpen = ({ state }: Entry): boolean => state === "queued" || state === "downloading" || state === "verifying";

/** Bytes of a model that have been received and are kept; undefined: none. */
function readPartBytes(folder: string, name: string): number | undefined {
  return statSync(join(folder, `${modelFileName(name)}.part`), { throwIfNoEntry: false })?.size;
}
