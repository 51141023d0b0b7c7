import { segmentWords } from "../../captions/segmentation/segment.ts";
import { listStyledWords } from "../../catalog/repositories/style-edits.ts";
import { findVersion, storeMachineVersion } from "../../catalog/repositories/versions.ts";
import { getCaptionProfile } from "../options.ts";
import type { TranscriptionStage } from "../transcription-run.ts";

/** Creates version 0 of the captions: the unedited machine output, which never changes. */
export const captionStage: TranscriptionStage = {
  name: "caption",
  isDone: ({ services, transcription }) => findVersion(services.catalog, transcription.id, 0) !== undefined,
  run: async ({ services, transcription, request }) => {
    const words = listStyledWords(services.catalog, transcription.id);
    const cues = segmentWords(words, getCaptionProfile(services.settings, request).cues);
    storeMachineVersion(services.catalog, transcription.id, cues);
  },
};
