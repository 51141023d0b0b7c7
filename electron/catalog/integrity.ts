/**
 * Whether a catalog is whole: every page of the file is read once, in a thread of its own, because a large catalog takes
 * seconds. SQLite itself notices a damaged page only when something is looked for on it, which may be weeks later.
 */
import { startLimitedThread } from "../platform/threads/limited-thread.ts";

export interface IntegrityRequest {
  readonly file: string;
}

/** What SQLite says is wrong; absent: nothing. */
export interface IntegrityAnswer {
  readonly problem?: string | undefined;
}

/** SQLite reads page by page. */
const memoryMb = 256;

/**
 * @param file of a catalog that may be in use
 * @returns what is wrong with it; undefined: nothing, or it could not be checked
 */
export function findDamage(file: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request: IntegrityRequest = { file };
    const worker = startLimitedThread(new URL("./integrity-worker.ts", import.meta.url), {
      workerData: request,
      memoryMb,
      onFull: () => resolve(undefined),
    });
    worker.once("message", ({ problem }: IntegrityAnswer) => resolve(problem));
    worker.once("error", () => resolve(undefined));
    worker.once("exit", () => resolve(undefined));
  });
}
