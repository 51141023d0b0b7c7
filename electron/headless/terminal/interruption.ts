/** Handles Ctrl-C and similar signals: the first one asks all work to stop, the second one exits at once. */

/** Exit code of an interrupted command. */
export const interruptedExitCode = 130;

const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Runs work with an `AbortSignal` that is aborted when the user interrupts. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => {
    // Exiting kills every child (lib/process); a second Ctrl-C means that waiting takes too long.
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
