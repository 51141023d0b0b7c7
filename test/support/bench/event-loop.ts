/** How long nothing else got its turn in this process. */
import { monitorEventLoopDelay } from "node:perf_hooks";

/** @returns Milliseconds: the longest that the event loop stood still while the work was done */
export async function measureLongestBlock(work: () => Promise<unknown>): Promise<number> {
  const monitor = monitorEventLoopDelay({ resolution: 5 });
  // What came before is not this work's fault.
  await new Promise((resolve) => setTimeout(resolve, 20));
  monitor.enable();
  await work();
  await new Promise((resolve) => setTimeout(resolve, 20));
  monitor.disable();
  return monitor.max / 1e6;
}

/**
 * What a test holds the longest block against, in milliseconds: far below the seconds for which a share hangs, and far
 * above what a busy machine does to a test. `npm run bench -- queue` gives the figure; the aim is 100.
 */
export const notFrozenMs = 700;
