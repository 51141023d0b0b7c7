/** What people say of a meeting, and the log of it. */

import { z } from "zod";
import {
  type ChangedField,
  changedFieldSchema,
  type MeetingChangeKind,
  type MeetingFactName,
  type MeetingFacts,
  meetingFactNames,
} from "../../contract/meeting-facts.ts";
import { and, asc, desc, eq, max } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import {
  cablecastMetadata,
  meetingChanges,
  meetingPeople,
  meetingTags,
  transcriptions,
  vodContent,
} from "../schema.ts";

const fieldsSchema = z.array(changedFieldSchema);
const setFactsSchema = z.array(z.enum(meetingFactNames));

/** Facts with what is needed to fill in those that nobody has set. */
export interface StoredFacts extends Omit<MeetingFacts, "title"> {
  /** Null: it is the name of the file. */
  readonly title: string | null;
  readonly filename: string;
  /** Those that a person has set. */
  readonly set: ReadonlySet<MeetingFactName>;
}

/** Parses the column `facts_set`. */
export const parseSetFacts = (json: string): ReadonlySet<MeetingFactName> =>
  new Set(setFactsSchema.parse(JSON.parse(json)));

export function listTags(catalog: Catalog, transcriptionId: string): readonly string[] {
  return catalog.database
    .select({ tag: meetingTags.tag })
    .from(meetingTags)
    .where(eq(meetingTags.transcriptionId, transcriptionId))
    .orderBy(asc(meetingTags.position))
    .all()
    .map(({ tag }) => tag);
}

function listPeoplePresent(catalog: Catalog, transcriptionId: string): readonly string[] {
  return catalog.database
    .select({ name: meetingPeople.name })
    .from(meetingPeople)
    .where(eq(meetingPeople.transcriptionId, transcriptionId))
    .orderBy(asc(meetingPeople.position))
    .all()
    .map(({ name }) => name);
}

/** Finds the facts of a meeting, deleted or not; undefined: there is none. */
export function findFacts(catalog: Catalog, transcriptionId: string): StoredFacts | undefined {
  const row = catalog.database
    .select({
      filename: transcriptions.filename,
      title: transcriptions.meetingTitle,
      date: transcriptions.meetingDate,
      type: transcriptions.meetingType,
      city: transcriptions.city,
      description: transcriptions.meetingDescription,
      factsSet: transcriptions.factsSet,
    })
    .from(transcriptions)
    .where(eq(transcriptions.id, transcriptionId))
    .get();
  if (row === undefined) return undefined;
  const { factsSet, ...facts } = row;
  return {
    ...facts,
    tags: listTags(catalog, transcriptionId),
    people: listPeoplePresent(catalog, transcriptionId),
    set: parseSetFacts(factsSet),
  };
}

export interface NewFacts extends Omit<StoredFacts, "filename"> {
  /** Folder of its files; undefined: it stays. */
  readonly outputFolder?: string | undefined;
}

/** Stores facts. Runs within the caller's transaction, with the entry in the log. */
export function storeFacts(catalog: Catalog, transcriptionId: string, facts: NewFacts): void {
  const { database } = catalog;
  const { title, date, type, city, description, tags, people, set, outputFolder } = facts;
  database
    .update(transcriptions)
    .set({
      meetingTitle: title,
      meetingDate: date,
      meetingType: type,
      city,
      meetingDescription: description,
      factsSet: JSON.stringify([...set]),
      ...(outputFolder === undefined ? {} : { outputFolder }),
    })
    .where(eq(transcriptions.id, transcriptionId))
    .run();
  database.delete(meetingTags).where(eq(meetingTags.transcriptionId, transcriptionId)).run();
  for (const [position, tag] of tags.entries()) {
    database.insert(meetingTags).values({ transcriptionId, position, tag }).run();
  }
  database.delete(meetingPeople).where(eq(meetingPeople.transcriptionId, transcriptionId)).run();
  for (const [position, name] of people.entries()) {
    database.insert(meetingPeople).values({ transcriptionId, position, name }).run();
  }
}

export interface NewChange {
  readonly kind: MeetingChangeKind;
  readonly fields: readonly ChangedField[];
  readonly madeBy: string;
  readonly madeDate: string;
}

/** Adds an entry to the log of a meeting. */
export function addChange(catalog: Catalog, transcriptionId: string, change: NewChange): void {
  const { fields, ...rest } = change;
  catalog.database
    .insert(meetingChanges)
    .values({ transcriptionId, ...rest, fields: JSON.stringify(fields) })
    .run();
}

/** The log of a meeting, newest first. */
export function listChanges(catalog: Catalog, transcriptionId: string): readonly NewChange[] {
  return catalog.database
    .select()
    .from(meetingChanges)
    .where(eq(meetingChanges.transcriptionId, transcriptionId))
    .orderBy(desc(meetingChanges.id))
    .all()
    .map(({ kind, fields, madeBy, madeDate }) => ({
      kind,
      fields: fieldsSchema.parse(JSON.parse(fields)),
      madeBy,
      madeDate,
    }));
}

/** Number of the newest change of a meeting's facts; 0: there was none. */
export function findNewestChange(catalog: Catalog, transcriptionId: string): number {
  const row = catalog.database
    .select({ id: max(meetingChanges.id) })
    .from(meetingChanges)
    .where(and(eq(meetingChanges.transcriptionId, transcriptionId), eq(meetingChanges.kind, "changed")))
    .get();
  return row?.id ?? 0;
}

/** Records which facts a publication holds. @param change number of the newest change when they were collected */
export function savePublishedFacts(
  catalog: Catalog,
  publication: {
    readonly target: (typeof vodContent.$inferSelect)["target"];
    readonly server: string;
    readonly vodId: string;
  },
  change: number,
): void {
  const { target, server, vodId } = publication;
  catalog.database
    .update(vodContent)
    .set({ factsChange: change })
    .where(and(eq(vodContent.target, target), eq(vodContent.server, server), eq(vodContent.vodId, vodId)))
    .run();
}

/** True if a publication holds facts that were changed since. */
export function isPublicationOlder(catalog: Catalog, publicationId: number): boolean {
  const row = catalog.database
    .select({ transcriptionId: vodContent.transcriptionId, factsChange: vodContent.factsChange })
    .from(vodContent)
    .where(eq(vodContent.id, publicationId))
    .get();
  return row?.transcriptionId != null && findNewestChange(catalog, row.transcriptionId) > row.factsChange;
}

/** Lets new facts stand where a value was chosen on a server: what a person says last counts. */
export function releaseChosenFields(catalog: Catalog, recordingId: string, fields: readonly string[]): void {
  for (const field of fields) {
    catalog.database
      .update(cablecastMetadata)
      .set({ chosen: null })
      .where(and(eq(cablecastMetadata.recordingId, recordingId), eq(cablecastMetadata.field, field)))
      .run();
  }
}
