/**
 * Decodes a recording once into a working folder: 16 kHz mono PCM on the recording's own clock, waveform peaks, loudness
 * levels and silences. All streams and channels are listened to. Streams the sound, so memory use does not depend on
 * the recording's length.
 */
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import type { TimeSpan } from "../../captions/time/span.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { DecodedFacts } from "../../contract/recording.ts";
import type { MediaSettings } from "../../contract/settings.ts";
import type { SoundRequest } from "../../contract/sound.ts";
import { syncFolder, writeFileAtomic } from "../../platform/atomic-write.ts";
import { fileError } from "../../platform/file-errors.ts";
import { OwnedProcess } from "../../platform/process/owned-process.ts";
import { explainFfmpeg } from "../ffmpeg-messages.ts";
import { inputArguments } from "../input-arguments.ts";
import { findActivity, findSilences } from "../levels.ts";
import { sampleRate } from "../peaks.ts";
import type { AudioStream, MediaInfo } from "../probe-report.ts";
import type { MediaTools } from "../tools.ts";
import { assemble, type PlacedPart } from "./assemble.ts";
import { repairClock, type StampPoint } from "./clock-repair.ts";
import { type DataFault, findDataFaults } from "./data-faults.ts";
import { decodedFiles } from "./files.ts";
import { findMissing } from "./missing-parts.ts";
import { readPictureJumps } from "./picture-clock.ts";
import { getPlacedLength, type Placement, placeSound } from "./placement.ts";
import { describeSound } from "./recording-sound.ts";
import { chooseSound, type SoundChoice } from "./sound-choice.ts";
import { stampArguments } from "./stamp-code.ts";
import { type ReadStream, readStream } from "./stream-reader.ts";

export interface DecodeRequest {
  readonly tools: Pick<MediaTools, "ffmpeg" | "ffprobe">;
  /** Absolute path of the recording. */
  readonly path: string;
  readonly info: MediaInfo;
  /** Folder for the results; it must exist. */
  readonly folder: string;
  readonly settings: MediaSettings;
  /** The sound to take; absent: the one with speech. */
  readonly sound?: SoundRequest | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the milliseconds of sound decoded so far. */
  readonly onProgress?: (ms: number) => void;
}

export interface Decoded extends DecodedFacts {
  readonly sampleCount: number;
  readonly durationMs: number;
  readonly silences: readonly TimeSpan[];
}

/** Shortest sound Whisper can use, in milliseconds (whisper.cpp skips input under 100 ms). */
const minMs = 100;
/** Deviation of a stamp that makes players stumble: a tenth of a second. */
const unevenSamples = sampleRate / 10;
/** Streams that are listened to at most; professional recorders write up to sixteen. */
const maxStreams = 16;

/**
 * Decodes the sound of a recording.
 * @throws ArchivistError `media.undecodable`, `media.truncated` when nothing of it can be read, `media.too-long`,
 *   `tool.stalled`, `disk.full`, `file.changed`, `interrupted`; no partial file is left
 */
