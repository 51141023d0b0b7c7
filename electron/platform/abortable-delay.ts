import { ArchivistError } from "../contract/errors.ts";

/** Waits; a signal ends the wait. @throws ArchivistError `interrupted` */
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
