/** Probes a recording: returns what is in it, or an error that says exactly what is wrong with it. */
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { formatClock } from "../captions/time/clock-text.ts";
import { hourMs } from "../captions/time/durations.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { MediaSettings } from "../contract/settings.ts";
import { formatBytes } from "../contract/sizes.ts";
import { fileError } from "../platform/file-errors.ts";
import { openPlainFile } from "../platform/plain-files.ts";
import { run } from "../platform/process/run.ts";
import { withTimeout } from "../platform/with-timeout.ts";
import { explainReading } from "./explain-failure.ts";
import { inputArguments } from "./input-arguments.ts";
import { mediaMemoryBytes } from "./memory-limit.ts";
import { interpretProbe, type MediaInfo } from "./probe-report.ts";
import type { Tool } from "./tools.ts";

/**
 * Checks a path without reading the content: exists, a file, readable, not empty, not too large.
 * @throws ArchivistError `file.*` without a subject
 */
export async function checkFile(path: string, settings: MediaSettings): Promise<void> {
  try {
    if (path.includes("\0")) throw new ArchivistError("file.missing", { cause: "the name contains a NUL byte" });
    const info = await stat(path);
    if (info.isDirectory()) throw new ArchivistError("file.is-folder");
    // A pipe or a device has no end and cannot be read twice.
    if (!info.isFile()) throw new ArchivistError("file.not-regular");
    await access(path, constants.R_OK);
    if (info.size === 0) throw new ArchivistError("file.empty");
    const limit = settings.maxFileGigabytes;
    if (info.size > limit * 1e9) {
      throw new ArchivistError("file.too-large", {
        cause: `the file is larger than the limit (${formatBytes(info.size)}, limit ${limit} GB)`,
      });
    }
  } catch (thrown) {
    const error = fileError(thrown, "", "read");
    throw error;
  }
}

/**
 * Every ISO media file begins with a box of a known type. ffprobe trusts the extension `.mp4` and reports for any text
 * in such a file that its index is missing, which would send the user to copy a file that never was a recording.
 */
async function startsLikeIsoMedia(path: string): Promise<boolean> {
  const handle = await openPlainFile(path);
  try {
    const { buffer } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    return /^(ftyp|moov|mdat|free|skip|wide|pnot|styp|moof|sidx|uuid)$/.test(buffer.toString("latin1", 4, 8));
  } finally {
    await handle.close();
  }
}

/**
 * Probes a recording.
 * @param path absolute
 * @throws ArchivistError `file.*`, `media.*` without a subject, `tool.*`, `interrupted`
 */
export async function probe(
  ffprobe: Tool,
  path: string,
  settings: MediaSettings,
  signal?: AbortSignal,
): Promise<MediaInfo> {
  await withTimeout(settings.stallSeconds, "", checkFile(path, settings));
  const packets = ["-show_packets", "-read_intervals", "%+#8", "-show_entries", "packet_side_data=side_data_type"];
  const show = ["-show_format", "-show_streams", ...packets, "-print_format", "json"];
  const result = await run({
    name: "ffprobe",
    command: ffprobe.path,
    maxMemoryBytes: mediaMemoryBytes,
    args: ["-hide_banner", "-loglevel", "error", ...show, ...inputArguments(path)],
    stallMs: settings.stallSeconds * 1000,
    signal,
  });
  if (result.stalled) {
    throw new ArchivistError("tool.stalled", {
      cause: `the file did not answer for ${settings.stallSeconds} seconds`,
    });
  }
  if (result.code !== 0) {
    const known = await explainReading(result.stderr, path);
    const code = known?.code ?? "media.not-media";
    if (code === "media.truncated" && /moov atom/.test(result.stderr.join()) && !(await startsLikeIsoMedia(path))) {
      throw new ArchivistError("media.not-media", { underlying: result.stderr });
    }
    throw new ArchivistError(code, {
      underlying: result.stderr,
      ...(known?.cause === undefined ? {} : { cause: known.cause }),
    });
  }
  const info = interpretProbe(parseJson(result.stdout));
  if (result.stderr.some((line) => /DRM protected/.test(line))) throw new ArchivistError("media.encrypted");
  // A length that is only estimated is no reason to refuse a recording: decoding stops at the limit by itself.
  const isStated = info.isLengthStated !== false;
  if (isStated && info.durationMs !== undefined && info.durationMs > settings.maxHours * hourMs) {
    throw new ArchivistError("media.too-long", {
      cause: `the recording is longer than the limit (${formatClock(info.durationMs)}, limit ${settings.maxHours} hours)`,
    });
  }
  return info;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new ArchivistError("tool.failed", {
      cause: "ffprobe gave an answer that cannot be read",
      underlying: thrown,
    });
  }
}