export async function decode(request: DecodeRequest): Promise<Decoded> {
  const { pcm, peaks, levels } = decodedFiles(request.folder);
  const streams = listStreams(request);
  const partials = streams.map((_, index) => `${pcm}.${index + 1}.part`);
  const before = await identity(request.path);
  try {
    const decoded = await decodeStreams(request, streams, partials);
    if ((await identity(request.path)) !== before) throw new ArchivistError("file.changed");
    await rename(`${pcm}.part`, pcm);
    await syncFolder(request.folder);
    return decoded;
  } catch (thrown) {
    await Promise.all([`${pcm}.part`, peaks, levels].map((file) => rm(file, { force: true })));
    throw fileError(thrown, "", "write");
  } finally {
    await Promise.all(partials.map((file) => rm(file, { force: true })));
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

interface NumberedStream {
  readonly stream: AudioStream;
  /** Number among the sounds, from 1. */
  readonly number: number;
}

/** The streams to listen to. @throws ArchivistError `media.no-audio` when the one that was asked for does not exist */
function listStreams({ info, sound }: DecodeRequest): readonly NumberedStream[] {
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

interface RawSound {
  readonly read: readonly ReadStream[];
  readonly messages: readonly string[];
  readonly exitCode: number | null;
}

/** Runs ffmpeg, and stores the sound of each stream in a file of its own. */
async function readStreams(
  request: DecodeRequest,
  streams: readonly NumberedStream[],
  targets: readonly FileHandle[],
): Promise<RawSound> {
  const { settings, signal } = request;
  const messages: string[] = [];
  const ffmpeg = new OwnedProcess({
    name: "ffmpeg",
    command: request.tools.ffmpeg.path,
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

async function decodeStreams(
  request: DecodeRequest,
  streams: readonly NumberedStream[],
  partials: readonly string[],
): Promise<Decoded> {
  const targets: FileHandle[] = [];
  try {
    for (const path of partials) targets.push(await open(path, "w"));
    const raw = await readStreams(request, streams, targets);
    requireSound(raw);
    const faults = await findDataFaults(request.path, request.info.container);
    return await finishSound(request, raw, faults, partials);
  } finally {
    await Promise.all(targets.map((target) => target.close()));
  }
}

/** Refuses a recording of which nothing can be heard. */
function requireSound({ read, messages, exitCode }: RawSound): void {
  const longest = Math.max(0, ...read.map(({ sampleCount }) => sampleCount));
  if ((longest * 1000) / sampleRate >= minMs) return;
  if (exitCode !== 0) {
    const known = explainFfmpeg(messages);
    const code = known === undefined || known.code === "media.not-media" ? "media.undecodable" : known.code;
    throw new ArchivistError(code, { underlying: messages });
  }
  throw new ArchivistError(messages.length > 0 ? "media.undecodable" : "media.too-short", { underlying: messages });
}

interface PlacedStream {
  readonly read: ReadStream;
  readonly path: string;
  readonly placement: Placement;
}

/** Places the streams on one clock, chooses among them, and writes the files. */
async function finishSound(
  request: DecodeRequest,
  { read, messages }: RawSound,
  faults: readonly DataFault[],
  partials: readonly string[],
): Promise<Decoded> {
  const { info, settings, folder } = request;
  const heard = read.filter(({ sampleCount }) => sampleCount > 0);
  const zero = findZero(info, heard);
  const placed = await placeStreams(request, heard, zero, (stream) => partials[read.indexOf(stream)] as string);
  const choice = chooseStreams(placed);
  const chosen = placed.filter((stream) => choice.streams.includes(stream.read.number));
  const length = Math.max(...chosen.map((stream) => getPlacedLength(stream.placement, stream.read.sampleCount)));
  if (length > settings.maxHours * 3600 * sampleRate) throw new ArchivistError("media.too-long");
  const files = decodedFiles(folder);
  const { sampleCount, levels, peaks } = await writeSound(chosen, `${files.pcm}.part`);
  await Promise.all([writeFileAtomic(files.peaks, peaks), writeFileAtomic(files.levels, levels)]);
  const silences = findSilences(levels);
  const durationMs = Math.round((sampleCount * 1000) / sampleRate);
  const zeroMs = Math.round((zero * 1000) / sampleRate);
  return {
    sampleCount,
    durationMs,
    silences,
    clock: {
      zeroMs,
      firstFrameMs:
        info.video?.startMs === undefined ? 0 : Math.max(0, Math.min(info.video.startMs - zeroMs, durationMs)),
      isEven: chosen.every(({ read: { points }, placement }) => isEven(points, placement)),
      restarts: (chosen[0]?.placement.restarts ?? []).map(({ from, to }) => ({ fromMs: toMs(from), toMs: toMs(to) })),
    },
    sound: describeSound(read, choice, request.sound),
    missing: [
      ...findMissing({
        info,
        faults,
        messages,
        soundMs: durationMs,
        zeroMs,
        gaps: chosen.flatMap(({ placement }) => listGaps(placement)),
        hasAbsoluteClock: !mayClockJump(info),
      }),
    ],
  };
}

const toMs = (samples: number): number => Math.round((samples * 1000) / sampleRate);

/** True when players, which follow every stamp, show what was placed here. */
function isEven(points: readonly StampPoint[], { steps, restarts }: Placement): boolean {
  const first = points[0]?.deviation ?? 0;
  const isSteady = points.every(({ deviation }) => Math.abs(deviation - first) < unevenSamples);
  return isSteady && steps.length === 0 && restarts.length === 0;
}

/** The silences that were put in, on the recording's clock. */
function listGaps({ lead, steps }: Placement): readonly TimeSpan[] {
  let shift = lead;
  return steps.flatMap(({ sample, change }) => {
    const start = sample + shift;
    shift += change;
    return change > 0 ? [{ startMs: toMs(start), endMs: toMs(start + change) }] : [];
  });
}

const getStart = ({ points, sampleCount }: ReadStream): number => repairClock(points, sampleCount).start;

/** Stamp of the first sound or picture, in samples. */
function findZero({ video }: MediaInfo, streams: readonly ReadStream[]): number {
  const sound = Math.min(...streams.map(getStart));
  if (video?.startMs === undefined) return sound;
  const picture = (video.startMs * sampleRate) / 1000;
  // Half an hour apart, one of the two is wrong.
  return Math.abs(picture - sound) > 1_800 * sampleRate ? sound : Math.min(picture, sound);
}

/** Formats whose clock may be set anew in the middle. */
const mayClockJump = ({ container }: MediaInfo): boolean => /mpegts|^mpeg$|flv|^aac$|^mp3$|^ac3$/.test(container);

/** Change of the clock, in samples, from which on the picture is asked whether its clock changes as well. */
const askPicture = sampleRate / 2;

async function placeStreams(
  request: DecodeRequest,
  streams: readonly ReadStream[],
  zero: number,
  getPath: (stream: ReadStream) => string,
): Promise<readonly PlacedStream[]> {
  const { info, tools, path, settings, signal } = request;
  const clocks = streams.map((read) => ({ read, clock: repairClock(read.points, read.sampleCount) }));
  const isOpen = clocks.some(({ clock }) => clock.steps.some(({ change }) => Math.abs(change) > askPicture));
  const jumps =
    info.video === undefined
      ? undefined
      : isOpen
        ? await readPictureJumps(tools.ffprobe, path, settings.stallSeconds * 1000, signal)
        : [];
  const mayJump = mayClockJump(info);
  const pictureMs = mayJump ? undefined : (info.video?.durationMs ?? info.durationMs);
  return clocks.map(({ read, clock }) => ({
    read,
    path: getPath(read),
    placement: placeSound({
      clock,
      count: read.sampleCount,
      zero,
      pictureJumps: jumps,
      pictureLength: info.video === undefined || pictureMs === undefined ? undefined : (pictureMs * sampleRate) / 1000,
      mayJump,
    }),
  }));
}

function chooseStreams(placed: readonly PlacedStream[]): SoundChoice {
  const [only] = placed;
  if (placed.length === 1 && only !== undefined) return { streams: [only.read.number], others: [] };
  return chooseSound(
    placed.map(({ read, placement }) => ({
      number: read.number,
      isDefault: read.stream.isDefault === true,
      activity: findActivity(read.levels, placement.lead),
    })),
  );
}

/** Writes the sound; one stream without gaps is taken as it lies. */
async function writeSound(chosen: readonly PlacedStream[], target: string) {
  const [only] = chosen;
  const isPlain = (placement: Placement): boolean => placement.lead < 1 && placement.steps.length === 0;
  if (chosen.length === 1 && only !== undefined && isPlain(only.placement)) {
    await rename(only.path, target);
    const { sampleCount, levels, peaks } = only.read;
    await syncFile(target);
    return { sampleCount, levels, peaks };
  }
  const parts = chosen.map(
    ({ path, read, placement }): PlacedPart => ({ path, sampleCount: read.sampleCount, placement }),
  );
  const handle = await open(target, "w");
  try {
    const sound = await assemble(handle, parts);
    await handle.sync();
    return sound;
  } finally {
    await handle.close();
  }
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
