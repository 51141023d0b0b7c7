/** Runs ffmpeg over a recording, once, and stores the sound of each of its streams in a file of its own. */
import type { FileHandle } from "node:fs/promises";
import { ArchivistError } from "../../contract/errors.ts";
import { OwnedProcess } from "../../platform/process/owned-process.ts";
import { explainReading } from "../explain-failure.ts";
import { inputArguments } from "../input-arguments.ts";
import { mediaMemoryBytes } from "../memory-limit.ts";
import { sampleRate } from "../peaks.ts";
import type { AudioStream } from "../probe-report.ts";
import type { DecodeRequest } from "./decode-request.ts";
import { stampArguments } from "./stamp-code.ts";
import { type ReadStream, readStream } from "./stream-reader.ts";

/** Shortest sound Whisper can use, in milliseconds (whisper.cpp skips input under 100 ms). */
const minMs = 100;
/** Streams that are listened to at most; professional recorders write up to sixteen. */
const maxStreams = 16;

export interface NumberedStream {
  readonly stream: AudioStream;
  /** Number among the sounds, from 1. */
  readonly number: number;
}

/** The streams to listen to. @throws ArchivistError `media.no-audio` when the one that was asked for does not exist */
export function listStreams({ info, sound }: DecodeRequest): readonly NumberedStream[] {
  const all = (info.sounds ?? [info.audio]).map((stream, index) => ({ stream, number: index + 1 }));
  const listed = all.length > 0 ? all : [{ stream: info.audio, number: 1 }];
  if (sound?.stream === undefined) return listed.slice(0, maxStreams);
  const wanted = listed.filter(({ number }) => number === sound.stream);
  if (wanted.length === 0) {
    throw new ArchivistError("media.no-audio", {
      cause: `sound ${sound.stream} is set for it, and the recording has ${listed.length}`,
      remedy: "Choose another sound for this recording, or let it be chosen automatically.",
    });
  }
  return wanted;
}

/** The channel that was asked for, from 0; undefined: all, also where the stream does not have it. */
const getChannel = ({ sound }: DecodeRequest, { channels }: AudioStream): number | undefined =>
  sound?.channel !== undefined && sound.channel <= channels ? sound.channel - 1 : undefined;

function decodeArguments(path: string, version: string, streams: readonly NumberedStream[]): readonly string[] {
  return [
    // Stamps as they are in the file: ffmpeg's own corrections take a gap for a jump, and the other way round.
    ...["-nostdin", "-hide_banner", "-loglevel", "error", "-nostats", "-copyts"],
    ...inputArguments(path),
    ...streams.flatMap(({ stream }, index) => [
      ...["-map", `0:${stream.index}`, "-vn", "-sn", "-dn"],
      ...stampArguments(version),
      // Without it ffmpeg writes every AAC frame separately (700 bytes), and reading them takes longer than decoding.
      ...["-flush_packets", "0", "-cluster_time_limit", "30000"],
      // Of a pipe it would end a cluster after 32 KB; each cluster is written, and wakes this program, at once.
      ...["-cluster_size_limit", "1000000", "-avioflags", "direct"],
      ...["-map_metadata", "-1", "-f", "matroska", `pipe:${index === 0 ? 1 : index + 2}`],
    ]),
  ];
}

/** Signals that ffmpeg raises by itself on a file that it cannot process. */
const ownFault: ReadonlySet<NodeJS.Signals> = new Set(["SIGSEGV", "SIGABRT", "SIGFPE", "SIGILL", "SIGBUS"]);

/** The stream of a child process that was ended is destroyed while it is read; the exit status has the reason. */
function isStreamCut(thrown: unknown): boolean {
  const code = (thrown as NodeJS.ErrnoException | undefined)?.code;
  return code === "ERR_STREAM_PREMATURE_CLOSE" || code === "ABORT_ERR";
}

export interface RawSound {
  readonly read: readonly ReadStream[];
  readonly messages: readonly string[];
  readonly exitCode: number | null;
}

/** Runs ffmpeg, and stores the sound of each stream in a file of its own. */
export async function readStreams(
  request: DecodeRequest,
  streams: readonly NumberedStream[],
  targets: readonly FileHandle[],
): Promise<RawSound> {
  const { settings, signal } = request;
  const messages: string[] = [];
  const ffmpeg = new OwnedProcess({
    name: "ffmpeg",
    command: request.tools.ffmpeg.path,
    maxMemoryBytes: mediaMemoryBytes,
    args: decodeArguments(request.path, request.tools.ffmpeg.version, streams),
    morePipes: streams.length - 1,
    stallMs: settings.stallSeconds * 1000,
    signal,
    onStderrLine: (line) => {
      if (messages.length < 200) messages.push(line);
    },
  });
  const progress = streams.map(() => 0);
  let reported = 0;
  const onSamples = (index: number, count: number): void => {
    ffmpeg.touch();
    progress[index] = count;
    const farthest = Math.max(...progress);
    if (farthest <= reported) return;
    reported = farthest;
    request.onProgress?.(Math.round((farthest * 1000) / sampleRate));
  };
  const reading = streams.map(({ stream, number }, index) =>
    readStream({
      stream,
      number,
      source: index === 0 ? ffmpeg.stdout : ffmpeg.pipe(index + 2),
      target: targets[index] as FileHandle,
      channel: getChannel(request, stream),
      maxSamples: Math.ceil(settings.maxHours * 3600 * sampleRate),
      onSamples: (count) => onSamples(index, count),
    }),
  );
  let read: readonly ReadStream[] = [];
  try {
    read = await Promise.all(reading);
  } catch (thrown) {
    await ffmpeg.stop();
    await Promise.allSettled(reading);
    if (!signal?.aborted && !isStreamCut(thrown)) throw thrown;
  }
  const exit = await ffmpeg.exit;
  if (signal?.aborted) throw new ArchivistError("interrupted");
  if (exit.stalled) throw new ArchivistError("tool.stalled");
  if (exit.spawnError) throw new ArchivistError("tool.failed", { underlying: exit.spawnError });
  if (exit.signal !== null && !ownFault.has(exit.signal)) {
    // Another process ended ffmpeg: what it had written says nothing about the recording.
    throw new ArchivistError("tool.failed", { cause: `ffmpeg was ended from outside (${exit.signal})` });
  }
  return { read, messages, exitCode: exit.code };
}

/** Refuses a recording of which nothing can be heard. @param path of the recording */
export async function requireSound({ read, messages, exitCode }: RawSound, path: string): Promise<void> {
  const longest = Math.max(0, ...read.map(({ sampleCount }) => sampleCount));
  if ((longest * 1000) / sampleRate >= minMs) return;
  if (exitCode !== 0) {
    const known = await explainReading(messages, path);
    const code = known === undefined || known.code === "media.not-media" ? "media.undecodable" : known.code;
    throw new ArchivistError(code, { underlying: messages });
  }
  throw new ArchivistError(messages.length > 0 ? "media.undecodable" : "media.too-short", { underlying: messages });
}
