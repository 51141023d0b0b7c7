/** What was derived from a meeting's captions, of which version each is, and what of it is older than it should be. */
import type { Catalog } from "../catalog/open.ts";
import { findApproval } from "../catalog/repositories/approvals.ts";
import { countUnversionedEdits } from "../catalog/repositories/drafts.ts";
import { findSummary } from "../catalog/repositories/insights.ts";
import { isPublicationOlder } from "../catalog/repositories/meeting-facts.ts";
import { type PublishedRow, publishedVods } from "../catalog/repositories/publications.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { findPublicVersion, isOlderThan } from "../catalog/repositories/staleness.ts";
import { findNewestVersionNumber } from "../catalog/repositories/versions.ts";
import type { StationServices } from "../station-services.ts";
import { inspectDeliveredFiles } from "../transcription/delivered-files.ts";

type Meeting = Pick<PublishableRow, "id" | "recordingId">;

export interface StandingPublication extends PublishedRow {
  /** Older than the approved version, or where none is approved, than the newest one. */
  readonly isOlder: boolean;
  /** The meeting's facts were changed since. */
  readonly areFactsOlder: boolean;
}

/** Every publication of a meeting's recording, removed ones as well, newest first. */
export function listPublications(catalog: Catalog, { id, recordingId }: Meeting): readonly StandingPublication[] {
  const newest = findPublicVersion(catalog, id);
  const ofRecording = publishedVods(catalog).filter((row) => row.recordingId === recordingId);
  return ofRecording.map((row) => ({
    ...row,
    // Captions of another transcription of the recording are not those that stand here.
    isOlder: row.status === "published" && (row.transcriptionId !== id || isOlderThan(row.version, newest)),
    areFactsOlder: isPublicationOlder(catalog, row.id),
  }));
}

/** The summary's version; null: there is no summary. It is older as soon as there is a newer version. */
export function findSummaryStanding(
  catalog: Catalog,
  id: string,
): { readonly version: number | null; readonly isOlder: boolean } | null {
  const summary = findSummary(catalog, id);
  if (summary === undefined) return null;
  return { version: summary.version, isOlder: isOlderThan(summary.version, findNewestVersionNumber(catalog, id)) };
}

type StandingDeps = Pick<StationServices, "catalog" | "onShare">;

/** How everything that was derived from a meeting's captions stands. */
export async function findStanding({ catalog, onShare }: StandingDeps, meeting: Meeting) {
  const { id } = meeting;
  return {
    newestVersion: findNewestVersionNumber(catalog, id) ?? null,
    approval: findApproval(catalog, id) ?? null,
    unsavedEdits: countUnversionedEdits(catalog, id),
    summary: findSummaryStanding(catalog, id),
    files: await inspectDeliveredFiles({ catalog, onShare }, id),
    publications: listPublications(catalog, meeting),
  };
}
