/** Collects from the catalog what is published for a transcription. */
import { encodeScc } from "../captions/scc/encode.ts";
import { shiftCues } from "../captions/time/shift.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { findCues, findNewestVersionNumber } from "../catalog/repositories/versions.ts";
import type { Publication } from "../contract/publishing.ts";
import type { AgendaItem } from "../insight/agenda/called-items.ts";
import { sha256 } from "../platform/atomic-write.ts";
import type { StationServices } from "../station-services.ts";
import { refreshSummary } from "../transcription/derivation/summary.ts";
import { getCityProfile } from "../transcription/options.ts";
import { findRecordingTimes } from "../transcription/recording-times.ts";
import { findChapters } from "./chapters.ts";
import { collectMetadata } from "./metadata.ts";
import type { PublishOptions } from "./publish-options.ts";

type PublicationServices = Pick<StationServices, "catalog" | "settings">;

/** Title for the station's own lists: the public one, and the date where it does not tell it. */
export const toListTitle = (publicTitle: string, date: string | null): string =>
  date === null || publicTitle.includes(date) ? publicTitle : `${publicTitle} ${date}`;

/** Identifies a meeting's own chapters, so that it is seen when they have changed. */
export const getChaptersFingerprint = (chapters: readonly AgendaItem[]): string =>
  sha256(JSON.stringify(chapters.map(({ title, startMs }) => [title, startMs])));

/**
 * The chapters that are published, in the recording's time: those of the request, else those that were chosen for an
 * earlier publication as long as the meeting's own have not changed since, else the meeting's own.
 * @param called the meeting's own, where they are known already
 */
export async function findPublishedChapters(
  { catalog }: Pick<StationServices, "catalog">,
  row: PublishableRow,
  { chapters, chaptersOver }: PublishOptions,
  called?: readonly AgendaItem[],
): Promise<{ readonly chapters: readonly AgendaItem[]; readonly own: readonly AgendaItem[] }> {
  const own = called ?? (await findChapters(catalog, row.id));
  const holds = chapters !== undefined && (chaptersOver === undefined || chaptersOver === getChaptersFingerprint(own));
  const chosen = holds ? chapters.toSorted((a, b) => a.startMs - b.startMs) : own;
  return { chapters: chosen, own };
}

/** @param server address of the Cablecast server; empty for a package */
export async function makePublication(
  services: PublicationServices,
  server: string,
  row: PublishableRow,
  options: PublishOptions = {},
): Promise<Publication> {
  const { catalog, settings } = services;
  const { version, called } = await deriveNewest(services, row);
  const { city, metadata, tags, requested, shortcomings } = collectMetadata(services, server, row, options);
  const cues = findCues(catalog, row.id, version) ?? [];
  const profile = getCityProfile(settings, city).cues;
  const { playerStartMs, firstFrameMs } = findRecordingTimes(catalog, row.recordingId);
  const { chapters } = await findPublishedChapters(services, row, options, called);
  const { publicTitle, date } = metadata;
  return {
    ...metadata,
    transcriptionId: row.id,
    version,
    recordingId: row.recordingId,
    path: row.filePath,
    seconds: Math.ceil((row.durationMs ?? 0) / 1000),
    city: city?.name ?? row.city,
    location: city?.cablecast.location ?? settings.cablecast.location,
    title: options.title ?? toListTitle(publicTitle, date),
    tags,
    cues: shiftCues(cues, playerStartMs),
    scc: encodeScc(shiftCues(cues, -firstFrameMs), { profile }).text,
    withCaptions: options.captions ?? true,
    chapters: chapters.map(({ title, startMs }) => ({
      title,
      offset: Math.floor(Math.max(0, startMs - firstFrameMs) / 1000),
    })),
    quality: options.quality ?? settings.publishing.quality,
    access: city?.access ?? settings.generic.access,
    isNewShow: options.newShow ?? false,
    chosenShow: options.show,
    requested,
    shortcomings,
  };
}

/** Makes description and chapters follow the newest captions, before anything is read. */
async function deriveNewest(
  services: Pick<StationServices, "catalog" | "settings">,
  row: PublishableRow,
): Promise<{ readonly version: number; readonly called: Awaited<ReturnType<typeof findChapters>> }> {
  const { catalog } = services;
  const subject = { transcriptionId: row.id, recordingId: row.recordingId, path: row.filePath };
  for (;;) {
    const version = (await refreshSummary(services, subject)) ?? 0;
    const called = await findChapters(catalog, row.id, version);
    // Unless a version was made meanwhile.
    if ((findNewestVersionNumber(catalog, row.id) ?? 0) === version) return { version, called };
  }
}

/**
 * Identifies what the station sends for a meeting: a later publication with the same fingerprint sends exactly the same
 * title, description, date, tags, fields, chapters, quality and captions to the same show. What the server has changed in
 * between is not part of it, since that depends on how far an interrupted publication has come.
 */
export async function getPublicationFingerprint(
  services: PublicationServices,
  row: PublishableRow,
  options: PublishOptions,
): Promise<string> {
  const { title, publicTitle, description, date, category, producer, project, customFields, ...rest } =
    await makePublication(services, "", row, options);
  const { tags, scc, withCaptions, chapters, quality, access, location, isNewShow, chosenShow } = rest;
  return sha256(
    JSON.stringify([
      ...[title, publicTitle, description, date, category, producer, project, customFields],
      ...[tags, withCaptions ? scc : "", chapters, quality, access, location, isNewShow, chosenShow ?? null],
    ]),
  );
}
