/** Asks a thread of its own one question, with a limit of memory and on wish a deadline. */
import { startLimitedThread } from "./limited-thread.ts";

export interface AskOptions {
  readonly workerData: unknown;
  /** Memory for JavaScript and buffers, in MiB. */
  readonly memoryMb: number;
  /** undefined: it may take as long as it needs. */
  readonly deadlineMs?: number;
}

/** The thread was ended, or ended, before it had answered. */
export class NoAnswerError extends Error {
  readonly reason: "memory" | "time" | "ended";

  constructor(reason: NoAnswerError["reason"]) {
    super(`the thread gave no answer: ${reason}`);
    this.name = "NoAnswerError";
    this.reason = reason;
  }
}

/**
 * Starts a thread, and resolves with the first message that it posts.
 * @throws NoAnswerError; whatever the thread throws
 */
export function askLimitedThread<Answer>(file: URL, { workerData, memoryMb, deadlineMs }: AskOptions): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const worker = startLimitedThread(file, {
    workerData,
    memoryMb,
    onFull: () => reject(new NoAnswerError("memory")),
  });
  const end = (): void => {
    reject(new NoAnswerError("time"));
    void worker.terminate();
  };
  const timer = deadlineMs === undefined ? undefined : setTimeout(end, deadlineMs);
  worker.once("message", (answer: Answer) => {
    resolve(answer);
    // A library may have left something behind that would keep the thread alive.
    void worker.terminate();
  });
  worker.once("error", reject);
  worker.once("exit", () => {
    clearTimeout(timer);
    reject(new NoAnswerError("ended"));
  });
  return promise;
}
