/** Captions under correction: the rows as they are now, and the log of every edit. */

import { and, asc, desc, eq, gt, inArray, max, sql } from "drizzle-orm";
import { z } from "zod";
import type { Change } from "../../captions/editing/change.ts";
import { type CaptionDocument, type EditCue, type Mark, plainCue } from "../../captions/editing/document.ts";
import type { LogEntry, View } from "../../captions/editing/history.ts";
import { hourMs, minuteMs } from "../../captions/time/durations.ts";
import type { VersionOrigin } from "../../contract/terms.ts";
import { newId } from "../ids.ts";
import { inBatches } from "../in-batches.ts";
import type { Catalog } from "../open.ts";
import { draftCues, draftMarks, drafts, edits, recordings, transcriptions, versions } from "../schema.ts";
import { indexMeeting } from "./meeting-text.ts";
import { cueColumns, insertCues, toCue } from "./versions.ts";

const viewSchema = z.object({ cue: z.number().nullable(), row: z.number() });

export interface Draft {
  readonly document: CaptionDocument;
  readonly baseNumber: number;
  readonly baseMarks: readonly Omit<Mark, "id">[];
  readonly seq: number;
  readonly sealedSeq: number;
  readonly view: View;
  /** Whoever had it open and did not close it. */
  readonly openedBy: string | null;
}

const cueRow = (
  transcriptionId: string,
  { id, reviewed = false, ...cue }: Omit<EditCue, "reviewed"> & { reviewed?: boolean },
) => ({
  transcriptionId,
  id,
  ...cueColumns(cue),
  reviewed,
});
const markRow = (transcriptionId: string, { rule, cue, ...mark }: Mark) => ({
  transcriptionId,
  ...mark,
  rule: rule ?? null,
  cue: cue ?? null,
});

export function findDraft(catalog: Catalog, transcriptionId: string): Draft | undefined {
  const { database } = catalog;
  const row = database.select().from(drafts).where(eq(drafts.transcriptionId, transcriptionId)).get();
  if (row === undefined) return undefined;
  const cues = database
    .select()
    .from(draftCues)
    .where(eq(draftCues.transcriptionId, transcriptionId))
    .orderBy(asc(draftCues.startMs))
    .all()
    .map(({ id, reviewed, ...columns }): EditCue => ({ ...toCue(columns), id, ...(reviewed ? { reviewed } : {}) }));
  const marks = database
    .select()
    .from(draftMarks)
    .where(eq(draftMarks.transcriptionId, transcriptionId))
    .orderBy(asc(draftMarks.atMs), asc(draftMarks.id))
    .all()
    .map(
      ({ id, kind, atMs, text, rule, cue }): Mark => ({
        id,
        kind,
        atMs,
        text,
        ...(rule === null ? {} : { rule }),
        ...(cue === null ? {} : { cue }),
      }),
    );
  return {
    document: { cues, marks, nextId: row.nextId },
    baseNumber: row.baseNumber,
    baseMarks: JSON.parse(row.baseMarks) as readonly Omit<Mark, "id">[],
    seq: row.seq,
    sealedSeq: row.sealedSeq,
    view: viewSchema.parse(JSON.parse(row.view)),
    openedBy: row.openedBy,
  };
}

export interface NewDraft {
  readonly transcriptionId: string;
  readonly baseNumber: number;
  readonly baseMarks: readonly Omit<Mark, "id">[];
  /** What `documentOf` makes of both. */
  readonly document: CaptionDocument;
  readonly date: string;
}

export function addDraft(catalog: Catalog, { transcriptionId, baseNumber, baseMarks, document, date }: NewDraft): void {
  const { database } = catalog;
  catalog.transaction(() => {
    database
      .insert(drafts)
      .values({
        transcriptionId,
        baseNumber,
        baseMarks: JSON.stringify(baseMarks),
        nextId: document.nextId,
        createdDate: date,
      })
      .run();
    const cues = document.cues.map((cue) => cueRow(transcriptionId, cue));
    for (const batch of inBatches(cues)) database.insert(draftCues).values(batch).run();
    const marks = document.marks.map((mark) => markRow(transcriptionId, mark));
    for (const batch of inBatches(marks)) database.insert(draftMarks).values(batch).run();
  });
}

/** The log, the oldest first. */
export function listEdits(catalog: Catalog, transcriptionId: string): readonly LogEntry[] {
  return catalog.database
    .select()
    .from(edits)
    .where(eq(edits.transcriptionId, transcriptionId))
    .orderBy(asc(edits.seq))
    .all()
    .map(({ seq, deed, change, view, madeBy, madeDate }) => ({
      seq,
      // Written by us, from what was checked when it came.
      deed: JSON.parse(deed) as LogEntry["deed"],
      change: JSON.parse(change) as Change,
      view: viewSchema.parse(JSON.parse(view)),
      by: madeBy,
      date: madeDate,
    }));
}

