/** What the house style of a city writes otherwise than it was recognized, and the words with it. */

import type { StyleEdit } from "../../captions/house-style/style-edit.ts";
import { applyStyleEdits, type StyledWords } from "../../captions/house-style/styled-words.ts";
import type { Word } from "../../captions/word.ts";
import { asc, eq } from "../drizzle.ts";
import { inBatches } from "../in-batches.ts";
import type { Catalog } from "../open.ts";
import { styleEdits } from "../schema.ts";
import { listWords } from "./chunks.ts";

/** Replaces the edits of a transcription. @param edits in order, without overlap */
export function storeStyleEdits(catalog: Catalog, transcriptionId: string, edits: readonly StyleEdit[]): void {
  catalog.transaction(() => {
    const { database } = catalog;
    database.delete(styleEdits).where(eq(styleEdits.transcriptionId, transcriptionId)).run();
    const rows = edits.map((edit) => ({ transcriptionId, ...edit }));
    for (const batch of inBatches(rows)) database.insert(styleEdits).values(batch).run();
  });
}

/** In order of time. */
export function listStyleEdits({ database }: Catalog, transcriptionId: string): readonly StyleEdit[] {
  return database
    .select({
      wordIndex: styleEdits.wordIndex,
      wordCount: styleEdits.wordCount,
      heard: styleEdits.heard,
      written: styleEdits.written,
      rule: styleEdits.rule,
    })
    .from(styleEdits)
    .where(eq(styleEdits.transcriptionId, transcriptionId))
    .orderBy(asc(styleEdits.wordIndex))
    .all();
}

/** The words of a transcription as the city writes them, with the edits that made them so. */
export const findStyledWords = (catalog: Catalog, transcriptionId: string): StyledWords =>
  applyStyleEdits(listWords(catalog, transcriptionId), listStyleEdits(catalog, transcriptionId));

/** All words of a transcription as the city writes them, in time order. */
export const listStyledWords = (catalog: Catalog, transcriptionId: string): readonly Word[] =>
  findStyledWords(catalog, transcriptionId).words;
