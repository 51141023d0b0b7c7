/** Turns change events into async iterators for streaming procedures. */

/**
 * Yields the current state, then the newest state after each change; states that a slow reader missed are skipped.
 * @param subscribe calls its argument whenever there may be something new; returns the function that unsubscribes
 * @param read returns the state to yield
 * @param signal ends the iteration
 */
export async function* newest<T>(
  subscribe: (changed: () => void) => () => void,
  read: () => T,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  let isNew = true;
  let wake: (() => void) | undefined;
  const changed = (): void => {
    isNew = true;
    wake?.();
  };
  const end = subscribe(changed);
  signal?.addEventListener("abort", changed, { once: true });
  try {
    while (!signal?.aborted) {
      if (isNew) {
        isNew = false;
        yield read();
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    end();
    signal?.removeEventListener("abort", changed);
  }
}

/**
 * Yields every piece, in batches where the reader is slow.
 * @param subscribe calls its argument with each piece; returns the function that unsubscribes
 * @param first returns the existing pieces, yielded first; no piece is lost in between
 */
export async function* pieces<T>(
  subscribe: (add: (piece: T) => void) => () => void,
  first: () => readonly T[],
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly T[]> {
  let waiting: T[] = [];
  let wake: (() => void) | undefined;
  const end = subscribe((piece) => {
    waiting.push(piece);
    wake?.();
  });
  const stop = (): void => wake?.();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    yield first();
    while (!signal?.aborted) {
      if (waiting.length > 0) {
        const batch = waiting;
        waiting = [];
        yield batch;
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    end();
    signal?.removeEventListener("abort", stop);
  }
}
