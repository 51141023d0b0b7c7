import { listWords } from "../../catalog/repositories/chunks.ts";
import { listGlossaryTerms, storeGlossaryFindings } from "../../catalog/repositories/glossary.ts";
import { findNearMisses } from "../../speech/vocabulary/near-misses.ts";
import { hasCompleted } from "../completed-stages.ts";
import type { TranscriptionStage } from "../transcription-run.ts";

/** Finds words that sound like a name in the city's glossary, and proposes them in the editor. */
export const namesStage: TranscriptionStage = {
  name: "names",
  isDone: (job) => job.request.glossaryName === undefined || hasCompleted(job, "names"),
  run: async ({ services, transcription, request }) => {
    const { catalog, clock } = services;
    const { glossaryName } = request;
    if (glossaryName === undefined) return;
    const glossary = listGlossaryTerms(catalog, glossaryName);
    const { proposals, heardTerms } = findNearMisses(listWords(catalog, transcription.id), glossary);
    storeGlossaryFindings(catalog, transcription.id, {
      glossaryName,
      proposals,
      heardTerms,
      date: clock.now().toISOString(),
    });
  },
};
