import { ArchivistError } from "../contract/errors.ts";

/** Waits for a number of milliseconds. @throws ArchivistError `interrupted` when the signal is aborted */
export function abortableDelay(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new ArchivistError("interrupted"));
    const leave = (): void => {
      clearTimeout(timer);
      reject(new ArchivistError("interrupted"));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", leave);
      resolve();
    }, ms);
    signal?.addEventListener("abort", leave, { once: true });
  });
}
