/** Lets one piece of work at a time have a thing, by its name; the others wait in the order in which they came. */
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
      // Not at once: who gave up waiting must not let the next one past who is still at work.
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