export interface EditToKeep {
  readonly entry: LogEntry;
  /** What it changes of the rows as they are now; a burst of typing is one entry with several such steps. */
  readonly step: Change;
  readonly nextId: number;
  /** Where the person is after it. */
  readonly after: View;
  /** Milliseconds that a person worked since the edit before. */
  readonly activeMs: number;
  /** The window that it came from, and its own number there. */
  readonly window: { readonly key: string; readonly number: number };
  /** True: the latest entry takes this one's place. */
  readonly isSameBurst: boolean;
}

/** Applies an edit to the rows and writes it into the log: all of it, or nothing. */
export function saveEdit(catalog: Catalog, transcriptionId: string, edit: EditToKeep): void {
  const { database } = catalog;
  const { entry, step, nextId, after, activeMs, window, isSameBurst } = edit;
  const own = eq(draftCues.transcriptionId, transcriptionId);
  catalog.transaction(() => {
    for (const { removed, inserted } of step.cues) {
      const stay = new Set(inserted.map(({ id }) => id));
      const gone = removed.map(({ id }) => id).filter((id) => !stay.has(id));
      for (const batch of inBatches(gone))
        database
          .delete(draftCues)
          .where(and(own, inArray(draftCues.id, [...batch])))
          .run();
      for (const cue of inserted) {
        const row = cueRow(transcriptionId, cue);
        database
          .insert(draftCues)
          .values(row)
          .onConflictDoUpdate({ target: [draftCues.transcriptionId, draftCues.id], set: row })
          .run();
      }
    }
    const ownMarks = eq(draftMarks.transcriptionId, transcriptionId);
    for (const { before, after: now } of step.marks) {
      if (before !== undefined)
        database
          .delete(draftMarks)
          .where(and(ownMarks, eq(draftMarks.id, before.id)))
          .run();
      if (now !== undefined) database.insert(draftMarks).values(markRow(transcriptionId, now)).run();
    }
    const columns = {
      deed: JSON.stringify(entry.deed),
      change: JSON.stringify(entry.change),
      view: JSON.stringify(entry.view),
      madeBy: entry.by,
      madeDate: entry.date,
      windowKey: window.key,
      windowNumber: window.number,
    };
    if (isSameBurst) {
      database
        .update(edits)
        .set({ ...columns, activeMs: sql`${edits.activeMs} + ${activeMs}` })
        .where(and(eq(edits.transcriptionId, transcriptionId), eq(edits.seq, entry.seq)))
        .run();
    } else {
      database
        .insert(edits)
        .values({ transcriptionId, seq: entry.seq, activeMs, ...columns })
        .run();
    }
    database
      .update(drafts)
      .set({ seq: entry.seq, nextId, view: JSON.stringify(after) })
      .where(eq(drafts.transcriptionId, transcriptionId))
      .run();
    markAsEdited(catalog, transcriptionId);
  });
}

/** The number of the last edit that each window has made. */
export function lastNumbers(catalog: Catalog, transcriptionId: string): ReadonlyMap<string, number> {
  const rows = catalog.database
    .select({ key: edits.windowKey, number: max(edits.windowNumber) })
    .from(edits)
    .where(eq(edits.transcriptionId, transcriptionId))
    .groupBy(edits.windowKey)
    .all();
  return new Map(rows.map(({ key, number }) => [key, number ?? 0]));
}

/** A version that is not sealed says that somebody is editing: such a recording is not moved away. */
function markAsEdited(catalog: Catalog, transcriptionId: string): void {
  const { database } = catalog;
  const open = database
    .select({ id: versions.id })
    .from(versions)
    .where(and(eq(versions.transcriptionId, transcriptionId), eq(versions.sealed, false)))
    .get();
  if (open !== undefined) return;
  database
    .insert(versions)
    .values({ id: newId(), transcriptionId, number: nextNumber(catalog, transcriptionId), origin: "editor" })
    .run();
}

function nextNumber(catalog: Catalog, transcriptionId: string): number {
  const row = catalog.database
    .select({ greatest: max(versions.number) })
    .from(versions)
    .where(eq(versions.transcriptionId, transcriptionId))
    .get();
  return (row?.greatest ?? -1) + 1;
}

export interface NewVersion {
  readonly name: string;
  readonly origin: Exclude<VersionOrigin, "machine">;
  readonly date: string;
}

