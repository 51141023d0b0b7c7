/** Adds transcriptions with captions to a catalog, for tests of editing. */
import type { Cue } from "../../../electron/captions/cue.ts";
import type { Catalog } from "../../../electron/catalog/open.ts";
import { storeMachineVersion } from "../../../electron/catalog/repositories/versions.ts";
import { addMeeting } from "../bench/meetings.ts";

/** Consecutive cues of two seconds each. */
export const someCues = (count: number): readonly Cue[] =>
  Array.from({ length: count }, (_, index) => ({
    startMs: 1_000 + index * 2_000,
    endMs: 2_900 + index * 2_000,
    lines: [`this is caption number ${index}`],
  }));

/**
 * @param number unique within a catalog
 * @returns Id of a transcription with machine-made captions
 */
export function captioned(catalog: Catalog, cues: readonly Cue[] = someCues(20), number = 1): string {
  const { id } = addMeeting(catalog, {
    number,
    filename: `meeting ${number}.mp4`,
    durationMs: (cues.at(-1)?.endMs ?? 0) + 5_000,
  });
  storeMachineVersion(catalog, id, cues);
  return id;
}
