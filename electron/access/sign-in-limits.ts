/**
 * Limits guessing of passwords, without locking out the person whose name is guessed. A try is counted before the password
 * is looked at, so that many at once count as many. Limits are by name and address; over all addresses that have never
 * signed in under a name, tries for it are spread in time.
 */
import { minuteMs, secondMs } from "../captions/time/durations.ts";
import { ArchivistError } from "../contract/errors.ts";

/** Wrong passwords for one name from one address before it has to wait, and for how long. */
const maxFailures = 8;
const pauseMs = minuteMs;
/** Tries from one address within a minute, under whatever names. */
const maxTriesOfAddress = 20;
/** Tries for one name from addresses that are not known for it: so many at once, and one more after each pause. */
const maxUnknownTries = 30;
const unknownTryMs = 2 * secondMs;
/** Entries of each list; the oldest are forgotten. */
const maxEntries = 10_000;

interface Counter {
  count: number;
  /** Until when it counts, on the monotonic clock. */
  until: number;
}

/** A map that forgets its oldest entries. */
class BoundedMap<T> {
  readonly #entries = new Map<string, T>();

  get(key: string): T | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: T): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    const oldest = this.#entries.keys().next().value;
    if (this.#entries.size > maxEntries && oldest !== undefined) this.#entries.delete(oldest);
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}

export class SignInLimits {
  readonly #now: () => number;
  /** Wrong passwords by name and address. */
  readonly #failures = new BoundedMap<Counter>();
  /** Tries by address. */
  readonly #tries = new BoundedMap<Counter>();
  /** Tries for a name from addresses that are not known for it. */
  readonly #unknown = new BoundedMap<{ left: number; at: number }>();
  /** Names and addresses that have signed in. */
  readonly #known = new BoundedMap<true>();

  /** @param now monotonic clock, in milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Counts a try.
   * @returns called when the password was right: it was no failure then, and the address is known for the name
   * @throws ArchivistError `session.too-many`
   */
  take(name: string, address: string): () => void {
    const now = this.#now();
    const key = `${name.toLowerCase()}\n${address}`;
    const failures = current(this.#failures.get(key), now);
    if (failures.count >= maxFailures) throw new ArchivistError("session.too-many");
    const tries = current(this.#tries.get(address), now);
    if (tries.count >= maxTriesOfAddress) throw new ArchivistError("session.too-many");
    if (this.#known.get(key) === undefined) this.#takeUnknown(name.toLowerCase(), now);
    this.#failures.set(key, { count: failures.count + 1, until: now + pauseMs });
    this.#tries.set(address, { count: tries.count + 1, until: tries.count === 0 ? now + pauseMs : tries.until });
    return () => {
      this.#failures.delete(key);
      this.#known.set(key, true);
    };
  }

  #takeUnknown(name: string, now: number): void {
    const { left, at } = this.#unknown.get(name) ?? { left: maxUnknownTries, at: now };
    const refilled = Math.min(maxUnknownTries, left + (now - at) / unknownTryMs);
    if (refilled < 1) throw new ArchivistError("session.too-many");
    this.#unknown.set(name, { left: refilled - 1, at: now });
  }
}

const current = (counter: Counter | undefined, now: number): Counter =>
  counter === undefined || now >= counter.until ? { count: 0, until: 0 } : counter;
