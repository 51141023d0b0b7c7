/**
 * Converts a model in a thread of its own, with a limit of memory and time: no file can hold the station, whatever is in it.
 */
import { extname } from "node:path";
import { hourMs, minuteMs } from "../../captions/time/durations.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { startLimitedThread } from "../../platform/threads/limited-thread.ts";
import { withTimeout } from "../../platform/with-timeout.ts";
import { type ConversionMessage, type ConversionRequest, fromPlainError } from "./conversion-messages.ts";
import { canceled, damaged, notWhisper } from "./refusals.ts";

export interface ConversionOptions {
  readonly signal?: AbortSignal | undefined;
  /** Share that is written, from 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Called before anything is written; an error ends the conversion. */
  readonly checkSpace: (outputBytes: number) => Promise<void>;
  readonly limits?: ConversionLimits;
}

export interface ConversionLimits {
  /** Longest time without any progress: shares can hang. */
  readonly stallMs: number;
  readonly deadlineMs: number;
  readonly memoryMb: number;
}

/** A large model (3 GB) takes about a minute; memory is for the tokenizer's file and pieces of a few megabytes. */
const defaultLimits: ConversionLimits = { stallMs: 2 * minuteMs, deadlineMs: 2 * hourMs, memoryMb: 768 };

/** The thread's file has the ending of this one: TypeScript, or JavaScript where the program is installed. */
const workerFile = new URL(`./conversion-worker${extname(import.meta.filename)}`, import.meta.url);
/** A thread that waits for a share cannot be ended before the share answers. */
const endingSeconds = 5;

/** What came of it: a new file, or the finding that the file was a model of whisper.cpp already. */
export type ConversionResult = { readonly kind: "converted" } | { readonly kind: "ggml"; readonly file: string };

/**
 * Converts a model. When it fails, what was written so far is left to the caller to remove.
 * @throws ArchivistError `model.*`, `file.*`, `disk.*`, `folder.not-writable`, `interrupted`
 */
export async function runConversion(request: ConversionRequest, options: ConversionOptions): Promise<ConversionResult> {
  const { signal, onProgress, checkSpace, limits = defaultLimits } = options;
  const { path } = request;
  if (signal?.aborted) throw canceled();
  const { promise, resolve, reject } = Promise.withResolvers<ConversionResult>();
  const worker = startLimitedThread(workerFile, {
    workerData: request,
    memoryMb: limits.memoryMb,
    onFull: () => reject(notWhisper(path, "it needs more memory to read than any Whisper model does")),
  });
  const abort = (): void => reject(canceled());
  signal?.addEventListener("abort", abort, { once: true });
  const stalled = setTimeout(() => reject(tooSlow(path, "nothing was read of it for a long time")), limits.stallMs);
  const deadline = setTimeout(() => reject(tooSlow(path, "converting it took too long")), limits.deadlineMs);
  const exit = new Promise<void>((ended) => {
    worker.once("exit", () => {
      ended();
      reject(damaged(path, "reading it ended before it was done"));
    });
  });
  worker.once("error", reject);
  worker.on("message", (message: ConversionMessage) => {
    stalled.refresh();
    switch (message.kind) {
      case "ggml":
        resolve(message);
        break;
      case "opened":
        checkSpace(message.outputBytes).then(() => worker.postMessage("write"), reject);
        break;
      case "progress":
        onProgress?.(message.share);
        break;
      case "done":
        resolve({ kind: "converted" });
        break;
      case "refused":
        reject(fromPlainError(message.error));
        break;
    }
  });
  try {
    return await promise;
  } finally {
    clearTimeout(stalled);
    clearTimeout(deadline);
    signal?.removeEventListener("abort", abort);
    void worker.terminate();
    // Its files have to be closed before one of them can be removed or renamed.
    await withTimeout(endingSeconds, path, exit).catch(() => undefined);
  }
}

function tooSlow(path: string, cause: string): ArchivistError {
  return new ArchivistError("disk.failed", {
    subject: path,
    cause,
    remedy: "Check the disk or share that it lies on, or copy the model to this machine and import the copy.",
  });
}
