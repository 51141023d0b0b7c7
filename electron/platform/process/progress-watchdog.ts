/**
 * Ends the wait for something that makes no progress. It counts time in which this program ran: after a machine has
 * slept for hours, or its clock was set, the other side gets its full time again.
 */
const tickMs = 1_000;
/** A tick that comes this much late was not ours to take: the machine slept, or this process stood still. */
const lateMs = 2 * tickMs;

export class ProgressWatchdog {
  readonly #limitMs: number;
  readonly #onStall: () => void;
  readonly #isExcused: () => boolean;
  #timer: NodeJS.Timeout | undefined;
  #waitedMs = 0;
  #last = 0;

  /**
   * @param onStall called once, `limitMs` after the last sign of progress
   * @param isExcused true while the time does not count: it waits for its turn
   */
  constructor(limitMs: number, onStall: () => void, isExcused: () => boolean = () => false) {
    this.#isExcused = isExcused;
    this.#limitMs = limitMs;
    this.#onStall = onStall;
  }

  /** (Re)starts the wait. */
  touch(): void {
    this.#waitedMs = 0;
    this.#last = performance.now();
    this.#timer ??= setInterval(() => this.#tick(), Math.min(tickMs, this.#limitMs));
  }

  /** Nothing is waited for. */
  rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    const now = performance.now();
    const passedMs = now - this.#last;
    this.#last = now;
    this.#waitedMs += passedMs > tickMs + lateMs || this.#isExcused() ? 0 : passedMs;
    if (this.#waitedMs < this.#limitMs) return;
    this.rest();
    this.#onStall();
  }
}
