/** How a meeting's captions stand: the approval that holds, what was edited since, and what would keep a new one back. */

import type { Cue } from "../captions/cue.ts";
import { compareCues } from "../captions/editing/compare.ts";
import { plainCue } from "../captions/editing/document.ts";
import { type Approval, findApproval, listApprovalLog } from "../catalog/repositories/approvals.ts";
import { countUnversionedEdits } from "../catalog/repositories/drafts.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { findCues, findNewestVersionNumber } from "../catalog/repositories/versions.ts";
import type { StationServices } from "../station-services.ts";
import { checkForApproval, countOpenIssues } from "./approve.ts";

/** More changes than this are looked at in the editor. */
const maxChanges = 20;

export interface HeldApproval extends Omit<Approval, "number"> {
  readonly version: number;
  readonly isOfNewest: boolean;
}

/** The approval that holds; null: none does. */
export function findHeldApproval(
  { catalog }: Pick<StationServices, "catalog">,
  transcriptionId: string,
): HeldApproval | null {
  const found = findApproval(catalog, transcriptionId);
  if (found === undefined) return null;
  const { number, ...approval } = found;
  return { ...approval, version: number, isOfNewest: findNewestVersionNumber(catalog, transcriptionId) === number };
}

const toText = (cues: readonly Cue[]): string => cues.map(({ lines }) => lines.join(" ")).join(" / ");

/**
 * @param correctedBy another person who is correcting the captions at the moment
 */
export async function findApprovalState(
  station: StationServices,
  row: PublishableRow,
  correctedBy: string | undefined,
) {
  const { catalog } = station;
  const { document, issues } = await checkForApproval(station, row);
  const approval = findHeldApproval(station, row.id);
  const approved = approval === null ? undefined : findCues(catalog, row.id, approval.version);
  const changes = approved === undefined ? [] : compareCues(approved, document.cues.map(plainCue));
  return {
    approval,
    open: countOpenIssues(issues),
    unsavedEdits: countUnversionedEdits(catalog, row.id),
    correctedBy: correctedBy ?? null,
    changes: changes.slice(0, maxChanges).map(({ startMs, before, after }) => ({
      atMs: startMs,
      before: toText(before),
      after: toText(after),
    })),
    changeCount: changes.length,
    history: listApprovalLog(catalog, row.id).map(({ number, ...entry }) => ({ ...entry, version: number })),
  };
}
