/** A stream that is given only to whoever may still see it, and no faster than it is taken. */
import { ArchivistError } from "../contract/errors.ts";

export interface StreamWatch {
  /** Whether the caller is still signed in. */
  readonly isValid: () => boolean;
  /** Calls its argument when somebody was signed out; returns the function that unsubscribes. */
  readonly onDropped: (listener: () => void) => () => void;
  /** Resolves once the transport has sent enough of what it was given; undefined: it says so by itself. */
  readonly drained: (() => Promise<void>) | undefined;
  /** Called once, when the stream has ended, however it did. */
  readonly onEnd: () => void;
}

/** @throws ArchivistError `session.nobody` at once when the caller is signed out elsewhere */
export async function* watchStream<T>(source: AsyncIterator<T, unknown>, watch: StreamWatch): AsyncGenerator<T> {
  let isDropped = false;
  let wake: (() => void) | undefined;
  const unsubscribe = watch.onDropped(() => {
    if (watch.isValid()) return;
    isDropped = true;
    wake?.();
  });
  try {
    for (;;) {
      await watch.drained?.();
      // A promise for each step: one for the whole stream would keep a reaction of each step in memory.
      const step = await new Promise<IteratorResult<T, unknown> | undefined>((resolve, reject) => {
        wake = () => resolve(undefined);
        if (isDropped) resolve(undefined);
        else source.next().then(resolve, reject);
      });
      if (step === undefined) throw new ArchivistError("session.nobody");
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    unsubscribe();
    watch.onEnd();
    // Not waited for: a stream that waits for something new ends when that comes, or when its transport does.
    source.return?.()?.catch(() => undefined);
  }
}