/** Makes the captions as they are now a version that never changes. @returns Its number */
export function createVersionFromDraft(
  catalog: Catalog,
  transcriptionId: string,
  { document, seq }: { readonly document: CaptionDocument; readonly seq: number },
  { name, origin, date }: NewVersion,
): number {
  const { database } = catalog;
  return catalog.transaction(() => {
    const cues = document.cues.map(plainCue);
    const open = and(eq(versions.transcriptionId, transcriptionId), eq(versions.sealed, false));
    database.delete(versions).where(open).run();
    const id = newId();
    const number = nextNumber(catalog, transcriptionId);
    database.insert(versions).values({ id, transcriptionId, number, origin, createdDate: date, name, seq }).run();
    insertCues(catalog, id, cues);
    database.update(versions).set({ sealed: true }).where(eq(versions.id, id)).run();
    database.update(drafts).set({ sealedSeq: seq }).where(eq(drafts.transcriptionId, transcriptionId)).run();
    indexMeeting(catalog, transcriptionId, cues);
    return number;
  });
}

/** How many edits no version holds. */
export function countUnversionedEdits(catalog: Catalog, transcriptionId: string): number {
  const row = catalog.database
    .select({ seq: drafts.seq, sealedSeq: drafts.sealedSeq })
    .from(drafts)
    .where(eq(drafts.transcriptionId, transcriptionId))
    .get();
  return row === undefined ? 0 : row.seq - row.sealedSeq;
}

/** @param by null: it was closed in an orderly way */
export function setOpenedBy(catalog: Catalog, transcriptionId: string, by: string | null): void {
  catalog.database.update(drafts).set({ openedBy: by }).where(eq(drafts.transcriptionId, transcriptionId)).run();
}

export function saveView(catalog: Catalog, transcriptionId: string, view: View): void {
  const set = { view: JSON.stringify(view) };
  catalog.database.update(drafts).set(set).where(eq(drafts.transcriptionId, transcriptionId)).run();
}

export interface MarkPrecision {
  /** Marked words that somebody has looked at. */
  readonly judged: number;
  /** Of these, how many were really wrong. */
  readonly corrected: number;
}

/** How good the marks of suspicious words are, over all meetings: by what became of them. */
export function markPrecision(catalog: Catalog): MarkPrecision {
  const row = catalog.database.get<{ judged: number; corrected: number | null }>(sql`
    SELECT count(*) AS judged, sum(json_extract(verdict.value, '$.corrected')) AS corrected
    FROM edits, json_each(edits.deed, '$.verdicts') AS verdict
    WHERE json_extract(edits.deed, '$.type') = 'accept'`);
  return { judged: row.judged, corrected: row.corrected ?? 0 };
}

/** The chapters as somebody has corrected them; undefined: nobody has opened the captions. */
export function listDraftChapters(
  catalog: Catalog,
  transcriptionId: string,
): readonly { readonly title: string; readonly startMs: number }[] | undefined {
  const { database } = catalog;
  const own = eq(drafts.transcriptionId, transcriptionId);
  if (database.select({ seq: drafts.seq }).from(drafts).where(own).get() === undefined) return undefined;
  return database
    .select({ title: draftMarks.text, startMs: draftMarks.atMs })
    .from(draftMarks)
    .where(and(eq(draftMarks.transcriptionId, transcriptionId), eq(draftMarks.kind, "chapter")))
    .orderBy(asc(draftMarks.atMs))
    .all();
}

/** Milliseconds that people worked on a transcription. */
export function workedMs(catalog: Catalog, transcriptionId: string): number {
  const row = catalog.database
    .select({ total: sql<number>`coalesce(sum(${edits.activeMs}), 0)` })
    .from(edits)
    .where(eq(edits.transcriptionId, transcriptionId))
    .get();
  return row?.total ?? 0;
}

/**
 * The number that this is all for: minutes of human time for each hour of the meetings that somebody has worked on.
 * @param since the day of the first edit that counts
 * @returns null: nobody has
 */
export function workedPerHour(catalog: Catalog, since: string): number | null {
  const { database } = catalog;
  const rows = database
    .select({
      worked: sql<number>`sum(${edits.activeMs})`,
      durationMs: sql<number | null>`max(${recordings.durationMs})`,
    })
    .from(edits)
    .innerJoin(transcriptions, eq(transcriptions.id, edits.transcriptionId))
    .innerJoin(recordings, eq(recordings.id, transcriptions.recordingId))
    .where(gt(edits.madeDate, since))
    .groupBy(edits.transcriptionId)
    .all();
  const hours = rows.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0) / hourMs;
  return hours === 0 ? null : rows.reduce((sum, { worked }) => sum + worked, 0) / minuteMs / hours;
}

/** Milliseconds that people worked, by the day. */
export function workedByDay(catalog: Catalog, since: string): ReadonlyMap<string, number> {
  const day = sql<string>`substr(${edits.madeDate}, 1, 10)`;
  const rows = catalog.database
    .select({ date: day, total: sql<number>`sum(${edits.activeMs})` })
    .from(edits)
    .where(gt(edits.madeDate, since))
    .groupBy(day)
    .orderBy(desc(day))
    .all();
  return new Map(rows.map(({ date, total }) => [date, total]));
}
