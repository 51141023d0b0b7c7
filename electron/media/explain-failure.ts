/** Why ffmpeg could not read a recording: it calls some damaged files an error of the disk, which this asks the disk about. */
import type { ErrorCode } from "../contract/errors.ts";
import { openPlainFile } from "../platform/plain-files.ts";
import { withTimeout } from "../platform/with-timeout.ts";
import { explainFfmpeg } from "./ffmpeg-messages.ts";

/** Places that are read, spread evenly, and bytes at each. */
const places = 16;
const placeBytes = 256 * 1024;
/** A share that takes longer for them does not answer. */
const maxSeconds = 30;

/** Whether the disk or share gives a file's content. */
async function isReadable(path: string): Promise<boolean> {
  try {
    const handle = await openPlainFile(path);
    try {
      const { size } = await handle.stat();
      const buffer = Buffer.alloc(placeBytes);
      const last = Math.max(0, size - placeBytes);
      for (let place = 0; place < places; place++) {
        await handle.read(buffer, 0, placeBytes, Math.floor((last * place) / (places - 1)));
      }
    } finally {
      await handle.close();
    }
    return true;
  } catch {
    return false;
  }
}

/**
 * Finds the error that FFmpeg's last lines describe; undefined when they match no known one.
 * @param path of the recording that it was to read
 */
export async function explainReading(
  lines: readonly string[],
  path: string,
): Promise<{ readonly code: ErrorCode; readonly cause?: string } | undefined> {
  const known = explainFfmpeg(lines);
  if (known?.code !== "disk.failed") return known;
  const isThere = await withTimeout(maxSeconds, path, isReadable(path)).catch(() => false);
  return isThere ? { code: "media.undecodable" } : known;
}
