/** Approvals of versions: those that hold, and the history of all that were given and taken back. */

import { z } from "zod";
import type { ApprovalAction } from "../../contract/terms.ts";
import { and, asc, desc, eq } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { approvalLog, approvals, drafts, versions } from "../schema.ts";

const reasonSchema = z.object({
  /** The rule of the warning, or `no-speech` for a place in which nobody speaks. */
  rule: z.string(),
  atMs: z.number().int(),
  reason: z.string(),
  /** Who has said so. */
  by: z.string(),
});
/** Why something that was found holds no approval up. */
export type ApprovalReason = Readonly<z.infer<typeof reasonSchema>>;

const parseReasons = (stored: string): readonly ApprovalReason[] => z.array(reasonSchema).parse(JSON.parse(stored));

export interface Approval {
  /** Of the version. */
  readonly number: number;
  readonly by: string;
  readonly date: string;
  readonly reasons: readonly ApprovalReason[];
  /** Number of edits that were made to the captions since that version. */
  readonly editsSince: number;
}

/** The approval of the newest version that has one; undefined: none holds. */
export function findApproval(catalog: Catalog, transcriptionId: string): Approval | undefined {
  const row = catalog.database
    .select({
      number: versions.number,
      versionSeq: versions.seq,
      by: approvals.approvedBy,
      date: approvals.approvedDate,
      reasons: approvals.reasons,
      seq: drafts.seq,
    })
    .from(versions)
    .innerJoin(approvals, eq(approvals.versionId, versions.id))
    .leftJoin(drafts, eq(drafts.transcriptionId, versions.transcriptionId))
    .where(and(eq(versions.transcriptionId, transcriptionId), eq(versions.sealed, true)))
    .orderBy(desc(versions.number))
    .limit(1)
    .get();
  if (row === undefined) return undefined;
  const { number, by, date, versionSeq, seq } = row;
  return {
    number,
    by,
    date,
    reasons: parseReasons(row.reasons),
    editsSince: Math.max(0, (seq ?? 0) - (versionSeq ?? 0)),
  };
}

export interface NewApproval {
  readonly by: string;
  readonly date: string;
  readonly reasons: readonly ApprovalReason[];
}

function addToLog(
  catalog: Catalog,
  transcriptionId: string,
  entry: NewApproval & { readonly number: number; readonly action: ApprovalAction },
): void {
  const { number, action, by, date, reasons } = entry;
  catalog.database
    .insert(approvalLog)
    .values({ transcriptionId, number, action, madeBy: by, madeDate: date, reasons: JSON.stringify(reasons) })
    .run();
}

/** Approves the newest version. @returns its number; undefined when there is none */
export function approveNewest(catalog: Catalog, transcriptionId: string, approval: NewApproval): number | undefined {
  return catalog.transaction(() => {
    const newest = catalog.database
      .select({ id: versions.id, number: versions.number })
      .from(versions)
      .where(and(eq(versions.transcriptionId, transcriptionId), eq(versions.sealed, true)))
      .orderBy(desc(versions.number))
      .limit(1)
      .get();
    if (newest === undefined) return undefined;
    const { by, date, reasons } = approval;
    const row = { approvedBy: by, approvedDate: date, reasons: JSON.stringify(reasons) };
    catalog.database
      .insert(approvals)
      .values({ versionId: newest.id, ...row })
      .onConflictDoUpdate({ target: approvals.versionId, set: row })
      .run();
    addToLog(catalog, transcriptionId, { ...approval, number: newest.number, action: "approved" });
    return newest.number;
  });
}

/**
 * Takes back every approval that a transcription has: otherwise an older one would hold again.
 * @returns the number of the newest version that was approved; undefined when none was
 */
export function takeBackApprovals(
  catalog: Catalog,
  transcriptionId: string,
  { by, date, reason }: { readonly by: string; readonly date: string; readonly reason: string | undefined },
): number | undefined {
  return catalog.transaction(() => {
    const newest = findApproval(catalog, transcriptionId);
    if (newest === undefined) return undefined;
    const { database } = catalog;
    const own = database
      .select({ id: versions.id })
      .from(versions)
      .where(eq(versions.transcriptionId, transcriptionId))
      .all();
    for (const { id } of own) database.delete(approvals).where(eq(approvals.versionId, id)).run();
    const reasons = reason === undefined ? [] : [{ rule: "taken-back", atMs: 0, reason, by }];
    addToLog(catalog, transcriptionId, { by, date, reasons, number: newest.number, action: "taken back" });
    return newest.number;
  });
}

export interface ApprovalLogEntry extends Omit<Approval, "editsSince"> {
  readonly action: ApprovalAction;
}

/** Every approval that was given or taken back, oldest first. */
export function listApprovalLog(catalog: Catalog, transcriptionId: string): readonly ApprovalLogEntry[] {
  return catalog.database
    .select()
    .from(approvalLog)
    .where(eq(approvalLog.transcriptionId, transcriptionId))
    .orderBy(asc(approvalLog.id))
    .all()
    .map(({ number, action, madeBy, madeDate, reasons }) => ({
      ...{ number, action, by: madeBy, date: madeDate },
      reasons: parseReasons(reasons),
    }));
}
