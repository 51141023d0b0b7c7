/**
 * Whether a catalog is whole: every page of the file is read once, in a thread of its own, because a large catalog takes
 * seconds. SQLite itself notices a damaged page only when something is looked for on it, which may be weeks later.
 */
import { askLimitedThread } from "../platform/threads/ask-limited-thread.ts";

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
export async function findDamage(file: string): Promise<string | undefined> {
  const workerData: IntegrityRequest = { file };
  const worker = new URL("./integrity-worker.ts", import.meta.url);
  try {
    return (await askLimitedThread<IntegrityAnswer>(worker, { workerData, memoryMb })).problem;
  } catch {
    return undefined;
  }
}
