/** The page's interface to the editor's worker. */
import type { FromWorker, ToWorker } from "./protocol.ts";

type WorkerListener = Exclude<FromWorker, { kind: "suggested" }>;

export class Helper {
  readonly #worker: Worker;
  readonly #asked = new Map<number, (words: readonly string[]) => void>();
  #nextId = 1;

  constructor(onMessage: (message: WorkerListener) => void) {
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind !== "suggested") return onMessage(data);
      this.#asked.get(data.id)?.(data.words);
      this.#asked.delete(data.id);
    });
  }

  send(message: Exclude<ToWorker, { kind: "suggest" }>): void {
    this.#worker.postMessage(message);
  }

  suggest(word: string): Promise<readonly string[]> {
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      this.#worker.postMessage({ kind: "suggest", id, word } satisfies ToWorker);
    });
  }

  close(): void {
    this.#worker.terminate();
  }
}
