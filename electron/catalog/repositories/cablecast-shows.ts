/** The Cablecast server's shows, VODs and files as they were last seen. */

import { listSpellings } from "../../platform/names.ts";
import { and, asc, desc, eq, inArray, isNotNull, isNull, like, notInArray, or, sql } from "../drizzle.ts";
import { inBatches } from "../in-batches.ts";
import type { Catalog } from "../open.ts";
import {
  cablecastLinks,
  cablecastReferences,
  cablecastServer,
  cablecastShows,
  cablecastSync,
  cablecastVods,
  vodContent,
} from "../schema.ts";

export type ShowRow = typeof cablecastShows.$inferSelect;
export type NewShowRow = Omit<ShowRow, "id" | "updatedDate" | "removedDate">;
export type VodRow = typeof cablecastVods.$inferSelect;
export type NewVodRow = Omit<VodRow, "removedDate">;

/** A file that a show plays. */
export interface PlayedFile {
  readonly reel: number;
  readonly showId: number;
  readonly filename: string;
}

/**
 * Dates of last change that the next sync compares with, by the server's ids; shows that were removed are not included.
 */
export function modifiedDates(catalog: Catalog, location: number): ReadonlyMap<number, string | null> {
  const rows = catalog.database
    .select({ id: cablecastShows.cablecastId, lastModified: cablecastShows.lastModified })
    .from(cablecastShows)
    .where(and(eq(cablecastShows.location, location), isNull(cablecastShows.removedDate)))
    .all();
  return new Map(rows.map(({ id, lastModified }) => [id, lastModified]));
}

/** Shows with their VODs and files, saved in one transaction. */
export interface SeenShows {
  readonly shows: readonly NewShowRow[];
  readonly vods: readonly NewVodRow[];
  readonly files: readonly PlayedFile[];
  readonly now: string;
}

export function saveShows(catalog: Catalog, { shows, vods, files, now }: SeenShows): void {
  const { database } = catalog;
  catalog.transaction(() => {
    for (const some of inBatches(shows)) {
      const rows = some.map((show) => ({ ...show, updatedDate: now, removedDate: null }));
      database
        .insert(cablecastShows)
        .values(rows)
        .onConflictDoUpdate({
          target: cablecastShows.cablecastId,
          set: {
            title: sql`excluded.title`,
            publicTitle: sql`excluded.public_title`,
            description: sql`excluded.description`,
            category: sql`excluded.category`,
            producer: sql`excluded.producer`,
            project: sql`excluded.project`,
            runtime: sql`excluded.runtime`,
            createdDate: sql`excluded.created_date`,
            updatedDate: sql`excluded.updated_date`,
            location: sql`excluded.location`,
            eventDate: sql`excluded.event_date`,
            localId: sql`excluded.local_id`,
            lastModified: sql`excluded.last_modified`,
            hasCaptions: sql`excluded.has_captions`,
            removedDate: null,
          },
        })
        .run();
      const ids = some.map(({ cablecastId }) => cablecastId);
      const isOfThem = inArray(cablecastReferences.showId, ids);
      const reels = files.filter(({ showId }) => ids.includes(showId)).map(({ reel }) => reel);
      const gone = reels.length === 0 ? isOfThem : and(isOfThem, notInArray(cablecastReferences.cablecastId, reels));
      database
        .delete(cablecastReferences)
        .where(and(eq(cablecastReferences.kind, "reel"), gone))
        .run();
    }
    for (const some of inBatches(files)) {
      const rows = some.map(({ reel, showId, filename }) => ({
        kind: "reel" as const,
        cablecastId: reel,
        filename,
        showId,
        updatedDate: now,
      }));
      database
        .insert(cablecastReferences)
        .values(rows)
        .onConflictDoUpdate({
          target: [cablecastReferences.kind, cablecastReferences.cablecastId],
          set: { filename: sql`excluded.filename`, showId: sql`excluded.show_id`, updatedDate: now },
        })
        .run();
    }
    saveVods(catalog, vods);
  });
}

export function saveVods(catalog: Catalog, vods: readonly NewVodRow[]): void {
  for (const some of inBatches(vods)) {
    catalog.database
      .insert(cablecastVods)
      .values(some.map((vod) => ({ ...vod, removedDate: null })))
      .onConflictDoUpdate({
        target: cablecastVods.vodId,
        set: {
          showId: sql`excluded.show_id`,
          state: sql`excluded.state`,
          isWatchable: sql`excluded.is_watchable`,
          views: sql`excluded.views`,
          length: sql`excluded.length`,
          url: sql`excluded.url`,
          seenDate: sql`excluded.seen_date`,
          removedDate: null,
        },
      })
      .run();
  }
}

/** Marks shows that were removed from the server; the files that they played are no longer referenced. */
export function markShowsRemoved(catalog: Catalog, ids: readonly number[], now: string): void {
  catalog.transaction(() => {
    for (const some of inBatches(ids)) {
      const { database } = catalog;
      database
        .update(cablecastShows)
        .set({ removedDate: now, updatedDate: now })
        .where(inArray(cablecastShows.cablecastId, some))
        .run();
      database
        .update(cablecastVods)
        .set({ removedDate: now })
        .where(and(inArray(cablecastVods.showId, some), isNull(cablecastVods.removedDate)))
        .run();
      database.delete(cablecastReferences).where(inArray(cablecastReferences.showId, some)).run();
    }
  });
}

export function markVodRemoved(catalog: Catalog, vodId: number, now: string): void {
  catalog.database.update(cablecastVods).set({ removedDate: now }).where(eq(cablecastVods.vodId, vodId)).run();
}

