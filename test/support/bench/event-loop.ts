/** Whether, and for how long, other work got its turn in this process. */
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

/** What a test holds `countTurns` against: a process that stands still while a share hangs counts a handful. */
export const minTurns = 30;

/**
 * How often other work got its turn while this work was waited for: a count, which a busy machine makes smaller but not
 * small. `npm run bench -- queue` measures the longest block in milliseconds.
 */
export async function countTurns(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  const timer = setInterval(() => turns++, 5);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return turns;
}
