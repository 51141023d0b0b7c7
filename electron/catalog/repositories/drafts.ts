/** Drafts: captions being corrected, as current rows and as the log of every edit. */
import { z } from "zod";
import type { Change } from "../../captions/editing/change.ts";
import { type CaptionDocument, type EditCue, type Mark, plainCue } from "../../captions/editing/document.ts";
import type { LogEntry, View } from "../../captions/editing/history.ts";
import type { VersionOrigin } from "../../contract/terms.ts";
import { and, asc, desc, eq, getTableColumns, inArray, max, sql } from "../drizzle.ts";
import { newId } from "../ids.ts";
import { inBatches } from "../in-batches.ts";
import type { Catalog } from "../open.ts";
import { draftCues, draftMarks, drafts, edits, transcriptions, versions } from "../schema.ts";
import { indexMeeting } from "./meeting-text.ts";
import { type ChapterMark, cueColumns, insertCues, toCue } from "./versions.ts";

const viewSchema = z.object({ cue: z.number().nullable(), row: z.number() });

export interface Draft {
  readonly document: CaptionDocument;
  readonly baseNumber: number;
  readonly baseMarks: readonly Omit<Mark, "id">[];
  readonly seq: number;
  readonly sealedSeq: number;
  readonly view: View;
  /** The person who had it open and did not close it; null: it was closed. */
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
const markRow = (
  transcriptionId: string,
  { rule = null, cue = null, untilMs = null, by = null, date = null, ...mark }: OptionalNull<Mark>,
) => ({ transcriptionId, ...mark, rule, cue, untilMs, madeBy: by, madeDate: date });

type OptionalNull<T> = { [K in keyof T]: undefined extends T[K] ? T[K] | null : T[K] };

const toMark = ({
  id,
  kind,
  atMs,
  text,
  rule,
  cue,
  untilMs,
  madeBy,
  madeDate,
}: typeof draftMarks.$inferSelect): Mark => ({
  ...{ id, kind, atMs, text },
  ...(rule === null ? {} : { rule }),
  ...(cue === null ? {} : { cue }),
  ...(untilMs === null ? {} : { untilMs }),
  ...(madeBy === null ? {} : { by: madeBy }),
  ...(madeDate === null ? {} : { date: madeDate }),
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
    .map(toMark);
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

/**
 * What people have said of a recording: the places in which nobody speaks, from this transcription's draft or, before it
 * has one, from the newest draft of another transcription of the recording.
 */
export function listNoSpeechMarks(
  { database }: Catalog,
  { recordingId, transcriptionId }: { readonly recordingId: string; readonly transcriptionId: string },
): readonly Mark[] {
  const isOwn = sql`${drafts.transcriptionId} = ${transcriptionId}`;
  const newest = database
    .select({ transcriptionId: drafts.transcriptionId })
    .from(drafts)
    .innerJoin(transcriptions, eq(transcriptions.id, drafts.transcriptionId))
    .where(eq(transcriptions.recordingId, recordingId))
    .orderBy(desc(isOwn), desc(drafts.createdDate))
    .limit(1)
    .get();
  if (newest === undefined) return [];
  return database
    .select()
    .from(draftMarks)
    .where(and(eq(draftMarks.transcriptionId, newest.transcriptionId), eq(draftMarks.kind, "no-speech")))
    .orderBy(asc(draftMarks.atMs), asc(draftMarks.id))
    .all()
    .map(toMark);
}

export interface NewDraft {
  readonly transcriptionId: string;
  readonly baseNumber: number;
  readonly baseMarks: readonly Omit<Mark, "id">[];
  /** The document made from the cues of the base version and `baseMarks`. */
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

/** The log, oldest first. */
export function listEdits(catalog: Catalog, transcriptionId: string): readonly LogEntry[] {
  return catalog.database
    .select()
    .from(edits)
    .where(eq(edits.transcriptionId, transcriptionId))
    .orderBy(asc(edits.seq))
    .all()
    .map(({ seq, deed, change, view, madeBy, madeDate }) => ({
      seq,
      // Written by Archivist from data that was validated on arrival.
      deed: JSON.parse(deed) as LogEntry["deed"],
      change: JSON.parse(change) as Change,
      view: viewSchema.parse(JSON.parse(view)),
      by: madeBy,
      date: madeDate,
    }));
}

export interface EditToKeep {
  readonly entry: LogEntry;
  /** The change to the current rows; a burst of typing is one entry with several such steps. */
  readonly step: Change;
  readonly nextId: number;
  /** The user's position after the edit. */
  readonly after: View;
  /** Milliseconds of active work since the previous edit. */
  readonly activeMs: number;
  /** The window that sent it, and the edit's number in that window. */
  readonly window: { readonly key: string; readonly number: number };
  /** True: this entry replaces the latest one, as part of the same burst of typing. */
  readonly isSameBurst: boolean;
}

/** Applies an edit to the rows and adds it to the log, in one transaction. */
export function saveEdit(catalog: Catalog, transcriptionId: string, edit: EditToKeep): void {
  const { database } = catalog;
  const { entry, step, nextId, after, activeMs, window, isSameBurst } = edit;
  const own = eq(draftCues.transcriptionId, transcriptionId);
  catalog.transaction(() => {
    const inserted = step.cues.flatMap((splice) => splice.inserted);
    const stay = new Set(inserted.map(({ id }) => id));
    const gone = step.cues.flatMap(({ removed }) => removed.map(({ id }) => id)).filter((id) => !stay.has(id));
    for (const batch of inBatches(gone))
      database
        .delete(draftCues)
        .where(and(own, inArray(draftCues.id, [...batch])))
        .run();
    if (inserted.length > 0) {
      const put = prepareDraftCue(catalog);
      for (const cue of inserted) put.run(cueRow(transcriptionId, cue));
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

/** Stores captions: prepared once, because an edit may change all of a long meeting. */
function prepareDraftCue({ database }: Catalog) {
  const { transcriptionId, id, ...others } = getTableColumns(draftCues);
  const names = Object.keys({ transcriptionId, id, ...others });
  const values = Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]));
  const incoming = Object.entries(others).map(([name, column]) => [name, sql.raw(`excluded.${column.name}`)]);
  return database
    .insert(draftCues)
    .values(values as unknown as typeof draftCues.$inferInsert)
    .onConflictDoUpdate({ target: [transcriptionId, id], set: Object.fromEntries(incoming) })
    .prepare();
}

/** The number of the last edit from each window. */
export function lastNumbers(catalog: Catalog, transcriptionId: string): ReadonlyMap<string, number> {
  const rows = catalog.database
    .select({ key: edits.windowKey, number: max(edits.windowNumber) })
    .from(edits)
    .where(eq(edits.transcriptionId, transcriptionId))
    .groupBy(edits.windowKey)
    .all();
  return new Map(rows.map(({ key, number }) => [key, number ?? 0]));
}

/** An unsealed version marks the recording as being edited; such a recording is not moved. */
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

/** Creates a sealed version from the current captions. @returns its number */
export function createVersionFromDraft(
  catalog: Catalog,
  transcriptionId: string,
  { document, seq }: { readonly document: CaptionDocument; readonly seq: number },
  { name, origin, date }: NewVersion,
): number {
  const { database } = catalog;
  const chapters = JSON.stringify(
    document.marks.flatMap(({ kind, text, atMs }) => (kind === "chapter" ? [{ title: text, startMs: atMs }] : [])),
  );
  return catalog.transaction(() => {
    const cues = document.cues.map(plainCue);
    const open = and(eq(versions.transcriptionId, transcriptionId), eq(versions.sealed, false));
    database.delete(versions).where(open).run();
    const id = newId();
    const number = nextNumber(catalog, transcriptionId);
    database
      .insert(versions)
      .values({ id, transcriptionId, number, origin, createdDate: date, name, seq, chapters })
      .run();
    insertCues(catalog, id, cues);
    database.update(versions).set({ sealed: true }).where(eq(versions.id, id)).run();
    database.update(drafts).set({ sealedSeq: seq }).where(eq(drafts.transcriptionId, transcriptionId)).run();
    indexMeeting(catalog, transcriptionId, cues);
    return number;
  });
}

/** Counts the edits that are not in a version. */
export function countUnversionedEdits(catalog: Catalog, transcriptionId: string): number {
  const row = catalog.database
    .select({ seq: drafts.seq, sealedSeq: drafts.sealedSeq })
    .from(drafts)
    .where(eq(drafts.transcriptionId, transcriptionId))
    .get();
  return row === undefined ? 0 : row.seq - row.sealedSeq;
}

/** @param by null: it was closed properly */
export function setOpenedBy(catalog: Catalog, transcriptionId: string, by: string | null): void {
  catalog.database.update(drafts).set({ openedBy: by }).where(eq(drafts.transcriptionId, transcriptionId)).run();
}

export function saveView(catalog: Catalog, transcriptionId: string, view: View): void {
  const set = { view: JSON.stringify(view) };
  catalog.database.update(drafts).set(set).where(eq(drafts.transcriptionId, transcriptionId)).run();
}

/** Where chapters of a draft came from, and as they are now; undefined: the captions were never opened. */
export function findDraftChapters(
  catalog: Catalog,
  transcriptionId: string,
): { readonly base: readonly ChapterMark[]; readonly current: readonly ChapterMark[] } | undefined {
  const { database } = catalog;
  const own = eq(drafts.transcriptionId, transcriptionId);
  const draft = database.select({ baseMarks: drafts.baseMarks }).from(drafts).where(own).get();
  if (draft === undefined) return undefined;
  const base = (JSON.parse(draft.baseMarks) as readonly Omit<Mark, "id">[]).flatMap(({ kind, text, atMs }) =>
    kind === "chapter" ? [{ title: text, startMs: atMs }] : [],
  );
  const current = database
    .select({ title: draftMarks.text, startMs: draftMarks.atMs })
    .from(draftMarks)
    .where(and(eq(draftMarks.transcriptionId, transcriptionId), eq(draftMarks.kind, "chapter")))
    .orderBy(asc(draftMarks.atMs))
    .all();
  return { base, current };
}
