/** Synchronizes the station with its Cablecast server: shows, links between recordings and shows, and metadata. */
import { connectCablecast } from "../cablecast/connect.ts";
import { isSameValue } from "../cablecast/metadata/decide.ts";
import { reconcile } from "../cablecast/metadata/reconcile.ts";
import { ourFields } from "../cablecast/metadata/show-fields.ts";
import { linkClearly } from "../cablecast/sync/link-recordings.ts";
import { type SyncReport, syncShows } from "../cablecast/sync/sync-shows.ts";
import { hourMs } from "../captions/time/durations.ts";
import { findFields } from "../catalog/repositories/cablecast-metadata.ts";
import { findSyncState } from "../catalog/repositories/cablecast-shows.ts";
import { findPublication } from "../catalog/repositories/publications.ts";
import {
  linkedTranscriptions,
  type PublishableRow,
  unlinkedTranscriptions,
} from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { StationServices } from "../station-services.ts";
import { collectMetadata, type MeetingMetadata } from "./metadata.ts";
import { toListTitle } from "./publication.ts";
import { listPublishObstacles } from "./publish-checks.ts";
import { parseStoredOptions } from "./publish-options.ts";

export const syncSteps = ["shows", "links", "metadata"] as const;
export type SyncStep = (typeof syncSteps)[number];

export interface SyncOutcome {
  readonly shows: {
    readonly mode: SyncReport["mode"];
    readonly added: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly removed: number;
  };
  readonly links: { readonly linked: number; readonly unclear: number; readonly none: number };
  readonly metadata: {
    /** Fields written to the server. */
    readonly pushed: number;
    /** Fields taken over from the server. */
    readonly pulled: number;
    /** Conflicting fields that a user has to decide. */
    readonly open: number;
    readonly refused: number;
  };
}

export type SyncListener = (step: SyncStep, share: number, message: string) => void;

/** Locations whose shows are fetched: the station's, and those of its cities. */
function listLocations({ settings }: StationServices): readonly number[] {
  const cities = settings.cities.members.map(({ cablecast }) => cablecast.location ?? settings.cablecast.location);
  return [...new Set([settings.cablecast.location, ...cities])];
}

/** Whether a full synchronization of a location is due. */
function isFullDue({ catalog, settings, clock }: StationServices, location: number): boolean {
  const last = findSyncState(catalog, location)?.fullDate;
  if (last == null) return true;
  return clock.now().getTime() - Date.parse(last) >= settings.cablecast.fullSyncHours * hourMs;
}

/**
 * Synchronizes shows, links and metadata.
 * @param full fetch all shows, not only the changed ones
 * @throws ArchivistError `cablecast.*`, `secret.*`, `interrupted`
 */
export async function synchronize(
  services: StationServices,
  full: boolean,
  report: SyncListener = () => undefined,
  signal?: AbortSignal,
): Promise<SyncOutcome> {
  const { catalog, settings, secrets, logs, clock } = services;
  const client = connectCablecast({ settings: settings.cablecast, secrets, logger: logs.vod });
  const total = { added: 0, changed: 0, unchanged: 0, removed: 0 };
  const touched = new Set<number>();
  let mode: SyncReport["mode"] = "incremental";
  for (const location of listLocations(services)) {
    const onProgress = (share: number, message: string): void => report("shows", share, message);
    const deps = { client, catalog, clock, logger: logs.vod, location, signal, onProgress };
    const shows = await syncShows(deps, full || isFullDue(services, location));
    if (shows.mode === "full") mode = "full";
    for (const name of ["added", "changed", "unchanged", "removed"] as const) total[name] += shows[name];
    for (const id of shows.touched) touched.add(id);
  }
  report("links", 0, "Finding the shows of recordings");
  const links = linkAll(services, client.address);
  report("metadata", 0, "Comparing what both sides say");
  const metadata = await reconcileAll(services, client, touched, report, signal);
  return { shows: { mode, ...total }, links, metadata };
}

/** A meeting's metadata, with the options of its publication. */
function getFacts(services: StationServices, server: string, row: PublishableRow): MeetingMetadata {
  const options = findPublication(services.catalog, row.recordingId, "cablecast", server)?.options;
  return collectMetadata(services, server, row, parseStoredOptions(options));
}

/** The facts about a recording that are compared with shows. */
export function toLinkSubject(services: StationServices, server: string, row: PublishableRow) {
  const { publicTitle, date } = getFacts(services, server, row).metadata;
  const seconds = Math.ceil((row.durationMs ?? 0) / 1000);
  const title = toListTitle(publicTitle, date);
  return { recordingId: row.recordingId, path: row.filePath, seconds, title, publicTitle, date };
}

function linkAll(services: StationServices, server: string): SyncOutcome["links"] {
  const counts = { linked: 0, unclear: 0, none: 0 };
  for (const row of unlinkedTranscriptions(services.catalog, server)) {
    counts[linkClearly(services.catalog, server, toLinkSubject(services, server, row))]++;
  }
  return counts;
}

/** Requests a show from the server only if a side has changed, and writes only to shows of published recordings. */
async function reconcileAll(
  services: StationServices,
  client: ReturnType<typeof connectCablecast>,
  touched: ReadonlySet<number>,
  report: SyncListener,
  signal: AbortSignal | undefined,
): Promise<SyncOutcome["metadata"]> {
  const { catalog, settings, clock } = services;
  const counts = { pushed: 0, pulled: 0, open: 0, refused: 0 };
  const server = client.address;
  const rows = linkedTranscriptions(catalog, server);
  for (const [index, row] of rows.entries()) {
    const { metadata } = getFacts(services, server, row);
    const known = findFields(catalog, server, row.recordingId);
    const changedHere = [...ourFields(metadata)].some(([field, value]) => !isSameValue(known.get(field)?.ours, value));
    if (!changedHere && !touched.has(row.showId)) continue;
    report("metadata", index / rows.length, row.filename);
    const deps = { client, catalog, settings: settings.cablecast, signal, now: clock.now().toISOString() };
    try {
      const show = await client.show(row.showId, signal);
      // A version that may not be published changes nothing of what is: its description would be of other words.
      const mayPush = row.isPublished && listPublishObstacles(services, row, { server }).length === 0;
      const { done, refused } = await reconcile(deps, row.recordingId, metadata, show, { mayPush });
      for (const { decision } of done) counts[({ push: "pushed", pull: "pulled", ask: "open" } as const)[decision]]++;
      counts.refused += refused.length;
    } catch (thrown) {
      // The show was deleted: the next publication finds or creates another one.
      if (!(thrown instanceof ArchivistError) || thrown.code !== "cablecast.not-found") throw thrown;
    }
  }
  return counts;
}

/** Describes the outcome as text. */
export function describeSync({ shows, links, metadata }: SyncOutcome): string {
  const { mode, added, changed, unchanged, removed } = shows;
  const all = mode === "full" ? `, ${unchanged} as they were` : "";
  const { linked, unclear } = links;
  const { pushed, pulled, open, refused } = metadata;
  return [
    `${mode === "full" ? "all shows" : "changes"}: ${added} new, ${changed} changed, ${removed} removed${all}`,
    `${linked} recordings linked${unclear > 0 ? `, ${unclear} unclear` : ""}`,
    `${pushed} fields written, ${pulled} taken over${open > 0 ? `, ${open} to decide` : ""}` +
      (refused > 0 ? `, ${refused} not taken by the server` : ""),
  ].join("; ");
}