/**
 * Lists the ids of VODs whose shows recordings are linked to.
 * @param seen shows to skip, because they were just fetched
 */
export function listVodsOfLinkedShows(catalog: Catalog, seen: ReadonlySet<number>): readonly number[] {
  return catalog.database
    .selectDistinct({ id: cablecastVods.vodId, showId: cablecastVods.showId })
    .from(cablecastVods)
    .innerJoin(
      cablecastLinks,
      and(eq(cablecastLinks.showId, cablecastVods.showId), eq(cablecastLinks.server, findServer(catalog) ?? "")),
    )
    .where(isNull(cablecastVods.removedDate))
    .all()
    .flatMap(({ id, showId }) => (seen.has(showId) ? [] : [id]));
}

/**
 * Saves the server's address. When it is another server, the stored shows of the previous one are deleted; links and
 * publications, which name their server, are kept.
 */
export function saveServer(catalog: Catalog, address: string): void {
  catalog.transaction(() => {
    const { database } = catalog;
    const known = database.select().from(cablecastServer).get()?.address;
    if (known === address) return;
    database.update(vodContent).set({ cablecastShowId: null }).run();
    for (const table of [cablecastShows, cablecastVods, cablecastReferences, cablecastSync])
      database.delete(table).run();
    database
      .insert(cablecastServer)
      .values({ id: 1, address })
      .onConflictDoUpdate({ target: cablecastServer.id, set: { address } })
      .run();
  });
}

/** Address of the server whose shows are stored; undefined: there is none. */
export function findServer(catalog: Catalog): string | undefined {
  return catalog.database.select().from(cablecastServer).get()?.address;
}

export type SyncState = typeof cablecastSync.$inferSelect;

export function findSyncState(catalog: Catalog, location: number): SyncState | undefined {
  return catalog.database.select().from(cablecastSync).where(eq(cablecastSync.location, location)).get();
}

export function saveSyncState(catalog: Catalog, state: SyncState): void {
  catalog.database
    .insert(cablecastSync)
    .values(state)
    .onConflictDoUpdate({ target: cablecastSync.location, set: state })
    .run();
}

export interface ShowHints {
  readonly filename: string;
  /** The marker that Archivist gives to shows that it creates. */
  readonly localId: string;
  /** Null: not known. */
  readonly date: string | null;
}

/** Lists shows that could match a recording: by the file that they play, by Archivist's marker, or by date. */
export function listShowCandidates(
  catalog: Catalog,
  { filename, localId, date }: ShowHints,
): readonly (ShowRow & { readonly playsFile: boolean })[] {
  const { database } = catalog;
  const playing = database
    .select({ id: cablecastReferences.showId })
    .from(cablecastReferences)
    .where(
      and(inArray(cablecastReferences.filename, [...listSpellings(filename)]), isNotNull(cablecastReferences.showId)),
    )
    .all()
    .flatMap(({ id }) => (id === null ? [] : [id]));
  const isIt = or(
    eq(cablecastShows.localId, localId),
    date === null ? undefined : eq(cablecastShows.eventDate, date),
    ...(playing.length === 0 ? [] : [inArray(cablecastShows.cablecastId, playing)]),
  );
  return database
    .select()
    .from(cablecastShows)
    .where(and(isNull(cablecastShows.removedDate), isIt))
    .limit(200)
    .all()
    .map((show) => ({ ...show, playsFile: playing.includes(show.cablecastId) }));
}

export interface ListedShow extends ShowRow {
  /** Id of the linked recording; null: none is linked. */
  readonly recordingId: string | null;
  readonly vodState: string | null;
  readonly views: number | null;
}

/** Lists shows whose titles contain a text, newest meeting first. */
export function listShows(
  catalog: Catalog,
  { search = "", limit = 50, offset = 0 }: { search?: string; limit?: number; offset?: number } = {},
): { readonly total: number; readonly shows: readonly ListedShow[] } {
  const { database } = catalog;
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  const fits = and(
    isNull(cablecastShows.removedDate),
    ...(search === ""
      ? []
      : [
          or(
            sql`${like(cablecastShows.title, pattern)} ESCAPE '\\'`,
            sql`${like(cablecastShows.publicTitle, pattern)} ESCAPE '\\'`,
          ),
        ]),
  );
  const total = database.select({ count: sql<number>`count(*)` }).from(cablecastShows).where(fits).get()?.count ?? 0;
  const rows = database
    .select({ show: cablecastShows, recordingId: cablecastLinks.recordingId })
    .from(cablecastShows)
    .leftJoin(
      cablecastLinks,
      and(eq(cablecastLinks.showId, cablecastShows.cablecastId), eq(cablecastLinks.server, findServer(catalog) ?? "")),
    )
    .where(fits)
    .orderBy(desc(cablecastShows.eventDate), asc(cablecastShows.cablecastId))
    .limit(limit)
    .offset(offset)
    .all();
  const ids = rows.map(({ show }) => show.cablecastId);
  const vods = new Map(
    ids.length === 0
      ? []
      : database
          .select()
          .from(cablecastVods)
          .where(and(inArray(cablecastVods.showId, ids), isNull(cablecastVods.removedDate)))
          .orderBy(asc(cablecastVods.vodId))
          .all()
          .map((vod) => [vod.showId, vod]),
  );
  const shows = rows.map(({ show, recordingId }) => {
    const vod = vods.get(show.cablecastId);
    return { ...show, recordingId, vodState: vod?.state ?? null, views: vod?.views ?? null };
  });
  return { total, shows };
}
