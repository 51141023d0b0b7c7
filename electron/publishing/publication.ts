/** Collects from the catalog what is published for a transcription. */
import { encodeScc } from "../captions/scc/encode.ts";
import { shiftCues } from "../captions/time/shift.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { findCues, findNewestVersionNumber } from "../catalog/repositories/versions.ts";
import type { Publication } from "../contract/publishing.ts";
import type { StationServices } from "../station-services.ts";
import { refreshSummary } from "../transcription/derivation/summary.ts";
import { getCityProfile } from "../transcription/options.ts";
import { findRecordingTimes } from "../transcription/recording-times.ts";
import { findChapters } from "./chapters.ts";
import { collectMetadata } from "./metadata.ts";
import type { PublishOptions } from "./publish-options.ts";

/** @param server address of the Cablecast server; empty for a package */
export async function makePublication(
  services: Pick<StationServices, "catalog" | "settings">,
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
    title: options.title ?? (publicTitle.includes(date) ? publicTitle : `${publicTitle} ${date}`),
    tags,
    cues: shiftCues(cues, playerStartMs),
    scc: encodeScc(shiftCues(cues, -firstFrameMs), { profile }).text,
    withCaptions: options.captions ?? true,
    chapters: called.map(({ title, startMs }) => ({
      title,
      offset: Math.floor(Math.max(0, startMs - firstFrameMs) / 1000),
    })),
    quality: options.quality ?? settings.publishing.quality,
    access: city?.access ?? settings.generic.access,
    isNewShow: options.newShow ?? false,
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
