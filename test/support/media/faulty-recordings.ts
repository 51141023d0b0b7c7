/**
 * Recordings as encoders, cameras, copying programs and editing programs leave them, made with FFmpeg: each with sounds
 * at known times, in a container, with one fault.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rewriteFlvStamps, rewriteTsStamps } from "./stamps.ts";

/** The sounds begin at these times of the plain recording, in milliseconds, and last a second. */
export const plainOnsets = [3_000, 9_000, 15_000, 20_000] as const;
const seconds = 24;

export interface FaultyRecording {
  readonly path: string;
  /** When the sounds begin on the recording's own clock, in milliseconds. */
  readonly onsets: readonly number[];
  /** True when part of it cannot be read. */
  readonly isIncomplete: boolean;
}

export const containers = ["ts", "m2ts", "mpg", "mxf", "mp4", "mov", "mkv", "flv", "wmv", "ogg"] as const;
export type Container = (typeof containers)[number];

const run = (args: readonly string[]): void => {
  execFileSync("ffmpeg", ["-nostdin", "-v", "error", "-y", ...args], { maxBuffer: 1e8 });
};

const isLoud = plainOnsets.map((ms) => `between(t\\,${ms / 1000}\\,${ms / 1000 + 1})`).join("+");
const sounds = `aevalsrc=exprs='0.3*sin(2*PI*330*t)*(0.6+0.4*sin(2*PI*9*t))*(${isLoud})':s=48000:d=${seconds}`;
const silence = `anullsrc=r=48000:cl=mono:d=${seconds}`;
const picture = `testsrc=s=160x90:r=25:d=${seconds}`;

const codecs: Readonly<Record<Container, readonly string[]>> = {
  ts: ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "aac"],
  m2ts: ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "ac3"],
  mpg: ["-c:v", "mpeg2video", "-b:v", "500k", "-c:a", "mp2"],
  mxf: ["-c:v", "mpeg2video", "-b:v", "500k", "-c:a", "pcm_s16le"],
  mp4: ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "aac"],
  mov: ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "pcm_s16le"],
  mkv: ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "aac"],
  flv: ["-c:v", "flv", "-b:v", "500k", "-c:a", "aac"],
  wmv: ["-c:v", "wmv2", "-b:v", "500k", "-c:a", "wmav2"],
  ogg: ["-c:v", "libtheora", "-b:v", "500k", "-c:a", "libvorbis"],
};

const formatArguments = (container: Container): readonly string[] =>
  container === "m2ts" ? ["-f", "mpegts", "-mpegts_m2ts_mode", "1"] : [];

interface Making {
  /** Path of the recording to make. */
  readonly path: string;
  readonly container: Container;
  /** Path of another file beside it. */
  readonly beside: (name: string) => string;
}

/** Writes the plain recording, with further arguments for its sound. */
function writePlain({ path, container }: Making, ...sound: readonly string[]): void {
  const inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sounds];
  run([...inputs, "-map", "0:v", "-map", "1:a", ...codecs[container], ...sound, ...formatArguments(container), path]);
}

/** Writes the recording with one of its streams later than the other. */
function writeShifted({ path, container, beside }: Making, later: "sound" | "picture"): void {
  const plain = beside(`plain.${container}`);
  writePlain({ path: plain, container, beside });
  const maps = later === "sound" ? ["-map", "0:v", "-map", "1:a"] : ["-map", "1:v", "-map", "0:a"];
  run(["-i", plain, "-itsoffset", "2", "-i", plain, ...maps, "-c", "copy", ...formatArguments(container), path]);
}

/** Copies part of a file's bytes over with zeros, or cuts them off. */
function damage(path: string, from: number, to: number, isCut = false): void {
  const bytes = readFileSync(path);
  const [start, end] = [Math.floor(bytes.length * from), Math.floor(bytes.length * to)];
  if (!isCut) bytes.fill(0, start, end);
  writeFileSync(path, isCut ? bytes.subarray(0, start) : bytes);
}

