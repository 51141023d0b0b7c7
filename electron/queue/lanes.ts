/**
 * Lanes: limited resources that running jobs share, each with a width, so that jobs do not compete for one. A job waits
 * for its pool before it starts, and for lanes while it runs (README.md, "Lanes").
 */
import PQueue from "p-queue";
import { ArchivistError } from "../contract/errors.ts";

export const laneNames = ["disk", "speech", "render", "network"] as const;
export type LaneName = (typeof laneNames)[number];

/** Number of steps that may run in each lane at once. */
export type LaneWidths = Readonly<Record<LaneName, number>>;

export class Lanes {
  readonly #queues: Readonly<Record<LaneName, PQueue>>;
  readonly #waiting = new Map<AbortSignal, number>();

  constructor(widths: LaneWidths) {
    const lane = (name: LaneName): PQueue => new PQueue({ concurrency: widths[name] });
    this.#queues = { disk: lane("disk"), speech: lane("speech"), render: lane("render"), network: lane("network") };
  }

  /** True while this signal's work waits for a lane. */
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
   * Waits for a free slot in a lane, then runs the work. Work that is aborted while waiting leaves the lane at once.
   * The signal is not passed to p-queue: that would free the slot while the work is still cleaning up.
   * @param order among waiting work, the lowest goes first
   * @throws ArchivistError `interrupted` when aborted while waiting, and whatever the work throws
   */
  run<T>(lane: LaneName, signal: AbortSignal | undefined, work: () => Promise<T>, order = 0): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => reject(new ArchivistError("interrupted"));
      signal?.addEventListener("abort", leave, { once: true });
      this.#count(signal, 1);
      const enter = async (): Promise<void> => {
        this.#count(signal, -1);
        signal?.removeEventListener("abort", leave);
        if (signal?.aborted) return leave();
        await work().then(resolve, reject);
      };
      void this.#queues[lane].add(enter, { priority: -order });
    });
  }
}
