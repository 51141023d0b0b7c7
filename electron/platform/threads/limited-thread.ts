/**
 * A thread whose memory is watched from outside and that is ended when it takes more than its share.
 *
 * V8's own limit (`resourceLimits`) cannot be relied on: when a thread passes it between two of V8's checks, the whole
 * process is ended ("Reached heap limit"), and with it everything else that the station does. It stays as a second limit,
 * far above the first.
 */
import { Worker } from "node:worker_threads";

/** How often the memory of a thread is looked at, in milliseconds. */
const watchMs = 25;
/** V8's own limit lies so far above: what a thread can take between two looks, or within one call that cannot be interrupted. */
const headroomMb = 1_024;
const mb = 1024 ** 2;

export interface LimitedThreadOptions {
  readonly workerData: unknown;
  /** Memory for JavaScript and buffers, in MiB. */
  readonly memoryMb: number;
  /** Called once, before the thread is ended for taking more memory. */
  readonly onFull: () => void;
}

/** Starts a thread and watches its memory until it ends. */
export function startLimitedThread(file: URL, { workerData, memoryMb, onFull }: LimitedThreadOptions): Worker {
  const worker = new Worker(file, {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb + headroomMb },
  });
  let isFull = false;
  const end = (): void => {
    if (isFull) return;
    isFull = true;
    onFull();
    void worker.terminate();
  };
  const watch = setInterval(() => {
    worker.getHeapStatistics().then(
      ({ used_heap_size: heap, external_memory: buffers }) => {
        if (heap + buffers > memoryMb * mb) end();
      },
      // It has not begun, or has ended.
      () => undefined,
    );
  }, watchMs);
  watch.unref();
  worker.once("error", (thrown: Error & { readonly code?: string }) => {
    if (thrown.code === "ERR_WORKER_OUT_OF_MEMORY") end();
  });
  worker.once("exit", () => clearInterval(watch));
  return worker;
}
