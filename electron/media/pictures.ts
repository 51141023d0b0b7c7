/** Finds where the shots of a recording change, and makes small pictures of it, in one pass of ffmpeg. */
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { ArchivistError } from "../contract/errors.ts";
import type { DecodedFacts, RecordingPictures } from "../contract/recording.ts";
import { syncFolder, writeFileAtomic } from "../platform/atomic-write.ts";
import { clockFilter } from "./clock-filter.ts";
import { inputArguments } from "./input-arguments.ts";
import { progressArguments, runFfmpeg } from "./run-ffmpeg.ts";
import type { Tool } from "./tools.ts";

export interface PictureFiles {
  /** JPEG: all small pictures, row by row. */
  readonly sheet: string;
  /** `RecordingPictures` as JSON; it is written last. */
  readonly facts: string;
}

/** Paths of a recording's small pictures inside its folder. */
export const getPictureFiles = (folder: string): PictureFiles => ({
  sheet: join(folder, "pictures.jpg"),
  facts: join(folder, "pictures.json"),
});

export interface PicturesRequest {
  readonly ffmpeg: Tool;
  /** Absolute path of the recording. */
  readonly path: string;
  /** Length of the recording, in milliseconds. */
  readonly durationMs: number;
  /** What was found out about its clock; undefined: it has not been decoded. */
  readonly facts?: DecodedFacts | undefined;
  /** Folder for the files; it must exist. */
  readonly folder: string;
  /** Milliseconds without progress after which ffmpeg is ended. */
  readonly stallMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with the milliseconds of the recording that were seen so far. */
  readonly onProgress?: (ms: number) => void;
}

/** Height of a small picture in pixels: a name plate can be told from a face. */
const height = 90;
/** A wider one is squeezed. */
const maxWidth = 160;
const columns = 25;
/** A sheet of 25 × 24 pictures has 4,000 × 2,160 pixels: a browser holds it in 35 megabytes. */
const maxPictures = 600;
const minEveryMs = 2_000;

/**
 * How much of a picture has to change from one frame to the next, from 0 to 1 (FFmpeg's `scene`, libavfilter/f_select.c). Its
 * manual finds 0.3 to 0.5 sane for films; two cameras of one room differ by less. A shot too many only makes edges snap to it.
 */
const shotChange = 0.2;
/** Two shots are no closer than that, in milliseconds: a flash is not one. */
const minShotMs = 500;

export type SheetPlan = Omit<RecordingPictures, "shots" | "count">;

/** @param durationMs of the recording */
export function planSheet(durationMs: number): SheetPlan {
  const everyMs = Math.max(minEveryMs, Math.ceil(durationMs / maxPictures / 1000) * 1000);
  const count = Math.min(maxPictures, Math.max(1, Math.ceil(durationMs / everyMs)));
  return { everyMs, columns: Math.min(columns, count), rows: Math.ceil(count / columns) };
}

function toFilter(everyMs: number, facts: DecodedFacts | undefined): string {
  const clock = facts === undefined ? "" : `${clockFilter(facts)},`;
  const size = `scale=w='min(${maxWidth},max(16,2*trunc(${height / 2}*dar)))':h=${height}:flags=fast_bilinear`;
  return [
    `[0:v:0]${clock}${size},setsar=1,split=2[seen][small]`,
    `[seen]select='gt(scene,${shotChange})',metadata=print:file=-,nullsink`,
    `[small]fps=fps=1000/${everyMs}:start_time=0:round=up[pictures]`,
  ].join(";");
}

/** Gathers the frames that FFmpeg's `metadata` filter prints: `frame:3    pts:96      pts_time:3.2`. */
export function createShotReader(): { readonly read: (line: string) => void; readonly shots: readonly number[] } {
  const shots: number[] = [];
  const read = (line: string): void => {
    const seconds = /^frame:\d+.*\bpts_time:([\d.]+)/.exec(line)?.[1];
    const ms = Math.round(Number(seconds) * 1000);
    if (seconds !== undefined && ms > 0 && ms - (shots.at(-1) ?? -minShotMs) >= minShotMs) shots.push(ms);
  };
  return { read, shots };
}

/**
 * Makes both. It only takes what others leave of the processor, and one thread of it.
 * @throws ArchivistError `tool.failed`, `tool.stalled`, `disk.full`, `media.undecodable`, `interrupted`; nothing is left behind
 */
export async function makePictures(request: PicturesRequest): Promise<RecordingPictures> {
  const { ffmpeg, path, facts, folder, durationMs, stallMs, signal, onProgress } = request;
  const files = getPictureFiles(folder);
  const plan = planSheet(durationMs);
  const reader = createShotReader();
  const [row, sheet] = [`${files.sheet}.row`, `${files.sheet}.part`];
  const failure = "no small pictures could be made of the recording";
  let made = 0;
  const common = { ffmpeg, subject: path, failure, stallMs, signal, isBackground: true };
  try {
    await runFfmpeg({
      ...common,
      args: [
        ...progressArguments,
        ...(facts === undefined ? [] : ["-copyts"]),
        // A picture that changes its size goes on in the same filters: anew, their clocks would begin again.
        ...["-threads", "1", "-reinit_filter", "0", ...inputArguments(path)],
        ...["-filter_threads", "1", "-filter_complex", toFilter(plan.everyMs, facts)],
        ...["-map", "[pictures]", "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p", "-f", "avi", row],
      ],
      onOutputLine: reader.read,
      // Its clock may be that of the file.
      onFrames: (frames) => {
        made = frames;
        onProgress?.(frames * plan.everyMs);
      },
    });
    // The picture may end before the sound does; without any frame there is nothing to show.
    const count = Math.min(plan.columns * plan.rows, made);
    if (count === 0) throw new ArchivistError("media.undecodable", { subject: path, cause: failure });
    // In a step of its own: ffmpeg tells how far it is only when all of its outputs have begun.
    await runFfmpeg({
      ...common,
      args: [
        ...[...progressArguments, ...inputArguments(row), "-vf", `tile=${plan.columns}x${plan.rows}`],
        ...["-frames:v", "1", "-q:v", "5", "-f", "mjpeg", sheet],
      ],
    });
    await rename(sheet, files.sheet);
    await syncFolder(folder);
    const pictures = { ...plan, count, shots: reader.shots.filter((ms) => ms < durationMs) };
    await writeFileAtomic(files.facts, JSON.stringify(pictures));
    return pictures;
  } finally {
    await Promise.all([row, sheet].map((file) => rm(file, { force: true })));
  }
}
