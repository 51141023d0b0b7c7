/**
 * Decodes a recording once into a working folder: 16 kHz mono PCM, waveform peaks, loudness levels and silences.
 * Streams the sound, so memory use does not depend on the recording's length.
 */
import { open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { minuteMs } from "../captions/time/durations.ts";
import type { TimeSpan } from "../captions/time/span.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { MediaSettings } from "../contract/settings.ts";
import { syncFolder, writeFileAtomic } from "../platform/atomic-write.ts";
import { fileError } from "../platform/file-errors.ts";
import { OwnedProcess } from "../platform/process/owned-process.ts";
import { explainFfmpeg, indicatesMissingEnd, isProgressLine, progressMs } from "./ffmpeg-messages.ts";
import { inputArguments } from "./input-arguments.ts";
import { findSilences, LevelReducer } from "./levels.ts";
import { PeakReducer, sampleRate } from "./peaks.ts";
import type { MediaInfo } from "./probe-report.ts";
import type { Tool } from "./tools.ts";

export interface DecodedFiles {
  /** Raw 16-bit mono samples at 16 kHz. */
  readonly pcm: string;
  /** Waveform peaks, as `PeakReducer` writes them. */
  readonly peaks: string;
  /** Loudness, as `LevelReducer` writes it. */
  readonly levels: string;
}

/** Paths of a decoded recording's files inside its working folder. */
export function decodedFiles(folder: string): DecodedFiles {
  return { pcm: join(folder, "audio.pcm"), peaks: join(folder, "peaks.dat"), levels: join(folder, "levels.dat") };
}

export interface DecodeRequest {
  readonly ffmpeg: Tool;
  /** Absolute path of the recording. */
  readonly path: string;
  readonly info: MediaInfo;
  /** Folder for the results; it must exist. */
  readonly folder: string;
  readonly settings: MediaSettings;
  readonly signal?: AbortSignal | undefined;
  /** Called with the milliseconds of sound decoded so far. */
  readonly onProgress?: (ms: number) => void;
}

export interface Decoded {
  readonly sampleCount: number;
  readonly durationMs: number;
  readonly silences: readonly TimeSpan[];
}

/** Shortest sound Whisper can use, in milliseconds (whisper.cpp skips input under 100 ms). */
const minMs = 100;
/** How much shorter than stated the sound may be before it counts as truncated: encoders round, editors trim. */
const missingMs = 3_000;
const missingShare = 0.02;

/**
 * Decodes the sound of a recording.
 *
 * `aresample=async=1:first_pts=0` keeps the sound on the picture's clock: a late start is filled with silence, and so
 * is a gap where a receiver lost packets. Without it every caption after the gap would come too early.
 *
 * @throws ArchivistError `media.truncated`, `media.undecodable`, `media.too-long`, `tool.stalled`, `disk.full`,
 *   `file.changed`, `interrupted`; no partial file is left
 */
export async function decode(request: DecodeRequest): Promise<Decoded> {
  const { pcm, peaks, levels } = decodedFiles(request.folder);
  const partial = `${pcm}.part`;
  const before = await identity(request.path);
  try {
    const { sampleCount, silences } = await decodeInto(partial, request);
    if ((await identity(request.path)) !== before) throw new ArchivistError("file.changed");
    await rename(partial, pcm);
    await syncFolder(request.folder);
    return { sampleCount, silences, durationMs: Math.round((sampleCount * 1000) / sampleRate) };
  } catch (thrown) {
    await Promise.all([partial, peaks, levels].map((file) => rm(file, { force: true })));
    throw fileError(thrown, "", "write");
  }
}

async function identity(path: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(path);
    return `${size}:${mtimeMs}`;
  } catch (thrown) {
    throw fileError(thrown, "", "read");
  }
}

function decodeArguments(request: DecodeRequest): readonly string[] {
  return [
    ...["-nostdin", "-hide_banner", "-loglevel", "error", "-nostats", "-progress", "pipe:2"],
    ...inputArguments(request.path),
    ...["-map", `0:${request.info.audio.index}`, "-vn", "-sn", "-dn"],
    ...["-af", "aresample=async=1:first_pts=0", "-ac", "1", "-ar", String(sampleRate)],
    // Without it ffmpeg writes every AAC frame separately (700 bytes), and reading them takes longer than decoding.
    ...["-flush_packets", "0", "-f", "s16le", "pipe:1"],
  ];
}

type StreamResult = Omit<Decoded, "durationMs">;

