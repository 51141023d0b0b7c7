/**
 * Updates the catalog's shows, VODs and files from the server: all of them, or those that changed since the last
 * synchronization. Shows are found by the advanced search and loaded by their ids in batches, as the vendor's own
 * plugin does, so that nothing depends on how the server counts pages.
 */
import type { Catalog } from "../../catalog/open.ts";
import { saveAssets } from "../../catalog/repositories/cablecast-assets.ts";
import {
  findSyncState,
  listVodsOfLinkedShows,
  markShowsRemoved,
  markVodRemoved,
  modifiedDates,
  type PlayedFile,
  saveServer,
  saveShows,
  saveSyncState,
  saveVods,
} from "../../catalog/repositories/cablecast-shows.ts";
import type { Logger } from "../../config/logger.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { Clock } from "../../platform/clock.ts";
import type { CablecastClient, SearchFilter } from "../client/client.ts";
import type { Reel, Show, Vod } from "../client/records.ts";
import { serverBaseName } from "../server-path.ts";
import { laterDate, type Names, searchFrom, showRow, toNameMap, vodRow } from "./rows.ts";

export interface SyncDeps {
  readonly client: CablecastClient;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly location: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with the progress, from 0 to 1. */
  readonly onProgress?: ((share: number, message: string) => void) | undefined;
}

export interface SyncReport {
  readonly mode: "full" | "incremental";
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Ids of shows that are new or changed. */
  readonly touched: ReadonlySet<number>;
}

/** Number of shows that one call loads. */
const batchSize = 100;
/** Maximum number of missing shows that are requested one by one in a run; the next run checks the others. */
const maxAbsent = 500;

/**
 * Synchronizes the shows.
 * @param full false: only what changed, when the time of the last synchronization is known
 * @throws ArchivistError `cablecast.*`, `interrupted`. What was loaded before stays; the next run starts from the same
 *   point
 */
export async function syncShows(deps: SyncDeps, full: boolean): Promise<SyncReport> {
  const { client, catalog, clock, location, signal, onProgress } = deps;
  saveServer(catalog, client.address);
  const state = findSyncState(catalog, location);
  const since = full ? null : (state?.newestModified ?? null);
  const known = modifiedDates(catalog, location);
  const names = await loadNames(client, signal);
  const own: SearchFilter = { field: "location", operator: "equals", searchValue: location };
  const changed: SearchFilter[] =
    since === null ? [] : [{ field: "lastModified", operator: "greaterThan", searchValue: searchFrom(since) }];
  const ids = await client.findShows([own, ...changed], "lastModified", signal);
  const progress = new Progress(known);
  for (let at = 0; at < ids.length; at += batchSize) {
    onProgress?.(at / ids.length, `${at} of ${ids.length} shows`);
    await saveBatch(deps, ids.slice(at, at + batchSize), names, progress);
  }
  const removed = since === null ? await findRemoved(deps, ids, known, names, progress) : 0;
  await saveUnlinkedAssets(deps);
  await updateViews(deps, progress.touched);
  const now = clock.now().toISOString();
  saveSyncState(catalog, {
    location,
    newestModified: laterDate(since === null ? null : (state?.newestModified ?? null), progress.newest),
    fullDate: since === null ? now : (state?.fullDate ?? null),
    checkedDate: now,
  });
  const { added, changed: differing, unchanged, touched } = progress;
  return { mode: since === null ? "full" : "incremental", added, changed: differing, unchanged, removed, touched };
}

class Progress {
  added = 0;
  changed = 0;
  unchanged = 0;
  newest: string | null = null;
  readonly touched = new Set<number>();
  readonly #known: ReadonlyMap<number, string | null>;

  constructor(known: ReadonlyMap<number, string | null>) {
    this.#known = known;
  }

