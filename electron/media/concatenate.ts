/** Joins recordings that follow one another into one file. */
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ArchivistError } from "../contract/errors.ts";
import { syncFolder } from "../platform/atomic-write.ts";
import { createPlainFile } from "../platform/plain-files.ts";
import { inputArguments, listArguments } from "./input-arguments.ts";
import type { MediaInfo } from "./probe-report.ts";
import { progressArguments, runFfmpeg } from "./run-ffmpeg.ts";
import type { Tool } from "./tools.ts";

/** A recording, and how much of the joined file it takes. */
export interface JoinedPart {
  /** Absolute path. */
  readonly path: string;
  readonly info: MediaInfo;
  /** Milliseconds: the next part begins after exactly so much. */
  readonly lengthMs: number;
}

export interface ConcatenateRequest {
  readonly ffmpeg: Tool;
  readonly parts: readonly JoinedPart[];
  /** Folder for the joined file; it must exist. */
  readonly folder: string;
  /** Name of the joined file, without an ending. */
  readonly name: string;
  readonly stallMs: number;
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with the milliseconds that were written so far. */
  readonly onProgress?: (ms: number) => void;
}

/** Endings of the containers whose streams are copied into one of the same kind. */
const endings: readonly (readonly [RegExp, string])[] = [
  [/^mov,/, ".mp4"],
  [/^mpegts$/, ".ts"],
  [/^(wav|w64)$/, ".wav"],
  [/^flac$/, ".flac"],
  [/^mp3$/, ".mp3"],
];

const getEnding = ({ container }: MediaInfo): string => endings.find(([kind]) => kind.test(container))?.[1] ?? ".mkv";

/** What has to be the same for streams to follow one another in one file as they are. */
const toForm = ({ container, video, audio, sounds }: MediaInfo): string =>
  JSON.stringify([
    container,
    video && [video.codec, video.pixelFormat, video.width, video.height, video.frameRate],
    (sounds ?? [audio]).map(({ codec, sampleRate, channels }) => [codec, sampleRate, channels]),
  ]);

/** A file name between quotes, as ffmpeg's lists have it. */
const quoted = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`;

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

function copyArguments({ parts }: ConcatenateRequest, list: string, target: string): readonly string[] {
  const index = parts[0] !== undefined && getEnding(parts[0].info) === ".mp4" ? ["-movflags", "+faststart"] : [];
  return [...progressArguments, ...listArguments(list), "-map", "0:v?", "-map", "0:a", "-c", "copy", ...index, target];
}

/** Each part is brought to the form of the first one, and to its length. */
function encodeArguments({ parts, threads }: ConcatenateRequest, target: string): readonly string[] {
  const picture = parts.find(({ info }) => info.video !== undefined)?.info.video;
  const width = (picture?.width ?? 0) & ~1;
  const height = (picture?.height ?? 0) & ~1;
  const rate = picture === undefined || picture.frameRate.startsWith("0/") ? "30000/1001" : picture.frameRate;
  const filters = parts.map(({ info, lengthMs }, index) => {
    const length = seconds(lengthMs);
    const sound = `[${index}:${info.audio.index}]aresample=48000:first_pts=0,aformat=channel_layouts=stereo,apad,atrim=0:${length}[a${index}]`;
    if (picture === undefined) return sound;
    const fitted = `scale=${width}:${height}:force_original_aspect_ratio=decrease,pad=${width}:${height}:-1:-1,setsar=1,fps=${rate},format=yuv420p`;
    const source =
      info.video === undefined
        ? `color=black:s=${width}x${height}:r=${rate}:d=${length},setsar=1,format=yuv420p`
        : `[${index}:v:0]setpts=PTS-STARTPTS,${fitted},tpad=stop_mode=clone:stop_duration=${length},trim=0:${length}`;
    return `${source}[v${index}];${sound}`;
  });
  const inputs = parts.map((_, index) => `${picture === undefined ? "" : `[v${index}]`}[a${index}]`).join("");
  const joined = `${inputs}concat=n=${parts.length}:v=${picture === undefined ? 0 : 1}:a=1`;
  const graph = `${filters.join(";")};${joined}${picture === undefined ? "[a]" : "[v][a]"}`;
  return [
    ...progressArguments,
    ...parts.flatMap(({ path }) => inputArguments(path)),
    ...["-filter_complex", graph, "-map", "[a]", "-c:a", "aac", "-b:a", "192k", "-threads", String(threads)],
    ...(picture === undefined ? [] : ["-map", "[v]", "-c:v", "libx264", "-preset", "veryfast", "-crf", "20"]),
    ...["-movflags", "+faststart", target],
  ];
}

/**
 * Joins recordings. Streams of one form are copied; others, and those that cannot be copied, are encoded in the form of the
 * first recording.
 * @returns Path of the joined file
 * @throws ArchivistError `tool.failed`, `tool.stalled`, `disk.full`, `media.undecodable`, `interrupted`; no partial file is left
 */
export async function concatenate(request: ConcatenateRequest): Promise<string> {
  const { ffmpeg, parts, folder, name, stallMs, signal, onProgress } = request;
  const [first] = parts;
  if (first === undefined) throw new RangeError("there is nothing to join");
  const run = async (ending: string, args: (target: string) => readonly string[]): Promise<string> => {
    const target = join(folder, `${name}${ending}`);
    // The ending tells ffmpeg the container.
    const partial = join(folder, `.partial-${process.pid}${ending}`);
    try {
      const failure = "the parts could not be joined";
      await runFfmpeg({ ffmpeg, args: args(partial), subject: first.path, failure, stallMs, signal, onProgress });
      await rename(partial, target);
      await syncFolder(dirname(target));
      return target;
    } finally {
      await rm(partial, { force: true });
    }
  };
  const encode = () => run(".mp4", (target) => encodeArguments(request, target));
  const isAlike = new Set(parts.map(({ info }) => toForm(info))).size === 1;
  // A list has a line for each file.
  if (!isAlike || parts.some(({ path }) => /[\r\n]/.test(path))) return encode();
  const list = join(folder, ".parts.txt");
  const lines = parts.flatMap(({ path, lengthMs }) => [`file ${quoted(path)}`, `duration ${seconds(lengthMs)}`]);
  const handle = await createPlainFile(list);
  await handle.writeFile(`ffconcat version 1.0\n${lines.join("\n")}\n`).finally(() => handle.close());
  try {
    return await run(getEnding(first.info), (target) => copyArguments(request, list, target));
  } catch (thrown) {
    const isOther = thrown instanceof ArchivistError && ["interrupted", "disk.full"].includes(thrown.code);
    if (isOther) throw thrown;
    return await encode();
  } finally {
    await rm(list, { force: true });
  }
}
