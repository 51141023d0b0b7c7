/** Summaries and key phrases. */

import { z } from "zod";
import { and, asc, eq } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { keyPhrases, summaries, transcriptions } from "../schema.ts";

const sentencesSchema = z.array(z.object({ text: z.string(), startMs: z.number().int() }));

export interface StoredSummary {
  readonly markdown: string;
  readonly sentences: readonly { readonly text: string; readonly startMs: number }[];
  readonly phrases: readonly { readonly phrase: string; readonly occurrences: number }[];
  /** JSON of the settings that it was made with. */
  readonly options: string;
  /** The version of the captions whose words it is made of. */
  readonly version: number;
}

/** Stores (or replaces) the summary of a transcription. */
export function storeSummary(catalog: Catalog, transcriptionId: string, summary: StoredSummary): void {
  const { markdown, sentences, phrases, options, version } = summary;
  catalog.transaction(() => {
    const { database } = catalog;
    database.delete(summaries).where(eq(summaries.transcriptionId, transcriptionId)).run();
    database
      .insert(summaries)
      .values({ transcriptionId, markdown, sentences: JSON.stringify(sentences), options, version })
      .run();
    database.delete(keyPhrases).where(eq(keyPhrases.transcriptionId, transcriptionId)).run();
    phrases.forEach(({ phrase, occurrences }, index) => {
      database
        .insert(keyPhrases)
        .values({ transcriptionId, rank: index + 1, phrase, occurrences })
        .run();
    });
  });
}

/** Finds the summary of a transcription; undefined where none is made, or none is wanted any more. */
export function findSummary(catalog: Catalog, transcriptionId: string): StoredSummary | undefined {
  const { database } = catalog;
  const row = database
    .select({
      markdown: summaries.markdown,
      sentences: summaries.sentences,
      options: summaries.options,
      version: summaries.version,
    })
    .from(summaries)
    .innerJoin(transcriptions, eq(transcriptions.id, summaries.transcriptionId))
    .where(and(eq(summaries.transcriptionId, transcriptionId), eq(transcriptions.includeSummary, true)))
    .get();
  if (row === undefined) return undefined;
  const phrases = database
    .select({ phrase: keyPhrases.phrase, occurrences: keyPhrases.occurrences })
    .from(keyPhrases)
    .where(eq(keyPhrases.transcriptionId, transcriptionId))
    .orderBy(asc(keyPhrases.rank))
    .all();
  const sentences = sentencesSchema.parse(JSON.parse(row.sentences));
  return { markdown: row.markdown, sentences, phrases, options: row.options, version: row.version };
}