  /** @returns Whether it has to be written */
  note({ id, lastModified }: Show): boolean {
    this.newest = laterDate(this.newest, lastModified);
    const before = this.#known.get(id);
    // Servers that send no date: the show is written each time.
    if (before !== undefined && before !== null && before === lastModified) {
      this.unchanged++;
      return false;
    }
    if (this.#known.has(id)) this.changed++;
    else this.added++;
    this.touched.add(id);
    return true;
  }
}

async function loadNames(client: CablecastClient, signal: AbortSignal | undefined): Promise<Names> {
  const load = async (name: string) => toNameMap(await client.list(name, name, signal));
  return { categories: await load("categories"), producers: await load("producers"), projects: await load("projects") };
}

/** Loads shows with their VODs and files, and writes the new and changed ones. */
async function saveBatch(
  deps: SyncDeps,
  ids: readonly number[],
  names: Names,
  progress: Progress,
): Promise<readonly number[]> {
  const { client, catalog, clock, location, signal } = deps;
  const loaded = await client.showsWithRelated(ids, signal);
  const shows = loaded.shows.filter((show) => progress.note(show));
  const wanted = new Set(shows.map(({ id }) => id));
  const vods = (loaded.vods ?? (await byId(shows, "vods", (id) => client.vod(id, signal)))).filter(({ show }) =>
    wanted.has(show),
  );
  const reels = loaded.reels ?? (await byId(shows, "reels", (id) => client.reel(id, signal)));
  const now = clock.now().toISOString();
  saveShows(catalog, {
    shows: shows.map((show) => showRow(show, names, location)),
    vods: vods.map((vod: Vod) => vodRow(vod, now)),
    files: reels.flatMap((reel: Reel): readonly PlayedFile[] =>
      reel.show != null && wanted.has(reel.show) && reel.userFileName
        ? [{ reel: reel.id, showId: reel.show, filename: serverBaseName(reel.userFileName) }]
        : [],
    ),
    now,
  });
  return loaded.shows.map(({ id }) => id);
}

/** For a server that sends no related records, each one is requested; one that was deleted meanwhile is left out. */
async function byId<T>(
  shows: readonly Show[],
  field: "vods" | "reels",
  load: (id: number) => Promise<T>,
): Promise<readonly T[]> {
  const found: T[] = [];
  for (const id of shows.flatMap((show) => show[field] ?? [])) {
    const record = await orGone(() => load(id));
    if (record !== undefined) found.push(record);
  }
  return found;
}

async function orGone<T>(load: () => Promise<T>): Promise<T | undefined> {
  try {
    return await load();
  } catch (thrown) {
    if (thrown instanceof ArchivistError && thrown.code === "cablecast.not-found") return undefined;
    throw thrown;
  }
}

/** Finds shows that are no longer listed. Each is requested separately: an incomplete list must not remove shows. */
async function findRemoved(
  deps: SyncDeps,
  ids: readonly number[],
  known: ReadonlyMap<number, string | null>,
  names: Names,
  progress: Progress,
): Promise<number> {
  const { client, catalog, clock, location, signal, logger } = deps;
  const listed = new Set(ids);
  const absent = [...known.keys()].filter((id) => !listed.has(id));
  if (absent.length > maxAbsent) logger.warn("many shows are missing on the server", { shows: absent.length });
  const gone: number[] = [];
  const moved: Show[] = [];
  for (const id of absent.slice(0, maxAbsent)) {
    const show = await orGone(() => client.show(id, signal));
    if (show === undefined) gone.push(id);
    else if (progress.note(show)) moved.push(show);
  }
  const now = clock.now().toISOString();
  if (moved.length > 0) {
    saveShows(catalog, { shows: moved.map((show) => showRow(show, names, location)), vods: [], files: [], now });
  }
  if (gone.length > 0) markShowsRemoved(catalog, gone, now);
  return gone.length;
}

/** Stores files that the server knows and no show plays, because they must not be moved away either. */
async function saveUnlinkedAssets({ client, catalog, clock, logger, signal }: SyncDeps): Promise<void> {
  try {
    const assets = await client.unlinkedAssets(signal);
    saveAssets(
      catalog,
      assets.flatMap(({ id, path }) => (path ? [{ id: id ?? null, filename: serverBaseName(path) }] : [])),
      clock.now().toISOString(),
    );
  } catch (thrown) {
    if (!(thrown instanceof ArchivistError) || thrown.code === "interrupted") throw thrown;
    // Older servers have no assets, and some users may not see them.
    logger.info("the server tells no unlinked files", { code: thrown.code });
  }
}

/** Views change without the show being changed, so the VODs of linked shows are read each time. */
async function updateViews({ client, catalog, clock, signal }: SyncDeps, touched: ReadonlySet<number>): Promise<void> {
  const now = clock.now().toISOString();
  for (const id of listVodsOfLinkedShows(catalog, touched)) {
    const vod = await orGone(() => client.vod(id, signal));
    if (vod === undefined) markVodRemoved(catalog, id, now);
    else saveVods(catalog, [vodRow(vod, now)]);
  }
}
