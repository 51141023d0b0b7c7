/** Parts of a meeting that were heard again: their pieces, their words, and where these hold. */

import { z } from "zod";
import { type RecognitionIssue, recognitionIssueSchema } from "../../captions/recognition/recognition-issue.ts";
import { during, type TimeSpan } from "../../captions/time/span.ts";
import { type Word, wordFields } from "../../captions/word.ts";
import { and, asc, eq, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { hearingChunks, hearings } from "../schema.ts";

const spansSchema = z.array(z.tuple([z.number().int(), z.number().int()]));
const wordsSchema = z.array(z.object(wordFields));
const doubtsSchema = z.array(recognitionIssueSchema);

const toPairs = (spans: readonly TimeSpan[]): string =>
  JSON.stringify(spans.map(({ startMs, endMs }) => [startMs, endMs]));
const toSpans = (pairs: string): readonly TimeSpan[] =>
  spansSchema.parse(JSON.parse(pairs)).map(([startMs, endMs]) => ({ startMs, endMs }));

/** A span that is to be heard again, with its pieces. */
export interface NewHearing extends TimeSpan {
  readonly id: string;
  readonly transcriptionId: string;
  readonly createdDate: string;
  /** The stretches of each piece. */
  readonly chunks: readonly (readonly TimeSpan[])[];
}

export interface HearingChunk {
  readonly position: number;
  readonly stretches: readonly TimeSpan[];
  /** Undefined: it has not been recognized yet. */
  readonly words: readonly Word[] | undefined;
  /** Of the words; null until they are recognized. */
  readonly language: string | null;
  readonly doubts: readonly RecognitionIssue[];
}

export interface HearingRow extends TimeSpan {
  readonly id: string;
  readonly transcriptionId: string;
  /** The edit that put its words into the captions; null: none has (yet). */
  readonly editSeq: number | null;
  /** What came of it; null: it has not been decided yet. */
  readonly outcome: HearingOutcome | null;
}

const outcomeSchema = z.object({
  /** Captions that gave way. */
  replaced: z.number().int(),
  /** Captions that took their place. */
  inserted: z.number().int(),
  /** Captions that a person has accepted or edited, and that stay. */
  kept: z.number().int(),
  /** Captions that stay because nothing was heard in their place. */
  unrecognized: z.number().int(),
});
/** What hearing again did to the captions, as counts. */
export type HearingOutcome = Readonly<z.infer<typeof outcomeSchema>>;

/** Stores a hearing and its pieces, in one transaction. */
export function addHearing(catalog: Catalog, { chunks, ...hearing }: NewHearing): void {
  catalog.transaction(() => {
    const { database } = catalog;
    database.insert(hearings).values(hearing).run();
    chunks.forEach((stretches, position) => {
      database
        .insert(hearingChunks)
        .values({ hearingId: hearing.id, position, stretches: toPairs(stretches) })
        .run();
    });
  });
}

export function findHearing({ database }: Catalog, id: string): HearingRow | undefined {
  const row = database
    .select({
      id: hearings.id,
      transcriptionId: hearings.transcriptionId,
      startMs: hearings.startMs,
      endMs: hearings.endMs,
      editSeq: hearings.editSeq,
      outcome: hearings.outcome,
    })
    .from(hearings)
    .where(eq(hearings.id, id))
    .get();
  if (row === undefined) return undefined;
  return { ...row, outcome: row.outcome === null ? null : outcomeSchema.parse(JSON.parse(row.outcome)) };
}

/** The pieces of a hearing, in order. */
export function listHearingChunks({ database }: Catalog, hearingId: string): readonly HearingChunk[] {
  return database
    .select()
    .from(hearingChunks)
    .where(eq(hearingChunks.hearingId, hearingId))
    .orderBy(asc(hearingChunks.position))
    .all()
    .map(({ position, stretches, words, language, doubts }) => ({
      position,
      stretches: toSpans(stretches),
      words: words === null ? undefined : wordsSchema.parse(JSON.parse(words)),
      language,
      doubts: doubtsSchema.parse(JSON.parse(doubts)),
    }));
}

export interface HearingChunkResult {
  readonly words: readonly Word[];
  readonly language: string;
  readonly doubts: readonly RecognitionIssue[];
  readonly method: string;
}

/** Stores what was recognized in a piece: the checkpoint. */
export function finishHearingChunk(
  { database }: Catalog,
  hearingId: string,
  position: number,
  { words, doubts, ...columns }: HearingChunkResult,
): void {
  database
    .update(hearingChunks)
    .set({ words: JSON.stringify(words), doubts: JSON.stringify(doubts), ...columns })
    .where(and(eq(hearingChunks.hearingId, hearingId), eq(hearingChunks.position, position)))
    .run();
}

export interface HearingEnd {
  readonly outcome: HearingOutcome;
  /** Where its words hold: in order, without overlap. */
  readonly spans: readonly TimeSpan[];
  /** The edit of the captions; null: nothing was replaced. */
  readonly editSeq: number | null;
}

/** Stores what came of a hearing. Call it in the transaction of its edit of the captions. */
export function endHearing({ database }: Catalog, id: string, { outcome, spans, editSeq }: HearingEnd): void {
  database
    .update(hearings)
    .set({ outcome: JSON.stringify(outcome), spans: toPairs(spans), editSeq })
    .where(eq(hearings.id, id))
    .run();
}

interface HearingInEffect {
  readonly id: string;
  readonly spans: readonly TimeSpan[];
}

/** The hearings whose edit holds, in the order of the edits: one that was taken back does not count. */
function listInEffect({ database }: Catalog, transcriptionId: string): readonly HearingInEffect[] {
  const lastStep = sql`(SELECT json_extract(e.deed, '$.type') FROM edits e
    WHERE e.transcription_id = ${hearings.transcriptionId} AND e.seq > ${hearings.editSeq}
    AND json_extract(e.deed, '$.of') = ${hearings.editSeq} ORDER BY e.seq DESC LIMIT 1)`;
  return database
    .select({ id: hearings.id, spans: hearings.spans })
    .from(hearings)
    .where(
      and(
        eq(hearings.transcriptionId, transcriptionId),
        sql`${hearings.editSeq} IS NOT NULL`,
        sql`coalesce(${lastStep}, 'redo') = 'redo'`,
      ),
    )
    .orderBy(asc(hearings.editSeq))
    .all()
    .map(({ id, spans }) => ({ id, spans: toSpans(spans ?? "[]") }));
}

/** Ids of the hearings whose words hold at present: while these are the same, so are the words of the meeting. */
export const listHearingsInEffect = (catalog: Catalog, transcriptionId: string): readonly string[] =>
  listInEffect(catalog, transcriptionId).map(({ id }) => id);

const middle = ({ startMs, endMs }: TimeSpan): TimeSpan => {
  const ms = Math.floor((startMs + endMs) / 2);
  return { startMs: ms, endMs: ms + 1 };
};
const isIn = (spans: readonly TimeSpan[], item: TimeSpan): boolean => during(spans, middle(item)).length > 0;

/** Replaces what lies in the spans of hearings by what they have; by the middle of each, and in order of time. */
function overlaid<T extends TimeSpan>(
  catalog: Catalog,
  transcriptionId: string,
  first: readonly T[],
  get: (chunk: HearingChunk) => readonly T[],
): readonly T[] {
  let all = first;
  for (const { id, spans } of listInEffect(catalog, transcriptionId)) {
    const heard = listHearingChunks(catalog, id).flatMap(get);
    all = [...all.filter((item) => !isIn(spans, item)), ...heard.filter((item) => isIn(spans, item))].toSorted(
      (a, b) => a.startMs - b.startMs || a.endMs - b.endMs,
    );
  }
  return all;
}

/**
 * The words of a meeting, where parts of it were heard again. At a seam a word ends where the next one begins.
 * @param first those of the first hearing, in order
 */
export function withHearingWords(catalog: Catalog, transcriptionId: string, first: readonly Word[]): readonly Word[] {
  const all = overlaid(catalog, transcriptionId, first, ({ words = [] }) => words);
  if (all === first) return first;
  return all.map((word, index) => {
    const endMs = Math.max(word.startMs + 1, Math.min(word.endMs, all[index + 1]?.startMs ?? word.endMs));
    return endMs === word.endMs ? word : { ...word, endMs };
  });
}

/** What is doubtful in the words of a meeting, where parts of it were heard again. */
export const withHearingDoubts = (
  catalog: Catalog,
  transcriptionId: string,
  first: readonly RecognitionIssue[],
): readonly RecognitionIssue[] => overlaid(catalog, transcriptionId, first, ({ doubts }) => doubts);

/** Where words hold that were heard again, in order. */
export function listHearingSpans(catalog: Catalog, transcriptionId: string): readonly TimeSpan[] {
  return listInEffect(catalog, transcriptionId)
    .flatMap(({ spans }) => spans)
    .toSorted((a, b) => a.startMs - b.startMs);
}
