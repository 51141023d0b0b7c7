/** Lanes: one queue for each kind of resource, so that two jobs never fight over the same one (design.md §4.4). */
import PQueue from "p-queue";
import { ArchivistError } from "../contract/errors.ts";

export type LaneName = "disk" | "speech";

/** How many steps of a kind run at once. */
const widths: Readonly<Record<LaneName, number>> = { disk: 1, speech: 1 };

export class Lanes {
  readonly #queues: Readonly<Record<LaneName, PQueue>> = {
    disk: new PQueue({ concurrency: widths.disk }),
    speech: new PQueue({ concurrency: widths.speech }),
  };

  /**
   * Waits for a place in a lane and runs the work. The signal is not handed to the queue: it would give the place away
   * while the work is still cleaning up after itself.
   * @param turn whoever has the lower one goes first, whenever a place is free
   */
  run<T>(lane: LaneName, signal: AbortSignal | undefined, work: () => Promise<T>, turn = 0): Promise<T> {
    const place = () => {
      if (signal?.aborted) throw new ArchivistError("interrupted");
      return work();
    };
    return this.#queues[lane].add(place, { priority: -turn });
  }
}
