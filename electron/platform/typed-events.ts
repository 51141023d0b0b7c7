/** Named events with typed values: the owner of a state emits, other modules subscribe. */

type Listener<T> = (value: T) => void;

/** @typeParam E name of each event → its value; `undefined` for an event without one */
export class TypedEvents<E extends object> {
  readonly #listeners: { [K in keyof E]?: Set<Listener<E[K]>> } = {};
  readonly #onError: ((error: unknown, name: keyof E) => void) | undefined;

  /** @param onError receives what a listener throws; without it, `emit` throws after all listeners were called */
  constructor(onError?: (error: unknown, name: keyof E) => void) {
    this.#onError = onError;
  }

  /** Subscribes; listeners are called in order of subscription. @returns a function that ends the subscription */
  on<K extends keyof E>(name: K, listener: Listener<E[K]>): () => void {
    this.#listeners[name] ??= new Set();
    this.#listeners[name].add(listener);
    return () => void this.#listeners[name]?.delete(listener);
  }

  /**
   * Calls every listener, even when an earlier one throws.
   * @throws what a listener has thrown, when there is no `onError`
   */
  emit<K extends keyof E>(name: K, value: E[K]): void {
    const errors: unknown[] = [];
    for (const listener of [...(this.#listeners[name] ?? [])]) {
      try {
        listener(value);
      } catch (thrown) {
        errors.push(thrown);
      }
    }
    if (this.#onError !== undefined) for (const error of errors) this.#onError(error, name);
    else if (errors.length === 1) throw errors[0];
    else if (errors.length > 1)
      throw new AggregateError(errors, `${errors.length} listeners of ${String(name)} failed`);
  }
}
