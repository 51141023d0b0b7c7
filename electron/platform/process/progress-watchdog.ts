/**
 * Detects that an operation makes no progress. Only time in which this process ran counts: after the machine slept for
 * hours, or its clock was set, the other side gets its full time again.
 */
const tickMs = 1_000;
/** Gaps that exceed a tick by more than this are not counted: the machine slept, or this process was suspended. */
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
   * @param isExcused true while time does not count, because the operation waits in a queue
   */
  constructor(limitMs: number, onStall: () => void, isExcused: () => boolean = () => false) {
    this.#isExcused = isExcused;
    this.#limitMs = limitMs;
    this.#onStall = onStall;
  }

  /** Starts or restarts the wait. */
  touch(): void {
    this.#waitedMs = 0;
    this.#last = performance.now();
    this.#timer ??= setInterval(() => this.#tick(), Math.min(tickMs, this.#limitMs));
  }

  /** Stops the timer. */
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
