import { findStyleEdits } from "../../captions/house-style/find-style-edits.ts";
import { hasHouseStyle } from "../../captions/house-style/style.ts";
import { listChunks, listChunkWords } from "../../catalog/repositories/chunks.ts";
import { listGlossaryTerms, listProposals } from "../../catalog/repositories/glossary.ts";
import { storeStyleEdits } from "../../catalog/repositories/style-edits.ts";
import { findVersion } from "../../catalog/repositories/versions.ts";
import { hasCompleted } from "../completed-stages.ts";
import { getHouseStyle } from "../options.ts";
import type { TranscriptionStage } from "../transcription-run.ts";

/** Finds what the city writes otherwise than it was recognized. The recognized words stay, and so do names. */
export const styleStage: TranscriptionStage = {
  name: "style",
  // Captions that were made before there was a style are of the words as they were recognized.
  isDone: (job) =>
    hasCompleted(job, "style") || findVersion(job.services.catalog, job.transcription.id, 0) !== undefined,
  run: async ({ services, transcription, request }) => {
    const { catalog, settings } = services;
    const { glossaryName } = request;
    const chunks = listChunks(catalog, transcription.id).map(({ id, language }) => ({
      words: listChunkWords(catalog, id),
      isStyled: hasHouseStyle(language ?? request.language),
    }));
    const isStyled = chunks.flatMap((chunk) => chunk.words.map(() => chunk.isStyled));
    const names = new Set(
      listProposals(catalog, transcription.id).flatMap(({ wordIndex, wordCount }) =>
        Array.from({ length: wordCount }, (_, offset) => wordIndex + offset),
      ),
    );
    const edits = findStyleEdits(
      chunks.flatMap(({ words }) => words),
      {
        style: getHouseStyle(settings, request),
        terms: glossaryName === undefined ? [] : listGlossaryTerms(catalog, glossaryName).map(({ term }) => term),
        isStyled: (index) => isStyled[index] === true,
        isName: (index) => names.has(index),
      },
    );
    storeStyleEdits(catalog, transcription.id, edits);
  },
};
