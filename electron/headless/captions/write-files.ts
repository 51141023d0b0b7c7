/** The files that are written after a command has changed captions. */
import type { Station } from "../../station.ts";

/** How often it is looked whether the files are written, in milliseconds. */
const pollMs = 50;

/** Runs the jobs that write the files, and no others; a running station does that by itself. */
export async function writeFiles({ runtime, isBeside }: Station, jobIds: readonly string[]): Promise<void> {
  if (isBeside || jobIds.length === 0) return;
  const { queue, jobService, monitor } = runtime;
  const mine = new Set(jobIds);
  await monitor.checkAll();
  queue.start((id) => mine.has(id));
  try {
    const isOpen = (id: string): boolean => {
      const { completedDate, state } = jobService.find(id);
      return completedDate === null && state !== "waiting";
    };
    while (!jobService.isPaused && jobIds.some(isOpen)) await new Promise((resolve) => setTimeout(resolve, pollMs));
  } finally {
    await queue.stop({ drain: true });
    monitor.stop();
  }
}
