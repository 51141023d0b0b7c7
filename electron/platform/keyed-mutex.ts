/** A mutex per name: one task at a time per name, the others wait in order of arrival. */
import { ArchivistError } from "../contract/errors.ts";

export class KeyedMutex {
  readonly #last = new Map<string, Promise<unknown>>();

  /** @throws ArchivistError `interrupted` when the signal ends the wait; what the work throws */
  async run<T>(name: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    let release: () => void = () => undefined;
    const own = new Promise<void>((resolve) => {
      release = resolve;
    });
    const turn = before.then(() => own);
    this.#last.set(name, turn);
    try {
      await (signal === undefined ? before : Promise.race([before, aborted(signal)]));
      return await work();
    } finally {
      release();
      // Not at once: when a waiter gave up, the next one still has to wait for the task that is running.
      void turn.then(() => {
        if (this.#last.get(name) === turn) this.#last.delete(name);
      });
    }
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const leave = (): void => reject(new ArchivistError("interrupted"));
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
  });
}
