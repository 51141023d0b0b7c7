/**
 * Uploads at full speed keep the station so busy that calls wait (ten of them on two cores: a call in a hundred for 0.4 s). So
 * they pause between pieces, for longer while the station has hardly a moment of rest, and not at all when it has.
 */
import { performance } from "node:perf_hooks";
import { abortableDelay } from "../../platform/abortable-delay.ts";

/** Share of the time in which the station works, from which on uploads give way. */
const busy = 0.6;
/** How often it is looked at, in milliseconds. */
const intervalMs = 50;
/** A piece is 64 KB: even at the longest pause an upload takes in more than a megabyte a second. */
const maxPauseMs = 50;
const firstPauseMs = 1;

export class UploadPace {
  readonly #now: () => number;
  readonly #measureBusyShare: () => number;
  #measuredAt: number;
  #pauseMs = 0;

  /**
   * @param now monotonic clock, in milliseconds
   * @param measureBusyShare returns the share of the time since it was called last in which the station has worked
   */
  constructor(now: () => number = () => performance.now(), measureBusyShare = busyShareOfThread()) {
    this.#now = now;
    this.#measureBusyShare = measureBusyShare;
    this.#measuredAt = now();
  }

  /** Milliseconds to wait before the next piece. */
  getPause(): number {
    if (this.#now() - this.#measuredAt >= intervalMs) {
      this.#measuredAt = this.#now();
      const isBusy = this.#measureBusyShare() > busy;
      const longer = Math.min(maxPauseMs, Math.max(firstPauseMs, this.#pauseMs * 1.5));
      const shorter = this.#pauseMs <= firstPauseMs ? 0 : this.#pauseMs / 2;
      this.#pauseMs = isBusy ? longer : shorter;
    }
    return this.#pauseMs;
  }

  /** @throws ArchivistError `interrupted` */
  async wait(signal: AbortSignal): Promise<void> {
    const pause = this.getPause();
    if (pause > 0) await abortableDelay(pause, signal);
  }
}

function busyShareOfThread(): () => number {
  let since = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, since);
    since = now;
    return utilization;
  };
}
