/** Checks whether a meeting may be published: finished, without open errors, approved if the city's rule requires it, dated. */
import { findServer } from "../catalog/repositories/cablecast-shows.ts";
import { getApprovalFacts, type PublishableRow } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { StationServices } from "../station-services.ts";
import { collectMetadata, findCityOfRecording } from "./metadata.ts";
import type { PublishOptions } from "./publish-options.ts";

interface PublishRequest {
  /** The server whose stored field values apply; undefined: the one that shows were fetched from last. */
  readonly server?: string;
  readonly options?: PublishOptions;
}

/** Reasons why a transcription may not be published; empty if it may. */
export function listPublishObstacles(
  { catalog, settings }: Pick<StationServices, "catalog" | "settings">,
  row: PublishableRow,
  { server = findServer(catalog) ?? "", options = {} }: PublishRequest = {},
): readonly string[] {
  const needsApproval = findCityOfRecording({ settings }, row)?.needsApproval ?? settings.publishing.needsApproval;
  const { openErrors, isApproved } = getApprovalFacts(catalog, row.id);
  const isFinished = row.status === "completed" || row.status === "needs_review";
  const { date } = collectMetadata({ catalog, settings }, server, row, options).metadata;
  return [
    ...(isFinished ? [] : [`its transcription is ${row.status}`]),
    ...(openErrors > 0 ? [`its captions have ${openErrors} open error${openErrors === 1 ? "" : "s"}`] : []),
    ...(needsApproval && !isApproved ? ["its captions have not been approved"] : []),
    ...(date === null ? ["the date of the meeting is not known: enter it"] : []),
  ];
}

/** @throws ArchivistError `publish.blocked` */
export function requirePublishChecks(
  services: Pick<StationServices, "catalog" | "settings">,
  row: PublishableRow,
  request: PublishRequest = {},
): void {
  const reasons = listPublishObstacles(services, row, request);
  if (reasons.length > 0)
    throw new ArchivistError("publish.blocked", { subject: row.filename, cause: reasons.join(", and ") });
}
