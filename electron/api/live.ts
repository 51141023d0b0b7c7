/** Things that happen as async iterators: the newest state is always told, what nobody could take in between is left out. */

/**
 * @param subscribe calls its argument whenever there may be something new; gives back what ends that
 * @param read what is told then
 * @param signal ends it
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
 * What comes in pieces that all count: each is told, several together where the reader is slow.
 * @param subscribe calls its argument with each piece; gives back what ends that
 * @param first what was there before, told as the first pieces; nothing is lost in between
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