/** Writes two halves whose clocks do not meet, one behind the other. */
function writeRestart({ path, container, beside }: Making, offsets: readonly [number, number]): void {
  const halves = [
    [0, 12],
    [12, seconds],
  ].map(([from, to], index) => {
    const half = beside(`half-${index}.ts`);
    const cut = ["-ss", String(from), "-t", String((to ?? 0) - (from ?? 0))];
    const inputs = ["-f", "lavfi", ...cut, "-i", picture, "-f", "lavfi", ...cut, "-i", sounds];
    const offset = ["-output_ts_offset", String(offsets[index]), "-muxdelay", "0", "-muxpreload", "0"];
    run([...inputs, ...codecs.ts, ...offset, ...formatArguments(container), "-f", "mpegts", half]);
    return readFileSync(half);
  });
  writeFileSync(path, Buffer.concat(halves));
}

interface Fault {
  /** Containers in which it can be made; it happens in others as well. */
  readonly containers: readonly Container[];
  readonly make: (making: Making) => void;
  /** Default: as in the plain recording. */
  readonly onsets?: readonly number[];
  readonly isIncomplete?: boolean;
}

const later = (ms: number): readonly number[] => plainOnsets.map((onset) => onset + ms);
const streams: readonly Container[] = ["ts"];
const hour = 3_600_000;

