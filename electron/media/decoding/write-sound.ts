/** Writes the sound of the chosen streams. */
import { open, rename } from "node:fs/promises";
import { assemble, type PlacedPart } from "./assemble.ts";
import type { PlacedStream } from "./place-streams.ts";
import type { Placement } from "./placement.ts";

/** Writes the sound; one stream without gaps is taken as it lies. */
export async function writeSound(chosen: readonly PlacedStream[], target: string) {
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
