/** Uploads files to the station in segments; an interrupted upload of the same file is resumed. */
import { exponentialBackoffMs } from "../../electron/contract/backoff.ts";
import { client } from "./connection.ts";
import { toFailure } from "./failure.ts";

const segmentBytes = 8 * 1024 * 1024;
const triesOfASegment = 20;
const firstWaitMs = 500;
const maxWaitMs = 5_000;

export interface UploadProgress {
  readonly received: number;
  readonly bytes: number;
}

let running = 0;

/** True while a file is on its way: whoever waits for it is at work. */
export const isUploading = (): boolean => running > 0;

export async function uploadFile(
  file: File,
  onProgress: (progress: UploadProgress) => void,
  signal: AbortSignal,
): Promise<string> {
  running++;
  try {
    return await sendFile(file, onProgress, signal);
  } finally {
    running--;
  }
}

/**
 * @returns Path of the file on the station
 * @throws Failure
 */
async function sendFile(
  file: File,
  onProgress: (progress: UploadProgress) => void,
  signal: AbortSignal,
): Promise<string> {
  let state = await client.intake.beginUpload({
    filename: file.name,
    bytes: file.size,
    modifiedMs: Math.round(file.lastModified),
  });
  let failures = 0;
  while (state.path === null) {
    signal.throwIfAborted();
    onProgress({ received: state.received, bytes: state.bytes });
    try {
      const answer = await fetch(`/uploads/${state.id}?offset=${state.received}`, {
        method: "PUT",
        body: file.slice(state.received, state.received + segmentBytes),
        headers: { "content-type": "application/octet-stream" },
        signal,
      });
      const json: unknown = await answer.json();
      if (!answer.ok) throw toFailure(json);
      state = json as typeof state;
      failures = 0;
    } catch (thrown) {
      const failure = toFailure(thrown);
      if (signal.aborted || ++failures > triesOfASegment) throw failure;
      if (failure.problem.code !== "unknown" && !failure.problem.retryable) throw failure;
      // The connection or the station is away for a moment: wait, then ask the station where to resume.
      const waitMs = exponentialBackoffMs({ attempt: failures, firstMs: firstWaitMs, maxMs: maxWaitMs });
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      state = await client.intake.uploadState({ id: state.id }).catch(() => state);
    }
  }
  onProgress({ received: state.bytes, bytes: state.bytes });
  return state.path;
}
