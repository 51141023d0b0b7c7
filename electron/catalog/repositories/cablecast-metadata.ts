/** The metadata fields of a meeting, as Archivist and as the Cablecast server have them. */
import { and, asc, eq } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { cablecastMetadata, recordings } from "../schema.ts";

/** Text, an id, the values of a custom field, or nothing. */
export type FieldValue = string | number | null | readonly (string | number)[];

export interface FieldRecord {
  readonly field: string;
  /** The value when both sides last agreed; undefined: they never did. */
  readonly base: FieldValue | undefined;
  readonly ours: FieldValue;
  readonly oursDate: string;
  readonly theirs: FieldValue;
  readonly theirsDate: string | null;
  /** Overrides the generated value; undefined: not overridden. */
  readonly chosen: FieldValue | undefined;
  readonly conflict: boolean;
}

type Row = typeof cablecastMetadata.$inferSelect;

const parse = (json: string): FieldValue => JSON.parse(json) as FieldValue;
const orUndefined = (json: string | null): FieldValue | undefined => (json === null ? undefined : parse(json));

function toFieldRecord({ field, base, ours, oursDate, theirs, theirsDate, chosen, conflict }: Row): FieldRecord {
  return {
    field,
    base: orUndefined(base),
    ours: parse(ours),
    oursDate,
    theirs: parse(theirs),
    theirsDate,
    chosen: orUndefined(chosen),
    conflict,
  };
}

/** Keyed by field. */
export function findFields(catalog: Catalog, server: string, recordingId: string): ReadonlyMap<string, FieldRecord> {
  const rows = catalog.database
    .select()
    .from(cablecastMetadata)
    .where(and(eq(cablecastMetadata.recordingId, recordingId), eq(cablecastMetadata.server, server)))
    .all();
  return new Map(rows.map((row) => [row.field, toFieldRecord(row)]));
}

/** Deletes the fields of a recording, because they do not apply to another show. */
export function forgetFields(catalog: Catalog, server: string, recordingId: string): void {
  catalog.database
    .delete(cablecastMetadata)
    .where(and(eq(cablecastMetadata.recordingId, recordingId), eq(cablecastMetadata.server, server)))
    .run();
}

export function saveFields(
  catalog: Catalog,
  server: string,
  recordingId: string,
  fields: readonly FieldRecord[],
): void {
  const json = (value: FieldValue | undefined): string | null => (value === undefined ? null : JSON.stringify(value));
  catalog.transaction(() => {
    for (const { field, base, ours, theirs, chosen, ...rest } of fields) {
      const row = {
        ...rest,
        base: json(base),
        ours: JSON.stringify(ours),
        theirs: JSON.stringify(theirs),
        chosen: json(chosen),
      };
      catalog.database
        .insert(cablecastMetadata)
        .values({ recordingId, server, field, ...row })
        .onConflictDoUpdate({
          target: [cablecastMetadata.recordingId, cablecastMetadata.server, cablecastMetadata.field],
          set: row,
        })
        .run();
    }
  });
}

export interface FieldConflict extends FieldRecord {
  readonly recordingId: string;
  readonly server: string;
  readonly filename: string;
}

/** Lists fields whose conflict a user has to resolve. */
export function fieldConflicts(catalog: Catalog): readonly FieldConflict[] {
  return catalog.database
    .select({ row: cablecastMetadata, filename: recordings.filename })
    .from(cablecastMetadata)
    .innerJoin(recordings, eq(recordings.id, cablecastMetadata.recordingId))
    .where(eq(cablecastMetadata.conflict, true))
    .orderBy(asc(recordings.filename), asc(cablecastMetadata.field))
    .all()
    .map(({ row, filename }) => ({
      ...toFieldRecord(row),
      recordingId: row.recordingId,
      server: row.server,
      filename,
    }));
}
