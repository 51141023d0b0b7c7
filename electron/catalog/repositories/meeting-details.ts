/**
 * Full-text search in what is known of meetings besides their captions: title, file name, tags, people, summary, chapters.
 * Triggers of the database note which rows are no longer true; they are written anew before a search.
 */

import { z } from "zod";
import type { MeetingDetailField } from "../../contract/meeting-facts.ts";
import { hitStart } from "../../contract/terms.ts";
import { and, asc, eq, isNotNull, isNull, sql } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { cues, meetingDetailRows, transcriptions, versions } from "../schema.ts";
import { findDraftChapters } from "./drafts.ts";
import { findSummary } from "./insights.ts";
import { findFacts } from "./meeting-facts.ts";
import { markHits, maxCounted, toFtsQuery } from "./meeting-text.ts";

/** A place in a meeting's details. */
interface Detail {
  readonly text: string;
  /** Where it is in the recording; null: it is about the whole. */
  readonly startMs: number | null;
}

type Details = Readonly<Record<MeetingDetailField, readonly Detail[]>>;

const itemsSchema = z.array(z.object({ title: z.string(), startMs: z.number() }));

function listSpeakers({ database }: Catalog, transcriptionId: string): readonly string[] {
  const newest = sql`(SELECT v.id FROM ${versions} v WHERE v.transcription_id = ${transcriptionId} AND v.sealed = 1
    ORDER BY v.number DESC LIMIT 1)`;
  return database
    .selectDistinct({ speaker: cues.speaker })
    .from(cues)
    .where(and(sql`${cues.versionId} = ${newest}`, isNotNull(cues.speaker)))
    .all()
    .flatMap(({ speaker }) => speaker ?? []);
}

/** Collects the details of a meeting that is not deleted; undefined: there is nothing to find. */
function collectDetails(catalog: Catalog, transcriptionId: string): Details | undefined {
  const row = catalog.database
    .select({ deletedDate: transcriptions.deletedDate, items: meetingDetailRows.items })
    .from(transcriptions)
    .innerJoin(meetingDetailRows, eq(meetingDetailRows.transcriptionId, transcriptions.id))
    .where(eq(transcriptions.id, transcriptionId))
    .get();
  const facts = findFacts(catalog, transcriptionId);
  if (row === undefined || row.deletedDate !== null || facts === undefined) return undefined;
  const chapters =
    findDraftChapters(catalog, transcriptionId)?.current ?? itemsSchema.parse(JSON.parse(row.items ?? "[]"));
  const whole = (...texts: readonly (string | null)[]): readonly Detail[] =>
    texts.flatMap((text) => (text === null || text === "" ? [] : [{ text: text.normalize("NFC"), startMs: null }]));
  return {
    title: whole(facts.title),
    filename: whole(facts.filename),
    city: whole(facts.city),
    date: whole(facts.date),
    type: whole(facts.type),
    description: whole(facts.description),
    tags: whole(...facts.tags),
    people: whole(...facts.people),
    speakers: whole(...listSpeakers(catalog, transcriptionId)),
    summary: findSummary(catalog, transcriptionId)?.sentences ?? [],
    chapters: chapters.map(({ title, startMs }) => ({ text: title, startMs })),
  };
}

/** Writes the rows anew that are no longer true. */
export function refreshDetails(catalog: Catalog): void {
  const { database } = catalog;
  const stale = database
    .select({ row: meetingDetailRows.row, transcriptionId: meetingDetailRows.transcriptionId })
    .from(meetingDetailRows)
    .where(eq(meetingDetailRows.stale, true))
    .orderBy(asc(meetingDetailRows.row))
    .all();
  if (stale.length === 0) return;
  catalog.transaction(() => {
    for (const { row, transcriptionId } of stale) {
      database.run(sql`DELETE FROM meeting_details WHERE rowid = ${row}`);
      const details = collectDetails(catalog, transcriptionId);
      if (details !== undefined) {
        const text = (field: MeetingDetailField): string => details[field].map((each) => each.text).join("\n");
        database.run(sql`INSERT INTO meeting_details(rowid, title, filename, city, date, type, description, tags, people,
          speakers, summary, chapters) VALUES (${row}, ${text("title")}, ${text("filename")}, ${text("city")},
          ${text("date")}, ${text("type")}, ${text("description")}, ${text("tags")}, ${text("people")},
          ${text("speakers")}, ${text("summary")}, ${text("chapters")})`);
      }
      database.update(meetingDetailRows).set({ stale: false }).where(eq(meetingDetailRows.row, row)).run();
    }
  });
}

