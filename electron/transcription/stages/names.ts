import { wordsOf } from "../../catalog/repositories/chunks.ts";
import { glossaryOf, storeGlossaryFindings } from "../../catalog/repositories/glossary.ts";
import { findNearMisses } from "../../speech/vocabulary/near-misses.ts";
import { hasCompleted } from "../completed-stages.ts";
import type { Step } from "../transcription-run.ts";

/** What sounds like a name of the city's glossary, proposed to the editor. */
export const namesStep: Step = {
  name: "names",
  isDone: (job) => job.request.city === undefined || hasCompleted(job, "names"),
  run: async ({ workshop, transcription, request }) => {
    const { catalog, clock } = workshop;
    if (request.city === undefined) return;
    const glossary = glossaryOf(catalog, request.city);
    const { proposals, heardTerms } = findNearMisses(wordsOf(catalog, transcription.id), glossary);
    storeGlossaryFindings(catalog, transcription.id, {
      city: request.city,
      proposals,
      heardTerms,
      date: clock.now().toISOString(),
    });
  },
};
