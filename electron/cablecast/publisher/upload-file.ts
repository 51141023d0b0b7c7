/** Uploads a file in segments; an interrupted upload is resumed at its first missing segment. */
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { minuteMs } from "../../captions/time/durations.ts";
import { findUpload, forgetUpload, saveUpload, type UploadRow } from "../../catalog/repositories/publishing.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { abortableDelay } from "../../platform/abortable-delay.ts";
import { openPlainFile } from "../../platform/plain-files.ts";
import type { PublisherDeps } from "./dependencies.ts";

/** The size in the vendor's own sample. */
const segmentBytes = 5 * 1024 * 1024;
/** Long enough for one segment over a slow line. */
const segmentTimeoutMs = 10 * minuteMs;

const states = { error: 0, uploading: 1, finished: 5, timeout: 6 } as const;

/**
 * The store for uploads: the one in the settings, else the only one there is. @throws ArchivistError `publish.no-place`
 */
export async function chosenStore({ client, settings, signal }: PublisherDeps): Promise<number> {
  if (settings.fileStore !== null) return settings.fileStore;
  const stores = await client.list("filestores", "fileStores", signal);
  const [only] = stores;
  if (only !== undefined && stores.length === 1) return only.id;
  const list = stores.map(({ id, name }) => `${id} (${name ?? "no name"})`).join(", ");
  throw new ArchivistError("publish.no-place", {
    cause: "the server has several file stores",
    remedy: `Set cablecast.fileStore to one of: ${list}.`,
  });
}

/**
 * Uploads a file. @param fileName its name on the server
 * @throws ArchivistError `cablecast.*`, `file.*`, `interrupted`
 */
export async function uploadFile(deps: PublisherDeps, path: string, fileName: string = basename(path)): Promise<void> {
  const { catalog, client, signal } = deps;
  const store = await chosenStore(deps);
  const { size, mtimeMs } = await stat(path);
  const totalSegments = Math.max(1, Math.ceil(size / segmentBytes));
  const content = { path, size, modifiedMs: Math.round(mtimeMs), store };
  let row = await resumable(deps, content);
  if (row === undefined) {
    const { id } = await client.createUpload({ fileName, destinationStore: store, totalSegments, size }, signal);
    row = { ...content, uploadId: id, nextSegment: 0 };
    saveUpload(catalog, row);
  }
  await sendSegments(deps, row, fileName, totalSegments, getTimeLimit(deps, fileName));
  await client.finishUpload(row.uploadId, signal);
  await waitForEnd(deps, row.uploadId);
  forgetUpload(catalog, path, store);
}

/** Finds an upload of the same file that the server still accepts segments for. */
async function resumable(
  { catalog, client, signal }: PublisherDeps,
  content: Omit<UploadRow, "uploadId" | "nextSegment">,
) {
  const row = findUpload(catalog, content.path, content.store);
  if (row === undefined || row.size !== content.size || row.modifiedMs !== content.modifiedMs) return undefined;
  try {
    const { state } = await client.upload(row.uploadId, signal);
    return state === states.error || state === states.timeout ? undefined : row;
  } catch (thrown) {
    if (thrown instanceof ArchivistError && thrown.code === "cablecast.not-found") return undefined;
    throw thrown;
  }
}

/** Returns how long an upload may still take, in milliseconds. */
type TimeLimit = () => number;

/** Counts the time of an upload from now on. The result throws ArchivistError `cablecast.timeout` when it is over. */
function getTimeLimit({ clock, settings }: PublisherDeps, fileName: string): TimeLimit {
  const end = clock.monotonicMs() + settings.uploadMinutes * minuteMs;
  return () => {
    const left = end - clock.monotonicMs();
    if (left > 0) return left;
    throw new ArchivistError("cablecast.timeout", {
      subject: fileName,
      cause: `sending it has taken longer than ${settings.uploadMinutes} minutes`,
      remedy: "Retry: it goes on where it ended. For a slow line, raise cablecast.uploadMinutes in the settings.",
    });
  };
}

async function sendSegments(
  { catalog, client, signal, onProgress }: PublisherDeps,
  row: UploadRow,
  fileName: string,
  total: number,
  timeLimit: TimeLimit,
): Promise<void> {
  const file = await openPlainFile(row.path);
  try {
    for (let segment = row.nextSegment; segment < total; segment++) {
      const length = Math.min(segmentBytes, row.size - segment * segmentBytes);
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await file.read(bytes, 0, length, segment * segmentBytes);
      if (bytesRead !== length) throw new ArchivistError("file.changed", { subject: row.path });
      const timeoutMs = Math.min(segmentTimeoutMs, timeLimit());
      try {
        await client.sendSegment(row.uploadId, segment, new Blob([bytes]), fileName, timeoutMs, signal);
      } catch (thrown) {
        // A segment that was cut off by the limit of the whole upload failed because of that limit.
        timeLimit();
        throw thrown;
      }
      saveUpload(catalog, { ...row, nextSegment: segment + 1 });
      onProgress?.((segment + 1) / total, `Sending ${fileName}, part ${segment + 1} of ${total}`);
    }
  } finally {
    await file.close();
  }
}

async function waitForEnd({ client, settings, signal }: PublisherDeps, uploadId: number): Promise<void> {
  const deadline = performance.now() + settings.watchableMinutes * minuteMs;
  for (;;) {
    const { state } = await client.upload(uploadId, signal);
    if (state === states.finished) return;
    if (state === states.error || state === states.timeout || performance.now() > deadline) {
      throw new ArchivistError("cablecast.busy", {
        cause: `the server did not take the file (upload ${uploadId}, state ${state})`,
      });
    }
    await abortableDelay(Math.min(3_000, settings.pollSeconds * 1000), signal);
  }
}
