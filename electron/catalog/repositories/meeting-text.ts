/** Full-text search in captions. The text is in an FTS5 table, one row per caption. */

import type { Cue } from "../../captions/cue.ts";
import { hitEnd, hitStart } from "../../contract/terms.ts";
import { eq, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { meetingTextRanges, transcriptions } from "../schema.ts";

/** Replaces the indexed text of a transcription. Runs within the caller's transaction. */
export function indexMeeting(catalog: Catalog, transcriptionId: string, cues: readonly Cue[]): void {
  const { database } = catalog;
  const range = database
    .select()
    .from(meetingTextRanges)
    .where(eq(meetingTextRanges.transcriptionId, transcriptionId))
    .get();
  if (range !== undefined) {
    database.run(sql`DELETE FROM meeting_text WHERE rowid BETWEEN ${range.firstRow} AND ${range.lastRow}`);
    database.delete(meetingTextRanges).where(eq(meetingTextRanges.transcriptionId, transcriptionId)).run();
  }
  if (cues.length === 0 || isDeleted(catalog, transcriptionId)) return;
  const client = database.$client;
  const insert = client.prepare<[string, string, number]>(
    "INSERT INTO meeting_text(text, transcription_id, start_ms) VALUES (?, ?, ?)",
  );
  let firstRow = 0;
  let lastRow = 0;
  for (const { lines, startMs } of cues) {
    lastRow = Number(insert.run(lines.join(" "), transcriptionId, startMs).lastInsertRowid);
    if (firstRow === 0) firstRow = lastRow;
  }
  database.insert(meetingTextRanges).values({ transcriptionId, firstRow, lastRow }).run();
}

/** Nothing of a deleted meeting is found. */
function isDeleted({ database }: Catalog, transcriptionId: string): boolean {
  const row = database
    .select({ deletedDate: transcriptions.deletedDate })
    .from(transcriptions)
    .where(eq(transcriptions.id, transcriptionId))
    .get();
  return row?.deletedDate != null;
}

export interface TextHit {
  readonly transcriptionId: string;
  readonly filename: string;
  readonly title: string | null;
  readonly city: string | null;
  readonly date: string | null;
  readonly startMs: number;
  readonly context: string;
}

/**
 * Converts user input to an FTS query: all words are required, "phrases" match exactly, and the last word matches as a
 * prefix.
 */
export function toFtsQuery(text: string): string | undefined {
  const parts = [...text.matchAll(/"([^"]+)"?|(\S+)/g)].flatMap(([, phrase, word], index, all) => {
    const clean = (phrase ?? word ?? "").replace(/["\p{Cc}]/gu, " ").trim();
    if (!/[\p{L}\p{N}]/u.test(clean)) return [];
    const isLast = index === all.length - 1 && phrase === undefined && !/\s$/.test(text);
    return [`"${clean}"${isLast ? " *" : ""}`];
  });
  return parts.length === 0 ? undefined : parts.join(" ");
}

/** Finds captions with all words of a text, newest meetings first. @returns `total` up to `maxCounted` */
export function findText(
  catalog: Catalog,
  text: string,
  limit: number,
  offset: number,
): { readonly hits: readonly TextHit[]; readonly total: number } {
  const query = toFtsQuery(text);
  if (query === undefined) return { hits: [], total: 0 };
  const { database } = catalog;
  const counted = sql`SELECT 1 FROM meeting_text WHERE meeting_text MATCH ${query} LIMIT ${maxCounted}`;
  const total = database.get<{ n: number }>(sql`SELECT count(*) AS n FROM (${counted})`)?.n ?? 0;
  const rows = database.all<{ id: number }>(
    sql`SELECT rowid AS id FROM meeting_text WHERE meeting_text MATCH ${query} ORDER BY rowid DESC LIMIT ${limit} OFFSET ${offset}`,
  );
  if (rows.length === 0) return { hits: [], total };
  const hits = database.all<TextHit>(sql`
    SELECT f.transcription_id AS "transcriptionId", t.filename AS filename, t.meeting_title AS title, t.city AS city, t.meeting_date AS date,
      f.start_ms AS "startMs", f.text AS context
    FROM meeting_text f JOIN transcriptions t ON t.id = f.transcription_id
    WHERE f.rowid IN ${rows.map(({ id }) => id)} ORDER BY f.rowid DESC`);
  return { hits: hits.map((hit) => ({ ...hit, context: markHits(hit.context, text) })), total };
}

/** Normalizes a word like the search does: without case and accents. */
const folded = (word: string): string => word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Marks the searched words in a caption. Pure; FTS5's own function would search all hits again. */
export function markHits(caption: string, text: string): string {
  const wanted = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map(([word]) => folded(word));
  const isOpen = /[\p{L}\p{N}\p{M}]$/u.test(text);
  return caption.replace(/[\p{L}\p{N}\p{M}]+/gu, (word) => {
    const own = folded(word);
    const isHit = wanted.some(
      (each, index) => each === own || (isOpen && index === wanted.length - 1 && own.startsWith(each)),
    );
    return isHit ? `${hitStart}${word}${hitEnd}` : word;
  });
}

/** Users do not page through more hits, and counting all of them takes longer than finding them. */
export const maxCounted = 10_000;
