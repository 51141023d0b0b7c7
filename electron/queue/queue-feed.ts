/**
 * Tells listeners which jobs have changed, at most ten times a second however much happens: what changes in between is
 * told together, and the last state is always told.
 */
export interface QueueChange {
  /** Ids of jobs that have changed. */
  readonly jobs: readonly string[];
  /** True when another process has changed something: look at everything anew. */
  readonly everything: boolean;
}

export type QueueListener = (change: QueueChange) => void;

const minPauseMs = 100;

export class QueueFeed {
  readonly #listeners = new Set<QueueListener>();
  readonly #changed = new Set<string>();
  #everything = false;
  #timer: NodeJS.Timeout | undefined;
  #lastEmitted = Number.NEGATIVE_INFINITY;

  /** @returns What ends the listening. */
  listen(listener: QueueListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(jobId: string): void {
    this.#changed.add(jobId);
    this.#plan();
  }

  everythingChanged(): void {
    this.#everything = true;
    this.#plan();
  }

  /** Tells what is left and then nothing more. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#emit();
    this.#listeners.clear();
  }

  #plan(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#lastEmitted + minPauseMs - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#emit();
    }, wait);
  }

  #emit(): void {
    if (this.#changed.size === 0 && !this.#everything) return;
    const change: QueueChange = { jobs: [...this.#changed], everything: this.#everything };
    this.#changed.clear();
    this.#everything = false;
    this.#lastEmitted = performance.now();
    for (const listener of this.#listeners) listener(change);
  }
}
