/** Finding a place in a list by time. */

/** Index of the last item that begins at or before a time; -1: it is before the first. @param items by their start */
export function indexAt(items: readonly { readonly startMs: number }[], ms: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.startMs ?? Number.POSITIVE_INFINITY) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
