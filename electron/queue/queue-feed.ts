/**
 * Notifies listeners which jobs have changed, at most ten times a second: changes in between are combined, and the
 * final state is always sent.
 */
export interface QueueChange {
  /** Ids of the jobs that have changed. */
  readonly jobs: readonly string[];
  /** True when another process has changed something: reload everything. */
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

  /** Adds a listener. @returns Function that removes it */
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

  /** Sends pending changes, then removes all listeners. */
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
