/** Transcriptions with captions in a catalog, for whoever corrects them. */
import type { Cue } from "../../../electron/captions/cue.ts";
import type { Catalog } from "../../../electron/catalog/open.ts";
import { storeMachineVersion } from "../../../electron/catalog/repositories/versions.ts";
import { addMeeting } from "../bench/meetings.ts";

/** Cues of two seconds each, one after the other. */
export const someCues = (count: number): readonly Cue[] =>
  Array.from({ length: count }, (_, index) => ({
    startMs: 1_000 + index * 2_000,
    endMs: 2_900 + index * 2_000,
    lines: [`this is caption number ${index}`],
  }));

/** @returns Id of a transcription with the machine's captions. @param number another one for each of a catalog */
export function captioned(catalog: Catalog, cues: readonly Cue[] = someCues(20), number = 1): string {
  const { id } = addMeeting(catalog, {
    number,
    filename: `meeting ${number}.mp4`,
    durationMs: (cues.at(-1)?.endMs ?? 0) + 5_000,
  });
  storeMachineVersion(catalog, id, cues);
  return id;
}
