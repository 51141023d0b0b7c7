/**
 * Puts the sound of one stream at its place without looking at its samples again: gaps and repeats are whole blocks of
 * 20 ms, so that loudness and peaks can be moved along with it.
 */
import type { FileHandle } from "node:fs/promises";
import { openPlainFile } from "../../platform/plain-files.ts";
import { quietest, samplesPerLevel } from "../levels.ts";
import { joinPeaks, splitPeaks } from "../peaks.ts";
import type { AssembledSound } from "./assemble.ts";
import type { Placement } from "./placement.ts";

/** Samples of a block: one level, two peaks of two bytes each. */
const block = samplesPerLevel;
const peakBytes = 4;
const sampleBytes = 2;
/** Blocks that are copied at once: forty seconds. */
const copiedBlocks = 2_000;

/** A run of the sound (blocks from one to another), or of silence. */
type Run = { readonly from: number; readonly to: number } | { readonly silent: number };

/** The placement in whole blocks; what is rounded off is made up for at the next step. */
function listRuns({ lead, steps }: Placement, count: number): readonly Run[] {
  const runs: Run[] = [];
  let exact = lead;
  let placed = Math.round(lead / block);
  let at = 0;
  if (placed > 0) runs.push({ silent: placed });
  for (const step of steps) {
    const until = Math.min(count, Math.round(step.sample / block));
    if (until > at) runs.push({ from: at, to: until });
    at = Math.max(at, until);
    exact += step.change;
    const change = Math.round(exact / block) - placed;
    placed += change;
    if (change > 0) runs.push({ silent: change });
    else at -= change;
  }
  if (count > at) runs.push({ from: at, to: count });
  return runs;
}

/** Moves bytes of which each block has the same number. */
function spliceBytes(bytes: Uint8Array, perBlock: number, silence: number, runs: readonly Run[]): Uint8Array {
  return Buffer.concat(
    runs.map((run) =>
      "silent" in run
        ? Buffer.alloc(run.silent * perBlock, silence)
        : bytes.subarray(run.from * perBlock, run.to * perBlock),
    ),
  );
}

export interface SplicedSound {
  /** File with the sound, without gaps: 16-bit mono samples at 16 kHz. */
  readonly path: string;
  readonly levels: Uint8Array;
  readonly peaks: Buffer;
  readonly placement: Placement;
}

/** Writes the sound into `target`. */
export async function splice(
  target: FileHandle,
  { path, levels, peaks, placement }: SplicedSound,
): Promise<AssembledSound> {
  const runs = listRuns(placement, levels.length);
  const source = await openPlainFile(path);
  let bytes = 0;
  try {
    const buffer = Buffer.alloc(copiedBlocks * block * sampleBytes);
    for (const run of runs) {
      const [from, to] = "silent" in run ? [0, run.silent] : [run.from, run.to];
      for (let at = from; at < to; at += copiedBlocks) {
        const length = Math.min(copiedBlocks, to - at) * block * sampleBytes;
        const part = buffer.subarray(0, length);
        if ("silent" in run) part.fill(0);
        const got = "silent" in run ? length : (await source.read(part, 0, length, at * block * sampleBytes)).bytesRead;
        await target.writeFile(part.subarray(0, got));
        bytes += got;
      }
    }
  } finally {
    await source.close();
  }
  return {
    sampleCount: bytes / sampleBytes,
    levels: spliceBytes(levels, 1, quietest, runs),
    peaks: joinPeaks(spliceBytes(splitPeaks(peaks), peakBytes, 0, runs)),
  };
}
