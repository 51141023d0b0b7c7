import { segmentWords } from "../../captions/segmentation/segment.ts";
import { wordsOf } from "../../catalog/repositories/chunks.ts";
import { findVersion, storeMachineVersion } from "../../catalog/repositories/versions.ts";
import { profileOf } from "../options.ts";
import type { Step } from "../transcription-run.ts";

/** Version 0 of the captions: what the machine made, never changed again. */
export const captionStep: Step = {
  name: "caption",
  isDone: ({ workshop, transcription }) => findVersion(workshop.catalog, transcription.id, 0) !== undefined,
  run: async ({ workshop, transcription, request }) => {
    const words = wordsOf(workshop.catalog, transcription.id);
    const cues = segmentWords(words, profileOf(workshop.settings, request).cues);
    storeMachineVersion(workshop.catalog, transcription.id, cues);
  },
};
