/**
 * Works through a list in order with the next item begun while one is still at work: its recording is looked at and
 * decoded while the one before it is recognised. Lanes and turns see to it that nothing else overlaps.
 */

/** A row of things is done; whatever one throws is its result. */
export interface Ahead<T> {
  /** Told by the work when what follows may begin. */
  readonly mayFollow: () => void;
  readonly order: number;
  readonly item: T;
}

/**
 * Yields the results in the order of the items.
 * @param work does one item; it should not throw, and calls `mayFollow` when the next one may begin
 * @param onTurn told before an item becomes the one that is waited for
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
  // One ahead, not all of them: decoded sound takes a gigabyte for ten hours.
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
    // Whoever stops listening still waits for what has begun: it may be cleaning up.
    await Promise.allSettled(running);
  }
}
