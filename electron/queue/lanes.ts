/** Lanes: one queue for each kind of resource, so that two jobs never fight over the same one. */
import PQueue from "p-queue";
import { ArchivistError } from "../contract/errors.ts";

export const laneNames = ["disk", "speech", "render", "network"] as const;
export type LaneName = (typeof laneNames)[number];

/** How many steps of a kind run at once. */
export type LaneWidths = Readonly<Record<LaneName, number>>;

export class Lanes {
  readonly #queues: Readonly<Record<LaneName, PQueue>>;
  readonly #waiting = new Map<AbortSignal, number>();

  constructor(widths: LaneWidths) {
    const lane = (name: LaneName): PQueue => new PQueue({ concurrency: widths[name] });
    this.#queues = { disk: lane("disk"), speech: lane("speech"), render: lane("render"), network: lane("network") };
  }

  /** True while the work of a signal waits for its turn. */
  isWaiting(signal: AbortSignal): boolean {
    return this.#waiting.has(signal);
  }

  #count(signal: AbortSignal | undefined, change: 1 | -1): void {
    if (signal === undefined) return;
    const count = (this.#waiting.get(signal) ?? 0) + change;
    if (count === 0) this.#waiting.delete(signal);
    else this.#waiting.set(signal, count);
  }

  /**
   * Waits for a place in a lane and runs the work. Who is told to stop while waiting goes at once. The signal is not
   * handed to the queue itself: that would give the place away while the work is still cleaning up after itself.
   * @param order whoever has the lower one goes first, whenever a place is free
   */
  run<T>(lane: LaneName, signal: AbortSignal | undefined, work: () => Promise<T>, order = 0): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => reject(new ArchivistError("interrupted"));
      signal?.addEventListener("abort", leave, { once: true });
      this.#count(signal, 1);
      const pool = async (): Promise<void> => {
        this.#count(signal, -1);
        signal?.removeEventListener("abort", leave);
        if (signal?.aborted) return leave();
        await work().then(resolve, reject);
      };
      void this.#queues[lane].add(pool, { priority: -order });
    });
  }
}
