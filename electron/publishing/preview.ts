/** Dry run of publishing a meeting. */
import { findPublication } from "../catalog/repositories/publications.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import type { StationServices } from "../station-services.ts";
import { findPublishedChapters, getPublicationFingerprint, makePublication } from "./publication.ts";
import { listPublishObstacles } from "./publish-checks.ts";
import { type PublishOptions, withLastingOptions } from "./publish-options.ts";
import { openTarget } from "./targets.ts";

/**
 * Asks the target what it would do; nothing is changed.
 * @returns What would be sent, its fingerprint for `expected` of the publication, the target's steps, and why the meeting
 *   may not be published yet
 * @throws ArchivistError `publish.*`, `cablecast.*`, `interrupted`
 */
export async function previewPublication(
  services: StationServices,
  row: PublishableRow,
  options: PublishOptions = {},
  signal?: AbortSignal,
) {
  const { catalog, settings } = services;
  const target = openTarget(services, options.target ?? settings.publishing.target, { signal });
  const before = findPublication(catalog, row.recordingId, target.name, target.server);
  const whole = withLastingOptions(options, before?.options);
  const publication = await makePublication(services, target.server, row, whole);
  const { chapters } = await findPublishedChapters(services, row, whole);
  const fingerprint = await getPublicationFingerprint(services, row, whole);
  const { steps, show, fields, qualities } = await target.preview(publication);
  return {
    target: target.name,
    version: publication.version,
    obstacles: listPublishObstacles(services, row, { server: target.server, options: whole }),
    steps,
    show,
    fields,
    qualities,
    fingerprint,
    isPublished: before !== undefined,
    sent: {
      title: publication.publicTitle,
      listTitle: publication.title,
      description: publication.description,
      date: publication.date,
      tags: publication.tags,
      chapters,
      quality: publication.quality,
      captions: publication.withCaptions,
      captionCount: publication.cues.length,
      generateTitle: whole.generateTitle ?? true,
      generateDescription: whole.generateDescription ?? true,
    },
    shortcomings: publication.shortcomings,
  };
}
