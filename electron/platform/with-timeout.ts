/**
 * A call to a file server that has gone away can block forever and cannot be canceled. With a timeout the caller fails
 * and its lane is released, while the call itself is abandoned.
 */
import { ArchivistError } from "../contract/errors.ts";

/**
 * Waits for file work with a timeout.
 * @param seconds time after which the file's location counts as hung
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
