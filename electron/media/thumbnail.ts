/** Makes a thumbnail of a recording. */
import { rm } from "node:fs/promises";
import { ArchivistError } from "../contract/errors.ts";
import { run } from "../platform/process/run.ts";
import { explainReading } from "./explain-failure.ts";
import { inputArguments } from "./input-arguments.ts";
import { mediaMemoryBytes } from "./memory-limit.ts";
import type { Tool } from "./tools.ts";

/** Width in pixels of the picture that players show before a video begins. */
const width = 1280;
/** Most of it: a picture on its side is no taller than a wide one is wide. */
const height = 1280;
/** Share of the recording to skip: titles, test bars and black come first; a tenth in, the picture shows the room. */
const share = 0.1;

/**
 * Writes a JPEG of the most representative picture about a tenth into a recording.
 * @param seconds length of the recording
 * @returns False when the recording has no picture
 * @throws ArchivistError `tool.failed`, `interrupted`
 */
export async function makeThumbnail(
  ffmpeg: Tool,
  path: string,
  target: string,
  seconds: number,
  signal?: AbortSignal,
): Promise<boolean> {
  // Made small first: fifty pictures are compared.
  const size = `scale=w='min(${width},iw)':h='min(${height},ih)':force_original_aspect_ratio=decrease`;
  // In a step of its own: FFmpeg before 4.3 cannot do both in one.
  const filter = `${size},scale=trunc(iw/2)*2:trunc(ih/2)*2,thumbnail=50`;
  const result = await run({
    name: "ffmpeg",
    command: ffmpeg.path,
    maxMemoryBytes: mediaMemoryBytes,
    args: [
      ...["-nostdin", "-hide_banner", "-loglevel", "error", "-y"],
      ...["-ss", String(Math.floor(seconds * share)), ...inputArguments(path)],
      ...["-map", "0:v:0?", "-frames:v", "1", "-vf", filter, "-q:v", "3", "-f", "mjpeg", target],
    ],
    stallMs: 120_000,
    ...(signal === undefined ? {} : { signal }),
  });
  if (result.code === 0) return true;
  await rm(target, { force: true });
  // FFmpeg's message for a file that has sound only.
  if (result.stderr.some((line) => noPicture.test(line))) return false;
  const known = await explainReading(result.stderr, path);
  throw new ArchivistError(known?.code ?? "tool.failed", {
    subject: path,
    underlying: result.stderr,
    cause: known?.cause ?? "no picture could be made of the recording",
  });
}

const noPicture = /does not contain any stream|Output file is empty|matches no streams|Nothing was written/i;
