/** Measures how the time of reading grows with the length of a file. */
import { NotCaptionsError } from "../../../electron/captions/formats/read.ts";
import { parseCaptionFile } from "../../../electron/editing/parse-caption-file.ts";
import { type HostileShape, makeHostileFile } from "./hostile-captions.ts";

/** Work of this many milliseconds is too little to compare. */
const unmeasurableMs = 40;
/** Twice the length may take this many times as long: the square would be four, and computers are busy. */
const maxFactor = 3;

/** Milliseconds of the processor: what others do on this computer at the same time does not count. */
function measure(bytes: Uint8Array): number {
  const started = process.cpuUsage();
  try {
    parseCaptionFile(bytes, {});
  } catch (thrown) {
    if (!(thrown instanceof NotCaptionsError)) throw thrown;
  }
  return process.cpuUsage(started).user / 1000;
}

/** The fastest of some runs: the others were disturbed. */
const measureBest = (bytes: Uint8Array, runs: number): number =>
  Math.min(...Array.from({ length: runs }, () => measure(bytes)));

export interface Growth {
  readonly lengths: readonly number[];
  readonly ms: readonly number[];
  /** False where all steps from n to 2n, 4n and 8n grew faster than the length. */
  readonly isLinear: boolean;
}

/** Reads files of n, 2n and 4n characters. */
export function measureGrowth(shape: HostileShape, length: number): Growth {
  const lengths = [length, 2 * length, 4 * length];
  const files = lengths.map((each) => makeHostileFile(shape, each));
  let ms = files.map(measure);
  const grows = (): boolean => {
    const [one = 0, two = 0, four = 0] = ms;
    return four > unmeasurableMs && two > maxFactor * one && four > maxFactor * two;
  };
  // What looks worse than it is, is measured again.
  if (grows()) ms = files.map((bytes) => measureBest(bytes, 3));
  // A way of reading that begins at some size is one step; what grows goes on growing.
  const growsOn = (): boolean => measureBest(makeHostileFile(shape, 8 * length), 3) > maxFactor * (ms[2] ?? 0);
  return { lengths, ms, isLinear: !grows() || !growsOn() };
}
