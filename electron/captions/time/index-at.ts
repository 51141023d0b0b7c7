/** Binary search in a list ordered by time. */

/**
 * Index of the last item that begins at or before a time; -1 when the time is before the first item. @param items
 * ordered by `startMs`
 */
export function indexAt(items: readonly { readonly startMs: number }[], ms: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.startMs ?? Number.POSITIVE_INFINITY) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
