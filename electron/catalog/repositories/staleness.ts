/** Whether something that was derived from the captions is older than they are. */
import type { Catalog } from "../open.ts";
import { findApproval } from "./approvals.ts";
import { findNewestVersionNumber } from "./versions.ts";

/**
 * True if it was made of an older version.
 * @param version that it was made of; null: that is not known, which counts as older wherever there are several
 * @param newest the version to compare with; undefined: there are no captions
 */
export const isOlderThan = (version: number | null, newest: number | undefined): boolean =>
  newest !== undefined && (version ?? -1) < newest && !(version === null && newest === 0);

/** The version that the public should have: the approved one, or where none is approved the newest one. */
export const findPublicVersion = (catalog: Catalog, transcriptionId: string): number | undefined =>
  findApproval(catalog, transcriptionId)?.number ?? findNewestVersionNumber(catalog, transcriptionId);
