/** Chunks and the words that were heard in them: the checkpoints of a transcription. */
import { and, asc, eq, sql } from "drizzle-orm";
import type { Word } from "../../captions/word.ts";
import { batches } from "../batches.ts";
import type { Catalog } from "../open.ts";
import { transcriptionChunks, words } from "../schema.ts";

export interface ChunkRow {
  readonly id: number;
  readonly position: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly status: "pending" | "completed";
  readonly attempts: number;
  readonly repairedWords: number;
  /** The language that was heard; null until the chunk is completed. */
  readonly language: string | null;
}

/** The plan of a transcription, in order; empty before it is made. */
export function chunksOf(catalog: Catalog, transcriptionId: string): readonly ChunkRow[] {
  return catalog.database
    .select({
      id: transcriptionChunks.id,
      position: transcriptionChunks.position,
      startMs: transcriptionChunks.startMs,
      endMs: transcriptionChunks.endMs,
      status: transcriptionChunks.status,
      attempts: transcriptionChunks.attempts,
      repairedWords: transcriptionChunks.repairedWords,
      language: transcriptionChunks.language,
    })
    .from(transcriptionChunks)
    .where(eq(transcriptionChunks.transcriptionId, transcriptionId))
    .orderBy(asc(transcriptionChunks.position))
    .all();
}

/** Stores a plan, all of it or nothing. */
export function storePlan(
  catalog: Catalog,
  transcriptionId: string,
  ranges: readonly { readonly startMs: number; readonly endMs: number }[],
): void {
  catalog.transaction(() => {
    ranges.forEach(({ startMs, endMs }, position) => {
      catalog.database.insert(transcriptionChunks).values({ transcriptionId, position, startMs, endMs }).run();
    });
  });
}

/** Counts an attempt at a chunk before it begins, so that a crash is counted too. */
export function beginChunk(catalog: Catalog, chunkId: number): void {
  catalog.database
    .update(transcriptionChunks)
    .set({ attempts: sql`${transcriptionChunks.attempts} + 1` })
    .where(eq(transcriptionChunks.id, chunkId))
    .run();
}

export interface FinishedChunk {
  readonly words: readonly Word[];
  readonly repairedWords: number;
  readonly language: string;
  readonly elapsedMs: number;
  readonly completedDate: string;
}

/** Stores what was heard in a chunk and marks it done, in one transaction: the checkpoint. */
export function finishChunk(catalog: Catalog, chunkId: number, finished: FinishedChunk): void {
  const { words: heard, elapsedMs, ...columns } = finished;
  catalog.transaction(() => {
    const { database } = catalog;
    const pending = and(eq(transcriptionChunks.id, chunkId), eq(transcriptionChunks.status, "pending"));
    const done = database
      .update(transcriptionChunks)
      .set({ status: "completed", elapsedMs: Math.round(elapsedMs), ...columns })
      .where(pending)
      .run();
    // Somebody else finished it: its words are there already, and stay.
    if (done.changes === 0) return;
    const rows = heard.map(({ text, startMs, endMs, probability }, position) => {
      return { chunkId, position, text, startMs, endMs, probability };
    });
    for (const batch of batches(rows)) database.insert(words).values(batch).run();
  });
}

/** All words of a transcription in time order. */
export function wordsOf(catalog: Catalog, transcriptionId: string): readonly Word[] {
  return catalog.database
    .select({ text: words.text, startMs: words.startMs, endMs: words.endMs, probability: words.probability })
    .from(words)
    .innerJoin(transcriptionChunks, eq(words.chunkId, transcriptionChunks.id))
    .where(eq(transcriptionChunks.transcriptionId, transcriptionId))
    .orderBy(asc(transcriptionChunks.position), asc(words.position))
    .all();
}