async function decodeInto(partial: string, request: DecodeRequest): Promise<StreamResult> {
  const limitBytes = Math.ceil(request.settings.maxHours * 3600 * sampleRate * 2);
  const messages: string[] = [];
  const handle = await open(partial, "w");
  const peaks = new PeakReducer();
  const levels = new LevelReducer();
  let bytes = 0;
  try {
    const ffmpeg = new OwnedProcess({
      name: "ffmpeg",
      command: request.ffmpeg.path,
      args: decodeArguments(request),
      stallMs: request.settings.stallSeconds * 1000,
      signal: request.signal,
      onStderrLine: (line) => {
        const ms = progressMs(line);
        if (ms !== undefined) request.onProgress?.(ms);
        else if (!isProgressLine(line) && messages.length < 200) messages.push(line);
      },
    });
    try {
      for await (const part of wholeSamples(ffmpeg.stdout)) {
        ffmpeg.touch();
        bytes += part.length;
        if (bytes > limitBytes) throw new ArchivistError("media.too-long");
        const samples = asSamples(part);
        peaks.push(samples);
        levels.push(samples);
        // `write` may write only a part without reporting an error; `writeFile` writes all of it.
        await handle.writeFile(part);
      }
    } catch (thrown) {
      await ffmpeg.stop();
      if (!request.signal?.aborted && !isStreamCut(thrown)) throw thrown;
    }
    const exit = await ffmpeg.exit;
    if (request.signal?.aborted) throw new ArchivistError("interrupted");
    if (exit.stalled) throw new ArchivistError("tool.stalled");
    if (exit.spawnError) throw new ArchivistError("tool.failed", { underlying: exit.spawnError });
    if (exit.signal !== null && !ownFault.has(exit.signal)) {
      // Another process ended ffmpeg: what it had written says nothing about the recording.
      throw new ArchivistError("tool.failed", { cause: `ffmpeg was ended from outside (${exit.signal})` });
    }
    judge(exit.code, bytes, messages, request.info);
    const files = decodedFiles(request.folder);
    const loudness = levels.finish();
    await Promise.all([
      handle.sync(),
      writeFileAtomic(files.peaks, peaks.finish()),
      writeFileAtomic(files.levels, loudness),
    ]);
    return { sampleCount: bytes / 2, silences: findSilences(loudness) };
  } finally {
    await handle.close();
  }
}

/** Signals that ffmpeg raises by itself on a file that it cannot process. */
const ownFault: ReadonlySet<NodeJS.Signals> = new Set(["SIGSEGV", "SIGABRT", "SIGFPE", "SIGILL", "SIGBUS"]);

/** The stream of a child process that was ended is destroyed while it is read; the exit status has the reason. */
function isStreamCut(thrown: unknown): boolean {
  const code = (thrown as NodeJS.ErrnoException | undefined)?.code;
  return code === "ERR_STREAM_PREMATURE_CLOSE" || code === "ABORT_ERR";
}

function judge(code: number | null, bytes: number, messages: readonly string[], info: MediaInfo): void {
  const decodedMs = (bytes / 2 / sampleRate) * 1000;
  const expectedMs = info.audio.durationMs ?? info.durationMs;
  const missing = expectedMs === undefined ? 0 : expectedMs - decodedMs;
  const cutOff = missing > Math.max(missingMs, (expectedMs ?? 0) * missingShare);
  if (cutOff && (indicatesMissingEnd(messages) || info.audio.durationMs !== undefined)) {
    const minutes = (ms: number): string => (ms / minuteMs).toFixed(1);
    throw new ArchivistError("media.truncated", {
      cause:
        "the recording is incomplete: its end is missing " +
        `(${minutes(decodedMs)} of ${minutes(expectedMs ?? 0)} minutes can be read)`,
      underlying: messages,
    });
  }
  if (code !== 0) {
    const known = explainFfmpeg(messages);
    const fallback = known === undefined || known.code === "media.not-media" ? "media.undecodable" : known.code;
    throw new ArchivistError(fallback, { underlying: messages });
  }
  if (decodedMs < minMs) {
    throw new ArchivistError(messages.length > 0 ? "media.undecodable" : "media.too-short", { underlying: messages });
  }
}

/** Regroups a byte stream so that no 16-bit sample is split between two buffers. */
async function* wholeSamples(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer | undefined;
  for await (const bytes of stream) {
    const whole: Buffer = rest === undefined ? bytes : Buffer.concat([rest, bytes]);
    const even = whole.length & ~1;
    rest = even < whole.length ? whole.subarray(even) : undefined;
    if (even > 0) yield whole.subarray(0, even);
  }
}

function asSamples(bytes: Buffer): Int16Array {
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : Buffer.from(bytes);
  return new Int16Array(aligned.buffer, aligned.byteOffset, aligned.length / 2);
}
