/** What is published of a transcription, out of the catalog. */

import { encodeScc } from "../captions/scc/encode.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { newestCues } from "../catalog/repositories/versions.ts";
import type { Publication } from "../contract/publish-target.ts";
import type { Workshop } from "../station-services.ts";
import { profileOf } from "../transcription/options.ts";
import { chaptersOf } from "./chapters.ts";
import { meetingFacts } from "./metadata.ts";
import type { PublishWish } from "./publish-options.ts";

/** @param server address of the Cablecast server; empty for a package */
export async function makePublication(
  workshop: Pick<Workshop, "catalog" | "settings">,
  server: string,
  row: PublishableRow,
  wish: PublishWish = {},
): Promise<Publication> {
  const { catalog, settings } = workshop;
  const { city, metadata, tags, wished, shortcomings } = meetingFacts(workshop, server, row, wish);
  const cues = newestCues(catalog, row.id);
  const profile = profileOf(settings, { profile: city?.captionProfile ?? undefined }).cues;
  const { publicTitle, date } = metadata;
  return {
    ...metadata,
    transcriptionId: row.id,
    recordingId: row.recordingId,
    path: row.filePath,
    seconds: Math.ceil((row.durationMs ?? 0) / 1000),
    city: city?.name ?? row.city,
    location: city?.cablecast.location ?? settings.cablecast.location,
    title: wish.title ?? (publicTitle.includes(date) ? publicTitle : `${publicTitle} ${date}`),
    tags,
    cues,
    scc: encodeScc(cues, { profile }).text,
    withCaptions: wish.captions ?? true,
    chapters: (await chaptersOf(catalog, row.id)).map(({ title, startMs }) => ({
      title,
      offset: Math.floor(startMs / 1000),
    })),
    quality: wish.quality ?? settings.publishing.quality,
    access: city?.access ?? settings.generic.access,
    isNewShow: wish.newShow ?? false,
    wished,
    shortcomings,
  };
}
