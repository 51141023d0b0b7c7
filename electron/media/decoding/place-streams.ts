/** Places the streams of a recording on one clock, which begins with the first picture or sound. */
import type { TimeSpan } from "../../captions/time/span.ts";
import { mayClockJump } from "../container-facts.ts";
import { sampleRate } from "../peaks.ts";
import type { MediaInfo } from "../probe-report.ts";
import { type RepairedClock, repairClock, type StampPoint } from "./clock-repair.ts";
import type { DecodeRequest } from "./decode-request.ts";
import { readPictureJumps } from "./picture-clock.ts";
import { type Placement, placeSound } from "./placement.ts";
import type { ReadStream } from "./stream-reader.ts";

/** Deviation of a stamp that makes players stumble: a tenth of a second. */
const unevenSamples = sampleRate / 10;

export interface PlacedStream {
  readonly read: ReadStream;
  readonly path: string;
  readonly placement: Placement;
}

export const toMs = (samples: number): number => Math.round((samples * 1000) / sampleRate);

/** True when players, which follow every stamp, show what was placed here. */
export function isEven(points: readonly StampPoint[], { steps, restarts }: Placement): boolean {
  const first = points[0]?.deviation ?? 0;
  const isSteady = points.every(({ deviation }) => Math.abs(deviation - first) < unevenSamples);
  return isSteady && steps.length === 0 && restarts.length === 0;
}

/** The silences that were put in, on the recording's clock. */
export function listGaps({ lead, steps }: Placement): readonly TimeSpan[] {
  let shift = lead;
  return steps.flatMap(({ sample, change }) => {
    const start = sample + shift;
    shift += change;
    return change > 0 ? [{ startMs: toMs(start), endMs: toMs(start + change) }] : [];
  });
}

/** Stamp of the first sound or picture, in samples. */
function findZero({ video }: MediaInfo, clocks: readonly RepairedClock[]): number {
  const sound = Math.min(...clocks.map(({ start }) => start));
  if (video?.startMs === undefined) return sound;
  const picture = (video.startMs * sampleRate) / 1000;
  // Half an hour apart, one of the two is wrong.
  return Math.abs(picture - sound) > 1_800 * sampleRate ? sound : Math.min(picture, sound);
}

/** Change of the clock, in samples, from which on the picture is asked whether its clock changes as well. */
const askPicture = sampleRate / 2;

export interface PlacedStreams {
  /** Stamp of the first sound or picture, in samples. */
  readonly zero: number;
  readonly placed: readonly PlacedStream[];
}

export async function placeStreams(
  request: DecodeRequest,
  streams: readonly ReadStream[],
  getPath: (stream: ReadStream) => string,
): Promise<PlacedStreams> {
  const { info, tools, path, settings, signal } = request;
  const clocks = streams.map((read) => ({ read, clock: repairClock(read.points, read.sampleCount) }));
  const zero = findZero(
    info,
    clocks.map(({ clock }) => clock),
  );
  const isOpen = clocks.some(({ clock }) => clock.steps.some(({ change }) => Math.abs(change) > askPicture));
  const jumps =
    info.video === undefined
      ? undefined
      : isOpen
        ? await readPictureJumps(tools.ffprobe, path, settings.stallSeconds * 1000, signal)
        : [];
  const mayJump = mayClockJump(info.container);
  const pictureMs = mayJump ? undefined : (info.video?.durationMs ?? info.durationMs);
  const placed = clocks.map(({ read, clock }) => ({
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
  return { zero, placed };
}
