/** Versions of the captions. Version 0 is the machine's and is sealed when it is stored. */

import { z } from "zod";
import { type Cue, linePlaceSchema, lineStyleSchema } from "../../captions/cue.ts";
import { and, asc, desc, eq } from "../drizzle.ts";
import { newId } from "../ids.ts";
import { inBatches } from "../in-batches.ts";
import type { Catalog } from "../open.ts";
import { cues as cueTable, versions } from "../schema.ts";
import { indexMeeting } from "./meeting-text.ts";

const linesSchema = z.array(z.string());
const lineStylesSchema = z.array(lineStyleSchema);
const linePlacesSchema = z.array(linePlaceSchema);

/** Stores the machine's version, sealed, in one transaction. Does nothing when it already exists. */
export function storeMachineVersion(catalog: Catalog, transcriptionId: string, cues: readonly Cue[]): void {
  catalog.transaction(() => {
    const { database } = catalog;
    if (findVersion(catalog, transcriptionId, 0) !== undefined) return;
    const versionId = newId();
    database.insert(versions).values({ id: versionId, transcriptionId, number: 0, origin: "machine" }).run();
    insertCues(catalog, versionId, cues);
    database.update(versions).set({ sealed: true }).where(eq(versions.id, versionId)).run();
    indexMeeting(catalog, transcriptionId, cues);
  });
}

/** Stores a sealed version after the newest one. @returns its number */
export function addVersion(
  catalog: Catalog,
  transcriptionId: string,
  { cues, name, date }: { readonly cues: readonly Cue[]; readonly name: string; readonly date: string },
): number {
  return catalog.transaction(() => {
    const { database } = catalog;
    const number = (findNewestVersionNumber(catalog, transcriptionId) ?? -1) + 1;
    const id = newId();
    database.insert(versions).values({ id, transcriptionId, number, origin: "import", name, createdDate: date }).run();
    insertCues(catalog, id, cues);
    database.update(versions).set({ sealed: true }).where(eq(versions.id, id)).run();
    indexMeeting(catalog, transcriptionId, cues);
    return number;
  });
}

/** Converts a cue to column values. */
export const cueColumns = ({ startMs, endMs, lines, styles, edge, align, speaker, places }: Cue) => ({
  startMs,
  endMs,
  lines: JSON.stringify(lines),
  styles: styles === undefined ? null : JSON.stringify(styles),
  edge: edge ?? null,
  align: align ?? null,
  speaker: speaker ?? null,
  places: places === undefined ? null : JSON.stringify(places),
});

type CueColumns = ReturnType<typeof cueColumns>;

/** Converts column values to a cue. */
export const toCue = ({ startMs, endMs, lines, styles, edge, align, speaker, places }: CueColumns): Cue => ({
  startMs,
  endMs,
  lines: linesSchema.parse(JSON.parse(lines)),
  ...(styles === null ? {} : { styles: lineStylesSchema.parse(JSON.parse(styles)) }),
  ...(edge === null ? {} : { edge }),
  ...(align === null ? {} : { align }),
  ...(speaker === null ? {} : { speaker }),
  ...(places === null ? {} : { places: linePlacesSchema.parse(JSON.parse(places)) }),
});

/** Stores the cues of a version that is not sealed yet. */
export function insertCues(catalog: Catalog, versionId: string, cues: readonly Cue[]): void {
  const rows = cues.map((cue, position) => ({ versionId, position, ...cueColumns(cue) }));
  for (const batch of inBatches(rows)) catalog.database.insert(cueTable).values(batch).run();
}

/** Finds the id of a version; undefined when there is none. */
export function findVersion(catalog: Catalog, transcriptionId: string, number: number): string | undefined {
  return catalog.database
    .select({ id: versions.id })
    .from(versions)
    .where(and(eq(versions.transcriptionId, transcriptionId), eq(versions.number, number)))
    .get()?.id;
}

/** Number of the newest sealed version; undefined: there is none. */
export function findNewestVersionNumber(catalog: Catalog, transcriptionId: string): number | undefined {
  return catalog.database
    .select({ number: versions.number })
    .from(versions)
    .where(and(eq(versions.transcriptionId, transcriptionId), eq(versions.sealed, true)))
    .orderBy(desc(versions.number))
    .limit(1)
    .get()?.number;
}

const chaptersSchema = z.array(z.object({ title: z.string(), startMs: z.number().int() }));
export type ChapterMark = Readonly<z.infer<typeof chaptersSchema>[number]>;

/** The chapters of a version as people had them; undefined: nobody had opened the captions, or it was not noted yet. */
export function findVersionChapters(
  catalog: Catalog,
  transcriptionId: string,
  number: number,
): readonly ChapterMark[] | undefined {
  const row = catalog.database
    .select({ chapters: versions.chapters })
    .from(versions)
    .where(and(eq(versions.transcriptionId, transcriptionId), eq(versions.number, number)))
    .get();
  return row?.chapters == null ? undefined : chaptersSchema.parse(JSON.parse(row.chapters));
}

/** The current captions: those of the newest sealed version. */
export function findNewestCues(catalog: Catalog, transcriptionId: string): readonly Cue[] {
  const number = findNewestVersionNumber(catalog, transcriptionId);
  return number === undefined ? [] : (findCues(catalog, transcriptionId, number) ?? []);
}

/** The cues of a version in order; undefined when there is no such version. */
export function findCues(catalog: Catalog, transcriptionId: string, number: number): readonly Cue[] | undefined {
  const versionId = findVersion(catalog, transcriptionId, number);
  if (versionId === undefined) return undefined;
  return catalog.database
    .select()
    .from(cueTable)
    .where(eq(cueTable.versionId, versionId))
    .orderBy(asc(cueTable.position))
    .all()
    .map(toCue);
}
