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

/** Samples of a channel that are mixed, measured and written at once: two seconds. More keeps ffmpeg waiting. */
const pieceSamples = 32_000;

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
  let writing: Promise<void> = Promise.resolve();
  const write = async (samples: Int16Array): Promise<void> => {
    levels.push(samples);
    peaks.push(samples);
    // The next piece is read while this one is written; one at a time, so that they stay in order.
    await writing;
    // `write` may write only a part without reporting an error; `writeFile` writes all of it.
    writing = target.writeFile(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
    // An error is thrown where it is awaited.
    writing.catch(() => undefined);
  };
  // ffmpeg gives a few hundred samples at a time, at any offset: they are gathered.
  const piece = new Uint8Array(pieceSamples * width);
  let filled = 0;
  const mix = (): Int16Array => {
    const samples = mixer.push(new Int16Array(piece.buffer, 0, filled / 2));
    filled = 0;
    return samples;
  };
  for await (const { timestamp, data } of readMatroskaBlocks(request.source)) {
    const count = Math.floor(data.length / width);
    stamps.record(read, decoder.next(timestamp, count));
    read += count;
    if (read > request.maxSamples) throw new ArchivistError("media.too-long");
    const bytes = count * width;
    for (let from = 0; from < bytes; ) {
      const taken = Math.min(bytes - from, piece.length - filled);
      piece.set(data.subarray(from, from + taken), filled);
      from += taken;
      filled += taken;
      if (filled < piece.length) break;
      await write(mix());
      request.onSamples(read);
    }
  }
  await write(mix());
  await write(mixer.finish());
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
