/** Approving captions, and what an approval holds. */
import { z } from "zod";
import { approvalActions } from "../terms.ts";
import { dateTimeSchema } from "./base.ts";

/** Why a warning was accepted, or that nobody speaks in a place. */
const approvalReasonSchema = z.object({
  /** The rule of the warning; `no-speech` for a place in which nobody speaks. */
  rule: z.string(),
  atMs: z.number().int(),
  reason: z.string(),
  by: z.string(),
});

const approvalFields = {
  /** The version that was approved. */
  version: z.number().int(),
  by: z.string(),
  date: dateTimeSchema,
  reasons: z.array(approvalReasonSchema),
};

/** The approval that holds, as the meeting shows it. */
export const approvalSchema = z.object({
  ...approvalFields,
  /** True if it is of the newest version. */
  isOfNewest: z.boolean(),
  /** Number of edits since, whether or not they are in a version. */
  editsSince: z.number().int(),
});

/** What approving now would mean, and how the captions were approved before. */
export const approvalStateSchema = z.object({
  approval: approvalSchema.nullable(),
  /** What is open in the captions as they are now: errors and gaps keep them from being approved, warnings need a reason. */
  open: z.object({ errors: z.number().int(), gaps: z.number().int(), warnings: z.number().int() }),
  /** Edits that are in no version yet: approving takes them along. */
  unsavedEdits: z.number().int(),
  /** Another person who is correcting the captions at the moment; they cannot be approved from outside meanwhile. */
  correctedBy: z.string().nullable(),
  /** Captions that differ from those that were approved, the first of them. */
  changes: z.array(z.object({ atMs: z.number().int(), before: z.string(), after: z.string() })),
  changeCount: z.number().int(),
  history: z.array(z.object({ action: z.enum(approvalActions), ...approvalFields })),
});

/** Accepts every warning that is open. */
export const approvalRequestFields = { reason: z.string().trim().min(1).max(500).optional() };

/** `jobId` writes the files; null: the queue is full. */
export const approvedSchema = z.object({ version: z.number().int(), jobId: z.string().nullable() });
