/**
 * Processes a list in order, starting the next item while the current one is still in progress: its recording is probed
 * and decoded while the previous one is recognized. Lanes and their order prevent any other overlap.
 */

/** An item of the list, as passed to the work. */
export interface Ahead<T> {
  /** Called by the work when the next item may start. */
  readonly mayFollow: () => void;
  readonly order: number;
  readonly item: T;
}

/**
 * Yields the results in the order of the items.
 * @param work processes one item; it should not throw, and calls `mayFollow` when the next item may start
 * @param onTurn called before an item becomes the one that is awaited
 */
export async function* readAhead<T, R>(
  items: readonly T[],
  work: (ahead: Ahead<T>) => Promise<R>,
  onTurn: (order: number) => void = () => undefined,
): AsyncGenerator<R> {
  const running: Promise<R>[] = [];
  const followed = new Set<number>();
  let waitedFor = 0;
  const begin = (): void => {
    const order = running.length;
    const item = items[order];
    if (item === undefined) return;
    const mayFollow = (): void => {
      followed.add(order);
      follow();
    };
    running.push(work({ item, order, mayFollow }));
  };
  // Only one item ahead: decoded audio takes a gigabyte for ten hours.
  const follow = (): void => {
    if (followed.has(waitedFor) && running.length === waitedFor + 1) begin();
  };
  try {
    for (let order = 0; order < items.length; order++) {
      waitedFor = order;
      onTurn(order);
      if (running.length === order) begin();
      follow();
      yield await (running[order] as Promise<R>);
    }
  } finally {
    // If the consumer stops early, still wait for the started items: they may be cleaning up.
    await Promise.allSettled(running);
  }
}
