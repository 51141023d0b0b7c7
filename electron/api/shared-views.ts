/** What many watch is made once for all of them. */

/** A view holds for this long, in milliseconds, where nothing says that it has changed: estimates go on. */
const holdsMs = 1_000;
/** Different views that are kept. */
const maxViews = 100;

export class SharedViews<T> {
  readonly #views = new Map<string, { readonly view: T; readonly until: number }>();
  readonly #now: () => number;

  /**
   * @param onChange calls its argument whenever views may have changed, before it calls those who subscribe later
   * @param now monotonic clock, in milliseconds
   */
  constructor(onChange: (changed: () => void) => unknown, now: () => number) {
    this.#now = now;
    onChange(() => this.#views.clear());
  }

  /**
   * @param request what the view is of: requests that are equal as JSON have the same view
   * @param make makes the view, at once
   */
  get(request: unknown, make: () => T): T {
    const key = JSON.stringify(request);
    const known = this.#views.get(key);
    if (known !== undefined && this.#now() < known.until) return known.view;
    const view = make();
    if (this.#views.size >= maxViews) this.#views.clear();
    this.#views.set(key, { view, until: this.#now() + holdsMs });
    return view;
  }
}
