/** Where speech was found in a recording, for one transcription of it. */

import type { TimeSpan } from "../../captions/time/span.ts";
import { asc, eq } from "../drizzle.ts";
import { inBatches } from "../in-batches.ts";
import type { Catalog } from "../open.ts";
import { transcriptionSpeech } from "../schema.ts";

/** Replaces the spans. @param spans in order, without overlap */
export function storeSpeechSpans(catalog: Catalog, transcriptionId: string, spans: readonly TimeSpan[]): void {
  catalog.transaction(() => {
    const { database } = catalog;
    database.delete(transcriptionSpeech).where(eq(transcriptionSpeech.transcriptionId, transcriptionId)).run();
    const rows = spans.map(({ startMs, endMs }) => ({ transcriptionId, startMs, endMs }));
    for (const batch of inBatches(rows)) database.insert(transcriptionSpeech).values(batch).run();
  });
}

/** The spans in order; empty: there is no speech, or it was transcribed before spans were stored. */
export function listSpeechSpans({ database }: Catalog, transcriptionId: string): readonly TimeSpan[] {
  return database
    .select({ startMs: transcriptionSpeech.startMs, endMs: transcriptionSpeech.endMs })
    .from(transcriptionSpeech)
    .where(eq(transcriptionSpeech.transcriptionId, transcriptionId))
    .orderBy(asc(transcriptionSpeech.startMs))
    .all();
}
