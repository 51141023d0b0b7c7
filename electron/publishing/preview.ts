/** Dry run of publishing a meeting. */
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import type { StationServices } from "../station-services.ts";
import { makePublication } from "./publication.ts";
import { listPublishObstacles } from "./publish-checks.ts";
import type { PublishOptions } from "./publish-options.ts";
import { openTarget } from "./targets.ts";

/**
 * Asks the target what it would do; nothing is changed.
 * @returns Its steps, and why the meeting may not be published yet
 * @throws ArchivistError `publish.*`, `cablecast.*`, `interrupted`
 */
export async function previewPublication(
  services: StationServices,
  row: PublishableRow,
  options: PublishOptions = {},
  signal?: AbortSignal,
) {
  const target = openTarget(services, options.target ?? services.settings.publishing.target, { signal });
  const publication = await makePublication(services, target.server, row, options);
  const steps = await target.preview(publication);
  return { target: target.name, version: publication.version, obstacles: listPublishObstacles(services, row), steps };
}
