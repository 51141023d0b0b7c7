/** Makes the preview copy of a recording that Chromium cannot play. */
import { rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ArchivistError } from "../contract/errors.ts";
import { syncFolder } from "../platform/atomic-write.ts";
import { OwnedProcess } from "../platform/process/owned-process.ts";
import { explainFfmpeg, isProgressLine, progressMs } from "./ffmpeg-messages.ts";
import { inputArguments } from "./input-arguments.ts";
import { type PreviewPlan, planPreview } from "./playable.ts";
import type { MediaInfo } from "./probe-report.ts";
import type { Tool } from "./tools.ts";

/** Path of the preview copy, inside the recording's folder. */
export const getPreviewFile = (folder: string): string => join(folder, "proxy.mp4");

export interface PreviewRequest {
  readonly ffmpeg: Tool;
  /** Absolute path of the recording. */
  readonly path: string;
  readonly info: MediaInfo;
  /** Folder for the copy; it must exist. */
  readonly folder: string;
  /** Milliseconds without progress after which ffmpeg is ended. */
  readonly stallMs: number;
  /** Threads that ffmpeg may use: transcription has priority over preview copies. */
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with the milliseconds of the recording copied so far. */
  readonly onProgress?: (ms: number) => void;
}

/** Height of the picture in lines: enough to read a name plate, small enough to step through. */
const height = 480;
/** Frames between two key frames: a step back decodes one second at most. */
const keyFrames = 30;

const pictureArguments = (plan: PreviewPlan): readonly string[] => {
  if (plan.video === "none") return ["-vn"];
  if (plan.video === "copy") return ["-map", "0:v:0", "-c:v", "copy"];
  // Even dimensions, as the format requires; interlaced video is deinterlaced; timestamps stay those of the recording.
  const filter = `yadif=deint=interlaced,scale=-2:'min(${height},trunc(ih/2)*2)'`;
  const quality = ["-preset", "veryfast", "-crf", "26", "-g", String(keyFrames), "-pix_fmt", "yuv420p"];
  return ["-map", "0:v:0", "-c:v", "libx264", "-vf", filter, ...quality];
};

const soundArguments = (plan: PreviewPlan, index: number): readonly string[] => [
  ...["-map", `0:${index}`],
  ...(plan.audio === "copy" ? ["-c:a", "copy"] : ["-c:a", "aac", "-b:a", "128k", "-ac", "2"]),
];

function argumentsFor(request: PreviewRequest, plan: PreviewPlan, target: string): readonly string[] {
  return [
    ...["-nostdin", "-hide_banner", "-loglevel", "error", "-nostats", "-progress", "pipe:2", "-y"],
    ...inputArguments(request.path),
    ...pictureArguments(plan),
    ...soundArguments(plan, request.info.audio.index),
    ...["-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-threads", String(request.threads)],
    // Puts the index first, so that a player can start anywhere before the whole file is read.
    ...["-max_muxing_queue_size", "4096", "-movflags", "+faststart", "-f", "mp4", target],
  ];
}

/**
 * Makes the preview copy. Streams that Chromium supports are copied; if that fails, they are re-encoded.
 * @returns Size of the copy, in bytes
 * @throws ArchivistError `tool.failed`, `tool.stalled`, `disk.full`, `media.undecodable`, `interrupted`; no partial
 *   copy is left
 */
export async function makePreviewCopy(request: PreviewRequest): Promise<{ readonly bytes: number }> {
  const plan = planPreview(request.info);
  const target = getPreviewFile(request.folder);
  const partial = `${target}.part`;
  try {
    await convert(request, plan, partial).catch((thrown: unknown) => {
      const isTakenOver = plan.video === "copy" || plan.audio === "copy";
      const isOther = thrown instanceof ArchivistError && ["interrupted", "disk.full"].includes(thrown.code);
      if (!isTakenOver || isOther) throw thrown;
      return convert(request, { video: plan.video === "none" ? "none" : "encode", audio: "encode" }, partial);
    });
    const { size } = await stat(partial);
    await rename(partial, target);
    await syncFolder(dirname(target));
    return { bytes: size };
  } catch (thrown) {
    await rm(partial, { force: true });
    throw thrown;
  }
}

async function convert(request: PreviewRequest, plan: PreviewPlan, target: string): Promise<void> {
  const messages: string[] = [];
  const ffmpeg = new OwnedProcess({
    name: "ffmpeg",
    command: request.ffmpeg.path,
    args: argumentsFor(request, plan, target),
    stallMs: request.stallMs,
    signal: request.signal,
    onStderrLine: (line) => {
      ffmpeg.touch();
      const ms = progressMs(line);
      if (ms !== undefined) request.onProgress?.(ms);
      else if (!isProgressLine(line) && messages.length < 200) messages.push(line);
    },
  });
  ffmpeg.stdout.resume();
  const exit = await ffmpeg.exit;
  if (request.signal?.aborted) throw new ArchivistError("interrupted");
  if (exit.stalled) throw new ArchivistError("tool.stalled");
  if (exit.spawnError) throw new ArchivistError("tool.failed", { underlying: exit.spawnError });
  if (exit.code === 0) return;
  const known = explainFfmpeg(messages);
  throw new ArchivistError(known?.code ?? "tool.failed", {
    subject: request.path,
    underlying: messages,
    cause: known?.cause ?? "no copy that can be played could be made of the recording",
  });
}