/** Finds a meeting whose agenda items have not been looked for since its captions changed; undefined: there is none. */
export function findMeetingWithoutItems(catalog: Catalog): string | undefined {
  return catalog.database
    .select({ transcriptionId: meetingDetailRows.transcriptionId })
    .from(meetingDetailRows)
    .innerJoin(transcriptions, eq(transcriptions.id, meetingDetailRows.transcriptionId))
    .where(
      and(isNull(meetingDetailRows.items), isNull(transcriptions.deletedDate), isNotNull(transcriptions.completedDate)),
    )
    .orderBy(asc(meetingDetailRows.row))
    .limit(1)
    .get()?.transcriptionId;
}

/** Stores the agenda items that were found in a meeting's words. */
export function storeItems(
  catalog: Catalog,
  transcriptionId: string,
  items: readonly { readonly title: string; readonly startMs: number }[],
): void {
  catalog.database
    .update(meetingDetailRows)
    .set({ items: JSON.stringify(items), stale: true })
    .where(eq(meetingDetailRows.transcriptionId, transcriptionId))
    .run();
}

/** The columns that the list of meetings is filtered by. */
const shownColumns = "{title filename city date type tags people}";

/** Condition on the column with a transcription's id: the meeting is called by these words; undefined: no words. */
export function hasWords(id: typeof transcriptions.id, text: string) {
  const query = toFtsQuery(text.normalize("NFC"));
  if (query === undefined) return undefined;
  return sql`${id} IN (SELECT r.transcription_id FROM meeting_detail_rows r
    WHERE r.row IN (SELECT rowid FROM meeting_details WHERE meeting_details MATCH ${`${shownColumns} : (${query})`}))`;
}

export interface FoundPlace extends Detail {
  readonly field: MeetingDetailField;
  /** The text, with each searched word between `hitStart` and `hitEnd`. */
  readonly context: string;
}

export interface FoundMeeting {
  readonly transcriptionId: string;
  readonly places: readonly FoundPlace[];
}

/** At most so many places of one meeting are shown. */
const maxPlaces = 4;

/**
 * Finds the meetings in whose details all words of a text stand, newest first, with the places in which they stand.
 * @returns `total` up to a limit
 */
export function findMeetings(
  catalog: Catalog,
  text: string,
  limit: number,
): { readonly meetings: readonly FoundMeeting[]; readonly total: number } {
  const query = toFtsQuery(text.normalize("NFC"));
  if (query === undefined) return { meetings: [], total: 0 };
  refreshDetails(catalog);
  const { database } = catalog;
  const matching = sql`SELECT rowid FROM meeting_details WHERE meeting_details MATCH ${query}`;
  const total = database.get<{ n: number }>(sql`SELECT count(*) AS n FROM (${matching} LIMIT ${maxCounted})`)?.n ?? 0;
  const rows = database.all<{ id: string }>(
    sql`SELECT r.transcription_id AS id FROM (${matching} ORDER BY rowid DESC LIMIT ${limit}) f
      JOIN meeting_detail_rows r ON r.row = f.rowid ORDER BY r.row DESC`,
  );
  const meetings = rows.map(({ id }) => ({ transcriptionId: id, places: findPlaces(catalog, id, text) }));
  return { meetings, total };
}

function findPlaces(catalog: Catalog, transcriptionId: string, text: string): readonly FoundPlace[] {
  const details = collectDetails(catalog, transcriptionId);
  if (details === undefined) return [];
  return Object.entries(details)
    .flatMap(([field, places]) =>
      places.map((place) => ({
        ...place,
        field: field as MeetingDetailField,
        context: markHits(place.text, text),
      })),
    )
    .filter(({ context }) => context.includes(hitStart))
    .slice(0, maxPlaces);
}
