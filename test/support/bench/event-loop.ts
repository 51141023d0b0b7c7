/** Measures how much and how long the event loop of this process is blocked. */
import { monitorEventLoopDelay } from "node:perf_hooks";

/** @returns The longest time that the event loop was blocked while the work was done, in milliseconds */
export async function measureLongestBlock(work: () => Promise<unknown>): Promise<number> {
  const monitor = monitorEventLoopDelay({ resolution: 5 });
  // Let earlier work finish, so that it is not counted.
  await new Promise((resolve) => setTimeout(resolve, 20));
  monitor.enable();
  await work();
  await new Promise((resolve) => setTimeout(resolve, 20));
  monitor.disable();
  return monitor.max / 1e6;
}

/** Minimum that tests expect of `countTurns`: a process that blocks while a share hangs counts only a handful. */
export const minTurns = 30;

/**
 * Counts how often a timer ran while the work was awaited. A busy machine makes the count smaller, but not small. `npm
 * run bench -- queue` measures the longest block in milliseconds.
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