export const faults: Readonly<Record<string, Fault>> = {
  none: { containers, make: (making) => writePlain(making) },
  "late sound": {
    containers: ["ts", "m2ts", "mpg", "mp4", "mov", "mkv", "flv", "wmv"],
    make: (making) => writeShifted(making, "sound"),
    onsets: later(2_000),
  },
  "early sound": {
    containers: ["ts", "m2ts", "mpg", "mp4", "mov", "mkv", "flv", "wmv"],
    make: (making) => writeShifted(making, "picture"),
  },
  gap: {
    containers: ["ts", "m2ts", "mp4", "mkv", "flv"],
    make: (making) => writePlain(making, "-af", "aselect='not(between(t\\,11\\,14.5))'"),
  },
  // Matroska has no edit lists: what is cut from it begins at the key frame before.
  trim: {
    containers: ["mp4", "mov"],
    make: ({ path, container, beside }) => {
      const plain = beside(`plain.${container}`);
      writePlain({ path: plain, container, beside });
      run(["-ss", "2", "-i", plain, "-c", "copy", path]);
    },
    onsets: later(-2_000),
  },
  "begins at 5 s": {
    containers: ["mp4", "mkv", "ts"],
    make: ({ path, container, beside }) => {
      const plain = beside(`plain.${container}`);
      writePlain({ path: plain, container, beside });
      run(["-i", plain, "-c", "copy", "-output_ts_offset", "5", ...formatArguments(container), path]);
    },
  },
  "format change": {
    containers: streams,
    make: ({ path, beside }) => {
      const halves = [0, 12].map((from, index) => {
        const half = beside(`half-${index}.ts`);
        const cut = ["-ss", String(from), "-t", "12"];
        const inputs = ["-f", "lavfi", ...cut, "-i", picture, "-f", "lavfi", ...cut, "-i", sounds];
        const sound = index === 0 ? ["-ac", "1", "-ar", "48000"] : ["-ac", "2", "-ar", "44100"];
        const offset = ["-output_ts_offset", String(from), "-muxdelay", "0", "-muxpreload", "0"];
        run([...inputs, ...codecs.ts, ...sound, ...offset, "-f", "mpegts", half]);
        return readFileSync(half);
      });
      writeFileSync(path, Buffer.concat(halves));
    },
  },
  "restart forward": { containers: streams, make: (making) => writeRestart(making, [0, 18_000]) },
  "restart back": { containers: streams, make: (making) => writeRestart(making, [1_000, 0]) },
  "clock wrap": {
    containers: streams,
    make: (making) => {
      writePlain(making);
      // 33 bits at 90 kHz end 12 s after the begin.
      const wrap = 2 ** 33;
      rewriteTsStamps(making.path, ({ stamp }) => (stamp + wrap - 12 * 90_000) % wrap);
    },
  },
  "one wrong stamp": {
    containers: ["ts", "flv"],
    make: (making) => {
      writePlain(making);
      if (making.container === "flv") {
        rewriteFlvStamps(making.path, ({ isSound, ms, index }) => (isSound && index === 500 ? ms + hour : ms));
      } else {
        rewriteTsStamps(making.path, ({ isSound, stamp, index }) =>
          isSound && index === 50 ? stamp + 20 * 90_000 : stamp,
        );
      }
    },
  },
  "wrong stamps back": {
    containers: ["ts", "flv"],
    make: (making) => {
      writePlain(making);
      if (making.container === "flv") {
        rewriteFlvStamps(making.path, ({ isSound, ms, index }) =>
          isSound && index > 500 && index < 520 ? Math.max(0, ms - 9_000) : ms,
        );
      } else {
        rewriteTsStamps(making.path, ({ isSound, stamp, index }) =>
          isSound && index % 40 === 20 ? Math.max(0, stamp - 1_000 * 90) : stamp,
        );
      }
    },
  },
  jitter: {
    containers: ["ts", "flv"],
    make: (making) => {
      writePlain(making);
      // A fixed sequence between −300 and 300 ms.
      const jitter = (index: number): number => ((index * 7_919) % 601) - 300;
      if (making.container === "flv") {
        rewriteFlvStamps(making.path, ({ isSound, ms, index }) => (isSound ? Math.max(0, ms + jitter(index)) : ms));
      } else {
        rewriteTsStamps(making.path, ({ isSound, stamp, index }) => (isSound ? stamp + jitter(index) * 90 : stamp));
      }
    },
  },
  "stopped copy, zeros": {
    containers: ["ts", "mpg", "mp4", "mkv", "flv", "wmv"],
    make: (making) => {
      writePlain(making, ...(making.container === "mp4" ? ["-movflags", "+faststart"] : []));
      damage(making.path, 0.6, 1);
    },
    onsets: plainOnsets.slice(0, 2),
    isIncomplete: true,
  },
  "stopped copy, cut": {
    containers: ["mp4", "mkv", "flv", "wmv"],
    make: (making) => {
      writePlain(making, ...(making.container === "mp4" ? ["-movflags", "+faststart"] : []));
      damage(making.path, 0.6, 1, true);
    },
    onsets: plainOnsets.slice(0, 2),
    isIncomplete: true,
  },
  hole: {
    containers: ["ts", "mpg", "mp4", "mkv"],
    make: (making) => {
      writePlain(making, ...(making.container === "mp4" ? ["-movflags", "+faststart"] : []));
      damage(making.path, 0.47, 0.55);
    },
    isIncomplete: true,
  },
  "silent first sound": {
    containers: ["ts", "mxf", "mp4", "mkv"],
    make: ({ path, container }) => {
      const inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", silence, "-f", "lavfi", "-i", sounds];
      run([...inputs, "-map", "0:v", "-map", "1:a", "-map", "2:a", ...codecs[container], path]);
    },
  },
  // Channel 4 is that for deep sounds: AAC and AC-3 keep nothing else of it.
  "microphone on channel 4 of 6": {
    containers: ["mov", "mxf"],
    make: (making) => writePlain(making, "-af", "pan=5.1|c3=c0"),
  },
  "microphone on channel 10 of 16": {
    containers: ["mov"],
    make: (making) => writePlain(making, "-af", "pan=16c|c9=c0"),
  },
  "opposite phase": {
    containers: ["mp4", "ts", "mxf"],
    make: (making) => writePlain(making, "-af", "pan=stereo|c0=c0|c1=-1*c0"),
  },
  "constant offset": {
    containers: ["mov"],
    make: (making) => writePlain(making, "-af", "dcshift=0.2"),
  },
};

/** Makes a recording in a folder. */
export function makeFaulty(folder: string, container: Container, fault: string): FaultyRecording {
  const made = faults[fault];
  if (made === undefined) throw new RangeError(`no such fault: ${fault}`);
  const path = join(folder, `recording.${container}`);
  made.make({ path, container, beside: (name) => join(folder, name) });
  return { path, onsets: made.onsets ?? plainOnsets, isIncomplete: made.isIncomplete ?? false };
}
