/** Converts the server's records to rows of the catalog. Pure. */
import { hourMs } from "../../captions/time/durations.ts";
import type { NewShowRow, NewVodRow } from "../../catalog/repositories/cablecast-shows.ts";
import type { Named, Show, Vod } from "../client/records.ts";

/** Names by id: shows refer to category, producer and project by their ids. */
export interface Names {
  readonly categories: ReadonlyMap<number, string>;
  readonly producers: ReadonlyMap<number, string>;
  readonly projects: ReadonlyMap<number, string>;
}

export const toNameMap = (list: readonly Named[]): ReadonlyMap<number, string> =>
  new Map(list.flatMap(({ id, name }) => (name == null ? [] : [[id, name] as const])));

/** @param location of the show, when an old server does not state it */
export function showRow(show: Show, names: Names, location: number): NewShowRow {
  const nameIn = (map: ReadonlyMap<number, string>, id: number | null | undefined): string | null =>
    id == null ? null : (map.get(id) ?? null);
  return {
    cablecastId: show.id,
    title: show.title,
    publicTitle: show.cgTitle ?? null,
    description: show.comments ?? null,
    category: nameIn(names.categories, show.category),
    producer: nameIn(names.producers, show.producer),
    project: nameIn(names.projects, show.project),
    runtime: show.totalRunTime == null ? null : Math.round(show.totalRunTime),
    createdDate: typeof show.created === "string" ? show.created : null,
    location: show.location ?? location,
    eventDate: show.eventDate?.slice(0, 10) ?? null,
    localId: show.localId || null,
    lastModified: show.lastModified ?? null,
    hasCaptions: show.hasCaptions === true,
  };
}

export function vodRow(vod: Vod, now: string): NewVodRow {
  return {
    vodId: vod.id,
    showId: vod.show,
    state: vod.vodState ?? null,
    isWatchable: vod.isWatchable === true,
    views: Math.max(0, Math.round(vod.views ?? 0)),
    length: vod.length ?? null,
    url: vod.url ?? null,
    seenDate: now,
  };
}

/** The later of two dates as the server writes them; an unreadable date is ignored. */
export function laterDate(a: string | null, b: string | null | undefined): string | null {
  const [first, second] = [a === null ? Number.NaN : Date.parse(a), b == null ? Number.NaN : Date.parse(b)];
  if (Number.isNaN(second)) return a;
  return Number.isNaN(first) || second > first ? (b ?? null) : a;
}

/** A clock that is set back in autumn repeats an hour. */
const overlapMs = 2 * hourMs;

/**
 * The time from which on changes are requested: the server's local time without its UTC offset, as the vendor's plugin
 * sends it, and somewhat earlier, because local time is not continuous.
 */
export function searchFrom(newestModified: string): string {
  const wallClock = Date.parse(`${newestModified.slice(0, 19)}Z`);
  return new Date(wallClock - overlapMs).toISOString().slice(0, 19);
}
