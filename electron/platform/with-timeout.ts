/**
 * A call into a file server that has gone away can block for ever, and nothing can take it back. What waits for it can
 * be told so: the work fails, its lane is free again, and the call is left to itself.
 */
import { ArchivistError } from "../contract/errors.ts";

/**
 * Waits for file work, but not for ever.
 * @param seconds after which the place counts as hung
 * @throws ArchivistError `tool.stalled`; what the work throws
 */
export async function withTimeout<T>(seconds: number, subject: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const cause = `the disk or share that it lies on did not answer for ${seconds} seconds`;
      reject(new ArchivistError("tool.stalled", { subject, cause }));
    }, seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
