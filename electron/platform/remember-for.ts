/** Does expensive work at most once at a time, and gives its result to whoever asks meanwhile and for a while after. */

/**
 * @param ms for which a result holds; a failure is not remembered
 * @param now monotonic clock, in milliseconds
 */
export function rememberFor<T>(ms: number, work: () => Promise<T>, now: () => number): () => Promise<T> {
  let known: { readonly result: Promise<T>; readonly until: number } | undefined;
  return () => {
    if (known !== undefined && now() < known.until) return known.result;
    const result = work();
    const own = { result, until: Number.POSITIVE_INFINITY };
    known = own;
    result.then(
      () => {
        if (known === own) known = { result, until: now() + ms };
      },
      () => {
        if (known === own) known = undefined;
      },
    );
    return result;
  };
}
