/** Does expensive work at most once at a time, and gives its result to whoever asks meanwhile and for a while after. */

/**
 * @param ms for which a result holds; a failure is not remembered
 * @param now monotonic clock, in milliseconds
 * @param holds whether a result is worth remembering; absent: each is
 */
export function rememberFor<T>(
  ms: number,
  work: () => Promise<T>,
  now: () => number,
  holds: (result: T) => boolean = () => true,
): () => Promise<T> {
  let known: { readonly result: Promise<T>; readonly until: number } | undefined;
  return () => {
    if (known !== undefined && now() < known.until) return known.result;
    const result = work();
    const own = { result, until: Number.POSITIVE_INFINITY };
    known = own;
    result.then(
      (found) => {
        if (known === own) known = holds(found) ? { result, until: now() + ms } : undefined;
      },
      () => {
        if (known === own) known = undefined;
      },
    );
    return result;
  };
}
