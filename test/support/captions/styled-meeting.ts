/** A meeting that was recognized and written in the style of its city, without a recording behind it. */

import { findStyleEdits } from "../../../electron/captions/house-style/find-style-edits.ts";
import { baseStyles } from "../../../electron/captions/house-style/style.ts";
import { defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { segmentWords } from "../../../electron/captions/segmentation/segment.ts";
import type { Word } from "../../../electron/captions/word.ts";
import type { Catalog } from "../../../electron/catalog/open.ts";
import { finishChunk, listChunks, storePlan } from "../../../electron/catalog/repositories/chunks.ts";
import { listStyledWords, storeStyleEdits } from "../../../electron/catalog/repositories/style-edits.ts";
import { storeMachineVersion } from "../../../electron/catalog/repositories/versions.ts";
import { addMeeting } from "../bench/meetings.ts";

/** Adds the chunks of a transcription with their words. */
export function addRecognizedChunks(
  catalog: Catalog,
  transcriptionId: string,
  chunks: readonly { readonly words: readonly Word[]; readonly language: string }[],
): void {
  storePlan(
    catalog,
    transcriptionId,
    chunks.map(({ words }) => ({ stretches: [{ startMs: words[0]?.startMs ?? 0, endMs: words.at(-1)?.endMs ?? 1 }] })),
  );
  const rows = listChunks(catalog, transcriptionId);
  chunks.forEach(({ words, language }, index) => {
    const completedDate = "2026-11-20T10:00:00.000Z";
    finishChunk(catalog, rows[index]?.id ?? 0, { words, language, repairedWords: 0, elapsedMs: 1, completedDate });
  });
}

/** @returns Id of the transcription, in the style of the United States */
export function addStyledMeeting(catalog: Catalog, words: readonly Word[]): string {
  const durationMs = (words.at(-1)?.endMs ?? 0) + 5_000;
  const { id } = addMeeting(catalog, { number: 1, filename: "meeting 1.mp4", durationMs });
  addRecognizedChunks(catalog, id, [{ words, language: "en" }]);
  storeStyleEdits(catalog, id, findStyleEdits(words, { style: baseStyles.us }));
  storeMachineVersion(catalog, id, segmentWords(listStyledWords(catalog, id), defaultProfile));
  return id;
}
