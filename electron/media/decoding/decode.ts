/**
 * Decodes a recording once into a working folder: 16 kHz mono PCM on the recording's own clock, waveform peaks, loudness
 * levels and silences. All streams and channels are listened to. Streams the sound, so memory use does not depend on
 * the recording's length.
 */
import { type FileHandle, rename, rm, stat } from "node:fs/promises";
import type { TimeSpan } from "../../captions/time/span.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { DecodedFacts } from "../../contract/recording.ts";
import { syncFolder, writeFileAtomic } from "../../platform/atomic-write.ts";
import { fileError } from "../../platform/file-errors.ts";
import { createPlainFile } from "../../platform/plain-files.ts";
import { findActivity, findSilences } from "../levels.ts";
import { sampleRate } from "../peaks.ts";
import { type DataFault, findDataFaults } from "./data-faults.ts";
import type { DecodeRequest } from "./decode-request.ts";
import { decodedFiles } from "./files.ts";
import { findMissing } from "./missing-parts.ts";
import { isEven, listGaps, type PlacedStream, placeStreams, toMs } from "./place-streams.ts";
import { getPlacedLength } from "./placement.ts";
import { listStreams, type NumberedStream, type RawSound, readStreams, requireSound } from "./read-streams.ts";
import { describeSound } from "./recording-sound.ts";
import { chooseSound, type SoundChoice } from "./sound-choice.ts";
import type { ReadStream } from "./stream-reader.ts";
import { writeSound } from "./write-sound.ts";

export interface Decoded extends DecodedFacts {
  readonly sampleCount: number;
  readonly durationMs: number;
  readonly silences: readonly TimeSpan[];
}

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

async function decodeStreams(
  request: DecodeRequest,
  streams: readonly NumberedStream[],
  partials: readonly string[],
): Promise<Decoded> {
  const targets: FileHandle[] = [];
  try {
    for (const path of partials) targets.push(await createPlainFile(path));
    const raw = await readStreams(request, streams, targets);
    await requireSound(raw, request.path);
    const faults = await findDataFaults(request.path, request.info);
    return await finishSound(request, raw, faults, partials);
  } finally {
    await Promise.all(targets.map((target) => target.close()));
  }
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
  const getPath = (stream: ReadStream): string => partials[read.indexOf(stream)] as string;
  const { zero, placed } = await placeStreams(request, heard, getPath);
  const choice = chooseStreams(placed);
  const chosen = placed.filter((stream) => choice.streams.includes(stream.read.number));
  const length = Math.max(...chosen.map((stream) => getPlacedLength(stream.placement, stream.read.sampleCount)));
  if (length > settings.maxHours * 3600 * sampleRate) throw new ArchivistError("media.too-long");
  const files = decodedFiles(folder);
  const { sampleCount, levels, peaks } = await writeSound(chosen, `${files.pcm}.part`);
  await Promise.all([writeFileAtomic(files.peaks, peaks), writeFileAtomic(files.levels, levels)]);
  const silences = findSilences(levels);
  const durationMs = toMs(sampleCount);
  const zeroMs = toMs(zero);
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
      }),
    ],
  };
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
