/** Waiting for a job, for calls that answer when the work is done. */
import type { JobRow } from "../catalog/repositories/jobs.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { LegacyServices } from "./services.ts";

const isOver = ({ completedDate }: JobRow): boolean => completedDate !== null;

/** True when an attempt has failed and another one follows later: a caller should not wait for that. */
const hasFailedOnce = ({ state, notBefore, errorCode }: JobRow): boolean =>
  state === "queued" && notBefore !== null && errorCode !== null;

/**
 * Waits until a job is over.
 * @throws ArchivistError `interrupted` if the caller disconnects first
 */
export const waitForJob = (services: LegacyServices, id: string, signal: AbortSignal | undefined): Promise<JobRow> =>
  waitUntil(services, id, isOver, signal);

/**
 * Waits until a job is over, or its first attempt has failed.
 * @throws ArchivistError `interrupted` if the caller disconnects first
 */
export const waitForAttempt = (
  services: LegacyServices,
  id: string,
  signal: AbortSignal | undefined,
): Promise<JobRow> => waitUntil(services, id, (row) => isOver(row) || hasFailedOnce(row), signal);

/** What the caller is told of a job that did not succeed. */
export function describeFailure(row: JobRow): string {
  const reason = row.errorMessage ?? (row.state === "cancelled" ? "it was cancelled" : "it has failed");
  return isOver(row) ? reason : `${reason}. Archivist tries it again by itself.`;
}

function waitUntil(
  { runtime }: LegacyServices,
  id: string,
  isEnough: (row: JobRow) => boolean,
  signal: AbortSignal | undefined,
): Promise<JobRow> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      unsubscribe();
      signal?.removeEventListener("abort", stop);
    };
    const stop = (): void => {
      leave();
      reject(new ArchivistError("interrupted"));
    };
    const check = (): void => {
      try {
        const row = runtime.jobService.find(id);
        if (!isEnough(row)) return;
        leave();
        resolve(row);
      } catch (thrown) {
        leave();
        reject(thrown);
      }
    };
    const unsubscribe = runtime.queue.feed.listen(check);
    signal?.addEventListener("abort", stop, { once: true });
    if (signal?.aborted) stop();
    else check();
  });
}
