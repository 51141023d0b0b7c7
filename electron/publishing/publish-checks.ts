/** Checks whether captions may be published: no open errors, and approved if the settings require it. */
import { getApprovalFacts, type PublishableRow } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { StationServices } from "../station-services.ts";
import { findCityOfRecording } from "./metadata.ts";

/** Reasons why a transcription may not be published; empty if it may. */
export function listPublishObstacles(
  { catalog, settings }: Pick<StationServices, "catalog" | "settings">,
  row: PublishableRow,
): readonly string[] {
  const needsApproval = findCityOfRecording({ settings }, row)?.needsApproval ?? settings.publishing.needsApproval;
  const { openErrors, isApproved } = getApprovalFacts(catalog, row.id);
  const isFinished = row.status === "completed" || row.status === "needs_review";
  return [
    ...(isFinished ? [] : [`its transcription is ${row.status}`]),
    ...(openErrors > 0 ? [`its captions have ${openErrors} open error${openErrors === 1 ? "" : "s"}`] : []),
    ...(needsApproval && !isApproved ? ["its captions have not been approved"] : []),
  ];
}

/** @throws ArchivistError `publish.blocked` */
export function requirePublishChecks(
  services: Pick<StationServices, "catalog" | "settings">,
  row: PublishableRow,
): void {
  const reasons = listPublishObstacles(services, row);
  if (reasons.length > 0)
    throw new ArchivistError("publish.blocked", { subject: row.filename, cause: reasons.join(", and ") });
}
