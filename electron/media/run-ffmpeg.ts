/** Runs ffmpeg to make a file, with its progress, its end when it hangs, and its errors in words. */
import { ArchivistError } from "../contract/errors.ts";
import { LineSplitter } from "../platform/process/line-splitter.ts";
import { OwnedProcess } from "../platform/process/owned-process.ts";
import { explainFfmpeg, isProgressLine, progressFrames, progressMs } from "./ffmpeg-messages.ts";
import { mediaMemoryBytes } from "./memory-limit.ts";
import type { Tool } from "./tools.ts";

/** First arguments of a run whose progress is read. */
export const progressArguments = [
  "-nostdin",
  "-hide_banner",
  "-loglevel",
  "error",
  "-nostats",
  "-progress",
  "pipe:2",
  "-y",
] as const;

/** Longest line of its standard output, in characters. */
const outputLineLimit = 2_000;

interface FfmpegRun {
  readonly ffmpeg: Pick<Tool, "path">;
  /** With `progressArguments` first. */
  readonly args: readonly string[];
  /** Path of the recording, for errors. */
  readonly subject: string;
  /** What is said where ffmpeg does not say why. */
  readonly failure: string;
  /** Milliseconds without progress after which it is ended. */
  readonly stallMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Only takes what others leave of the processor. */
  readonly isBackground?: boolean;
  /** Receives each line of its standard output. */
  readonly onOutputLine?: (line: string) => void;
  /** Called with the number of frames that were written so far. */
  readonly onFrames?: (count: number) => void;
  /** Called with the milliseconds that were written so far. */
  readonly onProgress?: ((ms: number) => void) | undefined;
}

/** @throws ArchivistError `tool.failed`, `tool.stalled`, `disk.full`, `media.undecodable`, `interrupted` */
export async function runFfmpeg({
  ffmpeg,
  args,
  subject,
  failure,
  stallMs,
  signal,
  isBackground = false,
  onOutputLine,
  onFrames,
  onProgress,
}: FfmpegRun): Promise<void> {
  const messages: string[] = [];
  const program = new OwnedProcess({
    name: "ffmpeg",
    command: ffmpeg.path,
    maxMemoryBytes: mediaMemoryBytes,
    args,
    stallMs,
    signal,
    isBackground,
    onStderrLine: (line) => {
      program.touch();
      const frames = progressFrames(line);
      if (frames !== undefined) onFrames?.(frames);
      const ms = progressMs(line);
      if (ms !== undefined) onProgress?.(ms);
      else if (!isProgressLine(line) && messages.length < 200) messages.push(line);
    },
  });
  if (onOutputLine === undefined) program.stdout.resume();
  else {
    const lines = new LineSplitter(outputLineLimit, onOutputLine);
    program.stdout.on("data", (bytes: Buffer) => lines.push(bytes));
    program.stdout.on("end", () => lines.end());
  }
  const exit = await program.exit;
  if (signal?.aborted) throw new ArchivistError("interrupted");
  if (exit.stalled) throw new ArchivistError("tool.stalled");
  if (exit.spawnError) throw new ArchivistError("tool.failed", { underlying: exit.spawnError });
  if (exit.code === 0) return;
  const known = explainFfmpeg(messages);
  throw new ArchivistError(known?.code ?? "tool.failed", {
    subject,
    underlying: messages,
    cause: known?.cause ?? failure,
  });
}
