/** Writes the sound of a recording from the sound of its streams: each at its place, and mixed if there are several. */
import type { FileHandle } from "node:fs/promises";
import { openPlainFile } from "../../platform/plain-files.ts";
import { LevelReducer } from "../levels.ts";
import { PeakReducer } from "../peaks.ts";
import type { ClockStep } from "./clock-repair.ts";
import type { Placement } from "./placement.ts";

/** The sound of a stream, and where it belongs. */
export interface PlacedPart {
  /** File with the sound, without gaps: 16-bit mono samples at 16 kHz. */
  readonly path: string;
  readonly sampleCount: number;
  readonly placement: Placement;
}

export interface AssembledSound {
  readonly sampleCount: number;
  readonly levels: Uint8Array;
  readonly peaks: Buffer;
}

/** Samples that are handled at once: ten seconds. */
const blockSamples = 160_000;

/** Reads a placed part block by block, with silence where nothing is. */
class PartReader {
  readonly #handle: FileHandle;
  readonly #count: number;
  readonly #steps: readonly ClockStep[];
  #next = 0;
  #at = 0;
  /** Silence that is still to be given. */
  #silence: number;

  constructor(handle: FileHandle, { sampleCount, placement }: PlacedPart) {
    this.#handle = handle;
    this.#count = sampleCount;
    this.#steps = placement.steps;
    this.#silence = Math.round(placement.lead);
  }

  /** Fills the block; what is past the end stays silent. @returns samples that the part has given */
  async fill(block: Int16Array): Promise<number> {
    let filled = 0;
    while (filled < block.length) {
      if (this.#silence > 0) {
        const count = Math.min(this.#silence, block.length - filled);
        filled += count;
        this.#silence -= count;
        continue;
      }
      const step = this.#steps[this.#next];
      if (step !== undefined && this.#at >= step.sample) {
        this.#next++;
        const change = Math.round(step.change);
        if (change > 0) this.#silence = change;
        else this.#at -= change;
        continue;
      }
      const until = Math.min(step?.sample ?? this.#count, this.#count);
      const count = Math.min(until - this.#at, block.length - filled);
      if (count <= 0) break;
      const target = new Uint8Array(block.buffer, block.byteOffset + filled * 2, count * 2);
      const { bytesRead } = await this.#handle.read(target, 0, count * 2, this.#at * 2);
      if (bytesRead === 0) break;
      const got = Math.floor(bytesRead / 2);
      filled += got;
      this.#at += got;
    }
    return filled;
  }
}

function addTo(sum: Int16Array, block: Int16Array): void {
  for (let index = 0; index < sum.length; index++) {
    const value = (sum[index] as number) + (block[index] as number);
    sum[index] = Math.max(-32_768, Math.min(32_767, value));
  }
}

/** Writes the sound into `target`. */
export async function assemble(target: FileHandle, parts: readonly PlacedPart[]): Promise<AssembledSound> {
  const levels = new LevelReducer();
  const peaks = new PeakReducer();
  const handles: FileHandle[] = [];
  try {
    const readers: PartReader[] = [];
    for (const part of parts) {
      const handle = await openPlainFile(part.path);
      handles.push(handle);
      readers.push(new PartReader(handle, part));
    }
    let sampleCount = 0;
    for (;;) {
      const sum = new Int16Array(blockSamples);
      let filled = 0;
      for (const [index, reader] of readers.entries()) {
        const block = index === 0 ? sum : new Int16Array(blockSamples);
        filled = Math.max(filled, await reader.fill(block));
        if (index > 0) addTo(sum, block);
      }
      if (filled === 0) break;
      const samples = sum.subarray(0, filled);
      levels.push(samples);
      peaks.push(samples);
      await target.writeFile(new Uint8Array(samples.buffer, 0, filled * 2));
      sampleCount += filled;
      if (filled < blockSamples) break;
    }
    return { sampleCount, levels: levels.finish(), peaks: peaks.finish() };
  } finally {
    await Promise.all(handles.map((handle) => handle.close()));
  }
}
