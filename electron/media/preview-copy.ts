/** Makes the preview copy of a recording that Chromium cannot play. */
import { rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ArchivistError } from "../contract/errors.ts";
import type { DecodedFacts } from "../contract/recording.ts";
import { syncFolder } from "../platform/atomic-write.ts";
import { clockFilter } from "./clock-filter.ts";
import { inputArguments } from "./input-arguments.ts";
import { sampleRate } from "./peaks.ts";
import { type PreviewPlan, planPreview } from "./playable.ts";
import type { MediaInfo } from "./probe-report.ts";
import { progressArguments, runFfmpeg } from "./run-ffmpeg.ts";
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
  /** What was found out about its clock and its sounds; undefined: it has not been decoded. */
  readonly facts?: DecodedFacts | undefined;
  /**
   * Its sound as it was heard, with all gaps filled: 16-bit mono samples at 16 kHz; undefined: the recording's own sound
   * is right.
   */
  readonly sound?: string | undefined;
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

const pictureArguments = (plan: PreviewPlan, facts: DecodedFacts | undefined): readonly string[] => {
  if (plan.video === "none") return ["-vn"];
  if (plan.video === "copy") return ["-map", "0:v:0", "-c:v", "copy"];
  // Even dimensions, as the format requires; interlaced video is deinterlaced.
  const clock = facts === undefined ? "" : `${clockFilter(facts)},`;
  const filter = `${clock}yadif=deint=interlaced,scale=-2:'min(${height},trunc(ih/2)*2)'`;
  const quality = ["-preset", "veryfast", "-crf", "26", "-g", String(keyFrames), "-pix_fmt", "yuv420p"];
  return ["-map", "0:v:0", "-c:v", "libx264", "-vf", filter, ...quality];
};

/** The stream with the meeting. */
const getSoundIndex = ({ info, facts }: PreviewRequest): number => {
  const number = facts?.sound.streams[0];
  return facts?.sound.heard.find((stream) => stream.number === number)?.index ?? info.audio.index;
};

function soundArguments(request: PreviewRequest, plan: PreviewPlan): readonly string[] {
  const encoded = ["-c:a", "aac", "-b:a", "128k", "-ac", "2"];
  if (request.sound !== undefined) return ["-map", "1:a", ...encoded];
  return ["-map", `0:${getSoundIndex(request)}`, ...(plan.audio === "copy" ? ["-c:a", "copy"] : encoded)];
}

/** Sound that was decoded here, as a second input. */
const decodedInput = (sound: string | undefined): readonly string[] =>
  sound === undefined ? [] : ["-f", "s16le", "-ar", String(sampleRate), "-ac", "1", "-i", sound];

function argumentsFor(request: PreviewRequest, plan: PreviewPlan, target: string): readonly string[] {
  return [
    ...progressArguments,
    // With the sound as it was decoded, the picture's stamps are taken as they are, and put right by the filter.
    ...(request.sound === undefined ? [] : ["-copyts"]),
    ...inputArguments(request.path),
    ...decodedInput(request.sound),
    ...pictureArguments(plan, request.sound === undefined ? undefined : request.facts),
    ...soundArguments(request, plan),
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
  const planned = planPreview(request.info);
  const isPlaced = request.sound !== undefined;
  const plan: PreviewPlan = isPlaced
    ? { video: planned.video === "none" ? "none" : "encode", audio: "encode" }
    : planned;
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

const convert = (request: PreviewRequest, plan: PreviewPlan, target: string): Promise<void> =>
  runFfmpeg({
    ffmpeg: request.ffmpeg,
    args: argumentsFor(request, plan, target),
    subject: request.path,
    failure: "no copy that can be played could be made of the recording",
    stallMs: request.stallMs,
    signal: request.signal,
    onProgress: request.onProgress,
  });
