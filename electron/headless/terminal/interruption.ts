/** Ctrl-C and its relatives: the first one asks everything to stop, the second one does not wait. */

/** Exit code of an interrupted command. */
export const interruptedExitCode = 130;

const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Runs work with a signal that is aborted when the user interrupts. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => {
    // Leaving kills every child (lib/process); a second Ctrl-C means that waiting takes too long.
    if (controller.signal.aborted) process.exit(interruptedExitCode);
    controller.abort();
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
