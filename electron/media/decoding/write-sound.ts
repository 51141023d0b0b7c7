/** Writes the sound of the chosen streams. */
import { rename } from "node:fs/promises";
import { createPlainFile, syncPlainFile } from "../../platform/plain-files.ts";
import { assemble, type PlacedPart } from "./assemble.ts";
import type { PlacedStream } from "./place-streams.ts";
import type { Placement } from "./placement.ts";
import { splice } from "./splice.ts";

/** Writes the sound; one stream without gaps is taken as it lies. */
export async function writeSound(chosen: readonly PlacedStream[], target: string) {
  const [only] = chosen;
  const isPlain = (placement: Placement): boolean => placement.lead < 1 && placement.steps.length === 0;
  if (chosen.length === 1 && only !== undefined && isPlain(only.placement)) {
    await rename(only.path, target);
    const { sampleCount, levels, peaks } = only.read;
    await syncPlainFile(target);
    return { sampleCount, levels, peaks };
  }
  const handle = await createPlainFile(target);
  try {
    const sound =
      chosen.length === 1 && only !== undefined
        ? await splice(handle, { path: only.path, placement: only.placement, ...only.read })
        : await assemble(handle, chosen.map(toPart));
    await handle.sync();
    return sound;
  } finally {
    await handle.close();
  }
}

const toPart = ({ path, read, placement }: PlacedStream): PlacedPart => ({
  path,
  sampleCount: read.sampleCount,
  placement,
});
