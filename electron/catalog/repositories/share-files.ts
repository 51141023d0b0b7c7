/** Files that were seen on shares. */

import { type TimeZone, toDay } from "../../platform/calendar.ts";
import { listSpellings } from "../../platform/names.ts";
import { and, asc, count, desc, eq, gt, gte, inArray, isNotNull, lt, ne, type SQL } from "../drizzle.ts";
import { inBatches } from "../in-batches.ts";
import type { Catalog } from "../open.ts";
import { type shareFileStates, shareFiles } from "../schema.ts";

export type ShareFileRow = typeof shareFiles.$inferSelect;
export type ShareFileState = (typeof shareFileStates)[number];

/** The data of a file that a scan needs to detect changes. */
export type KnownFile = Pick<ShareFileRow, "id" | "path" | "size" | "modifiedMs" | "state" | "stablePolls">;

const pageSize = 2_000;

/** All known files of a share, in pages, so that other work is not blocked by a query of twenty thousand rows. */
export function* knownFiles(catalog: Catalog, share: string): Generator<readonly KnownFile[]> {
  let after = 0;
  for (;;) {
    const page = catalog.database
      .select({
        id: shareFiles.id,
        path: shareFiles.path,
        size: shareFiles.size,
        modifiedMs: shareFiles.modifiedMs,
        state: shareFiles.state,
        stablePolls: shareFiles.stablePolls,
      })
      .from(shareFiles)
      .where(and(eq(shareFiles.share, share), gt(shareFiles.id, after)))
      .orderBy(asc(shareFiles.id))
      .limit(pageSize)
      .all();
    if (page.length > 0) yield page;
    if (page.length < pageSize) return;
    after = page.at(-1)?.id ?? after;
  }
}

export type NewShareFile = Pick<
  ShareFileRow,
  | "share"
  | "path"
  | "size"
  | "modifiedMs"
  | "state"
  | "city"
  | "meetingDate"
  | "meetingType"
  | "title"
  | "firstSeenDate"
>;

/** Inserts new files, a few hundred per statement. */
export function addShareFiles(catalog: Catalog, files: readonly NewShareFile[]): void {
  catalog.transaction(() => {
    for (const batch of inBatches(files)) catalog.database.insert(shareFiles).values(batch).onConflictDoNothing().run();
  });
}

export type ShareFileChange = Partial<Omit<typeof shareFiles.$inferInsert, "id" | "share">>;

export function changeShareFiles(
  catalog: Catalog,
  changes: readonly { readonly id: number; readonly change: ShareFileChange }[],
): void {
  catalog.transaction(() => {
    for (const { id, change } of changes) {
      catalog.database.update(shareFiles).set(change).where(eq(shareFiles.id, id)).run();
    }
  });
}

/** Records that a file moved to another share under the same path; its other data is kept. */
export function moveShareFile(catalog: Catalog, file: ShareFileRow, share: string, now: string): void {
  const { id, ...known } = file;
  const row = { ...known, share, firstSeenDate: now, vanishedDate: null };
  catalog.transaction(() => {
    changeShareFiles(catalog, [{ id, change: { state: "vanished", vanishedDate: now, reason: `moved to ${share}` } }]);
    catalog.database
      .insert(shareFiles)
      .values(row)
      .onConflictDoUpdate({ target: [shareFiles.share, shareFiles.path], set: row })
      .run();
  });
}

export interface ShareFileFilter {
  readonly states?: readonly ShareFileState[];
  readonly share?: string;
  readonly cities?: readonly string[];
  /** Meeting date, or the file's date where its name has none; from this day on. ISO date. */
  readonly since?: string;
  /** Before this date. */
  readonly until?: string;
  /** Where the days of `since` and `until` are; absent: where this machine is. */
  readonly timeZone?: TimeZone;
  readonly settledPolls?: number;
  readonly limit?: number;
}

/** Lists files that match, oldest first. */
export function listShareFiles(catalog: Catalog, filter: ShareFileFilter): readonly ShareFileRow[] {
  const { states, share, cities, settledPolls } = filter;
  const conditions: (SQL | undefined)[] = [
    states && inArray(shareFiles.state, [...states]),
    share === undefined ? undefined : eq(shareFiles.share, share),
    cities && inArray(shareFiles.city, [...cities]),
    settledPolls === undefined ? undefined : gte(shareFiles.stablePolls, settledPolls),
  ];
  return catalog.database
    .select()
    .from(shareFiles)
    .where(and(...conditions))
    .orderBy(asc(shareFiles.modifiedMs), asc(shareFiles.id))
    .limit(filter.limit ?? 100_000)
    .all()
    .filter((file) => isBetween(file, filter));
}

function isBetween({ meetingDate, modifiedMs }: ShareFileRow, filter: ShareFileFilter): boolean {
  const { since, until, timeZone = null } = filter;
  if (since === undefined && until === undefined) return true;
  const date = meetingDate ?? toDay(modifiedMs, timeZone);
  return (since === undefined || date >= since) && (until === undefined || date < until);
}

export function findShareFile(catalog: Catalog, id: number): ShareFileRow | undefined {
  return catalog.database.select().from(shareFiles).where(eq(shareFiles.id, id)).get();
}

/**
 * Finds a file by its path below the share, with slashes.
 * @param match `exact`: as it is on the disk; `name`: accents may be composed in another way
 */
export function findShareFileByPath(
  catalog: Catalog,
  share: string,
  path: string,
  match: "exact" | "name" = "name",
): ShareFileRow | undefined {
  const paths = match === "exact" ? [path] : listSpellings(path);
  const rows = catalog.database
    .select()
    .from(shareFiles)
    .where(and(eq(shareFiles.share, share), inArray(shareFiles.path, [...paths])))
    .all();
  return rows.find((row) => row.path === path) ?? rows[0];
}

/** Lists other files of the same content, most recently seen first. */
export function listSameContent(catalog: Catalog, fingerprint: string, exceptId: number): readonly ShareFileRow[] {
  return catalog.database
    .select()
    .from(shareFiles)
    .where(and(eq(shareFiles.fingerprint, fingerprint), ne(shareFiles.id, exceptId)))
    .orderBy(desc(shareFiles.id))
    .all();
}

/** Lists present files that might be a missing recording: of the same size, on any share. */
export function presentOfSize(catalog: Catalog, size: number): readonly ShareFileRow[] {
  return catalog.database
    .select()
    .from(shareFiles)
    .where(and(eq(shareFiles.size, size), ne(shareFiles.state, "vanished")))
    .all();
}

export interface ShareCount {
  readonly share: string;
  readonly state: ShareFileState;
  readonly count: number;
}

export function countShareFiles(catalog: Catalog): readonly ShareCount[] {
  return catalog.database
    .select({ share: shareFiles.share, state: shareFiles.state, count: count() })
    .from(shareFiles)
    .groupBy(shareFiles.share, shareFiles.state)
    .all();
}

/** Deletes files that vanished before a date and were never processed. @returns the number of files */
export function forgetVanished(catalog: Catalog, before: string): number {
  return catalog.database
    .delete(shareFiles)
    .where(
      and(eq(shareFiles.state, "vanished"), isNotNull(shareFiles.vanishedDate), lt(shareFiles.vanishedDate, before)),
    )
    .run().changes;
}
