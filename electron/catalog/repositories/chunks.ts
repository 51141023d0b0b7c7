/** Chunks and the words recognized in them: the checkpoints of a transcription. */

import { z } from "zod";
import { type RecognitionIssue, recognitionIssueSchema } from "../../captions/recognition/recognition-issue.ts";
import type { TimeSpan } from "../../captions/time/span.ts";
import type { Word } from "../../captions/word.ts";
import { and, asc, eq, sql } from "../drizzle.ts";
import { inBatches } from "../in-batches.ts";
import type { Catalog } from "../open.ts";
import { transcriptionChunks, words } from "../schema.ts";
import { withHearingWords } from "./hearings.ts";

export interface ChunkRow extends TimeSpan {
  readonly id: number;
  readonly position: number;
  /** The spans that are given to the model, in order; silence is left out. */
  readonly stretches: readonly TimeSpan[];
  readonly status: "pending" | "completed";
  readonly attempts: number;
  readonly repairedWords: number;
  /** The recognized language; null until the chunk is completed. */
  readonly language: string | null;
  /** The language that is spoken, where several are looked for; null: the meeting's. */
  readonly spokenLanguage: string | null;
  /** Issues that remained. */
  readonly doubts: readonly RecognitionIssue[];
}

const stretchesSchema = z.array(z.tuple([z.number().int().nonnegative(), z.number().int().positive()])).min(1);
const recognitionIssuesSchema = z.array(recognitionIssueSchema);

/** The plan of a transcription, in order; empty before it is made. */
export function listChunks(catalog: Catalog, transcriptionId: string): readonly ChunkRow[] {
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
      spokenLanguage: transcriptionChunks.spokenLanguage,
      stretches: transcriptionChunks.stretches,
      doubts: transcriptionChunks.doubts,
    })
    .from(transcriptionChunks)
    .where(eq(transcriptionChunks.transcriptionId, transcriptionId))
    .orderBy(asc(transcriptionChunks.position))
    .all()
    .map(({ stretches, doubts, ...columns }) => ({
      ...columns,
      stretches:
        stretches === null
          ? [{ startMs: columns.startMs, endMs: columns.endMs }]
          : stretchesSchema.parse(JSON.parse(stretches)).map(([startMs, endMs]) => ({ startMs, endMs })),
      doubts: recognitionIssuesSchema.parse(JSON.parse(doubts)),
    }));
}

/** A chunk of a plan: the spans of speech that are given to the model at once, in order. */
export interface PlannedChunk {
  readonly stretches: readonly TimeSpan[];
  /** The language that is spoken; absent: the meeting's. */
  readonly spokenLanguage?: string;
}

/** Stores a plan in one transaction, replacing one of which no chunk has been done. */
export function storePlan(catalog: Catalog, transcriptionId: string, plan: readonly PlannedChunk[]): void {
  catalog.transaction(() => {
    const { database } = catalog;
    database.delete(transcriptionChunks).where(eq(transcriptionChunks.transcriptionId, transcriptionId)).run();
    plan.forEach(({ stretches, spokenLanguage = null }, position) => {
      const startMs = stretches[0]?.startMs ?? 0;
      const endMs = stretches.at(-1)?.endMs ?? 0;
      const pairs = JSON.stringify(stretches.map((stretch) => [stretch.startMs, stretch.endMs]));
      database
        .insert(transcriptionChunks)
        .values({ transcriptionId, position, startMs, endMs, stretches: pairs, spokenLanguage })
        .run();
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
  readonly doubts?: readonly RecognitionIssue[];
  /** The method of recognition, for the log. */
  readonly method?: string;
}

/** Stores the words of a chunk and marks it completed, in one transaction: the checkpoint. */
export function finishChunk(catalog: Catalog, chunkId: number, finished: FinishedChunk): void {
  const { words: recognized, elapsedMs, doubts = [], ...columns } = finished;
  catalog.transaction(() => {
    const { database } = catalog;
    const pending = and(eq(transcriptionChunks.id, chunkId), eq(transcriptionChunks.status, "pending"));
    const done = database
      .update(transcriptionChunks)
      .set({ status: "completed", elapsedMs: Math.round(elapsedMs), doubts: JSON.stringify(doubts), ...columns })
      .where(pending)
      .run();
    // Another process has completed it; the stored words are kept.
    if (done.changes === 0) return;
    const rows = recognized.map(({ text, startMs, endMs, probability, estimated = false }, position) => {
      return { chunkId, position, text, startMs, endMs, probability, estimated };
    });
    for (const batch of inBatches(rows)) database.insert(words).values(batch).run();
  });
}

const wordColumns = {
  text: words.text,
  startMs: words.startMs,
  endMs: words.endMs,
  probability: words.probability,
  estimated: words.estimated,
};

/** The words of a chunk in order. */
export function listChunkWords(catalog: Catalog, chunkId: number): readonly Word[] {
  return catalog.database
    .select(wordColumns)
    .from(words)
    .where(eq(words.chunkId, chunkId))
    .orderBy(asc(words.position))
    .all()
    .map(({ estimated, ...word }) => (estimated ? { ...word, estimated } : word));
}

/** All words of a transcription in time order, those that were heard again included. */
export function listWords(catalog: Catalog, transcriptionId: string): readonly Word[] {
  const first = catalog.database
    .select(wordColumns)
    .from(words)
    .innerJoin(transcriptionChunks, eq(words.chunkId, transcriptionChunks.id))
    .where(eq(transcriptionChunks.transcriptionId, transcriptionId))
    .orderBy(asc(transcriptionChunks.position), asc(words.position))
    .all()
    .map(({ estimated, ...word }) => (estimated ? { ...word, estimated } : word));
  return withHearingWords(catalog, transcriptionId, first);
}
