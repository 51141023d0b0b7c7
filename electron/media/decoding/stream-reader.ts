/** Reads one stream of a recording as ffmpeg decodes it: mixes its channels, and stores it without gaps. */
import type { FileHandle } from "node:fs/promises";
import { ArchivistError } from "../../contract/errors.ts";
import { LevelReducer } from "../levels.ts";
import { PeakReducer } from "../peaks.ts";
import type { AudioStream } from "../probe-report.ts";
import type { StampPoint } from "./clock-repair.ts";
import { readMatroskaBlocks } from "./matroska-blocks.ts";
import { type ChannelActivity, ChannelMixer } from "./mixer.ts";
import { StampDecoder } from "./stamp-code.ts";
import { StampRecorder } from "./stamp-recorder.ts";

/** What was read of a stream. All samples are mono at 16 kHz. */
export interface ReadStream {
  readonly stream: AudioStream;
  /** Number among the sounds, from 1. */
  readonly number: number;
  readonly sampleCount: number;
  /** Where the stamps change. */
  readonly points: readonly StampPoint[];
  readonly channels: readonly ChannelActivity[];
  /** Of the sound without gaps. */
  readonly levels: Uint8Array;
  readonly peaks: Buffer;
}

export interface StreamReadRequest {
  readonly stream: AudioStream;
  readonly number: number;
  /** What ffmpeg writes: Matroska with 16-bit samples at 16 kHz, stamped as `stampArguments` asks. */
  readonly source: AsyncIterable<Buffer>;
  /** Takes the mixed samples. */
  readonly target: FileHandle;
  /** The one channel to take, from 0; undefined: all. */
  readonly channel: number | undefined;
  readonly maxSamples: number;
  /** Called with the number of samples read so far. */
  readonly onSamples: (count: number) => void;
}

/** Samples that are written at once: a second. More keeps ffmpeg waiting. */
const writeSamples = 16_000;

/**
 * Reads a stream to its end.
 * @throws ArchivistError `media.too-long`; errors of writing
 */
export async function readStream(request: StreamReadRequest): Promise<ReadStream> {
  const { stream, number, target } = request;
  const width = stream.channels * 2;
  const mixer = new ChannelMixer(stream.channels, request.channel);
  const decoder = new StampDecoder();
  const stamps = new StampRecorder();
  const levels = new LevelReducer();
  const peaks = new PeakReducer();
  let read = 0;
  let waiting: Int16Array[] = [];
  let waitingCount = 0;
  let writing: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    const samples = joinSamples(waiting, waitingCount);
    waiting = [];
    waitingCount = 0;
    levels.push(samples);
    peaks.push(samples);
    // The next piece is read while this one is written; one at a time, so that they stay in order.
    await writing;
    // `write` may write only a part without reporting an error; `writeFile` writes all of it.
    writing = target.writeFile(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
    // An error is thrown where it is awaited.
    writing.catch(() => undefined);
  };
  const add = (samples: Int16Array): void => {
    waiting.push(samples);
    waitingCount += samples.length;
  };
  for await (const { timestamp, data } of readMatroskaBlocks(request.source)) {
    const count = Math.floor(data.length / width);
    stamps.record(read, decoder.next(timestamp, count));
    read += count;
    if (read > request.maxSamples) throw new ArchivistError("media.too-long");
    const samples = asSamples(data, count * stream.channels);
    add(mixer.push(samples));
    if (waitingCount >= writeSamples) {
      await write();
      request.onSamples(read);
    }
  }
  add(mixer.finish());
  await write();
  await writing;
  return {
    stream,
    number,
    sampleCount: read,
    points: stamps.points,
    channels: mixer.activity,
    levels: levels.finish(),
    peaks: peaks.finish(),
  };
}

function joinSamples(parts: readonly Int16Array[], count: number): Int16Array {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  const joined = new Int16Array(count);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function asSamples(bytes: Buffer, count: number): Int16Array {
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : Buffer.from(bytes);
  return new Int16Array(aligned.buffer, aligned.byteOffset, count);
}
