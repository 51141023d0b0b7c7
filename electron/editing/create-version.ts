/**
 * Creates an immutable version from a draft: checks and scores it, approves it on request, and has its files written.
 */
import { checkDocument, findDismissals } from "../captions/editing/document-issues.ts";
import type { CaptionProfile } from "../captions/quality/caption-profile.ts";
import { scoreCaptions } from "../captions/quality/score.ts";
import { storeIssues } from "../catalog/repositories/outputs.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import {
  type ApprovalDeps,
  type ApprovedVersion,
  approveNewestVersion,
  requireApprovable,
  storeApproval,
  storeFoundIssues,
} from "./approve.ts";
import { submitExportIfRoom } from "./export/submit-export.ts";
import { getEditingProfile, loadTranscript, type RecognizedTranscript } from "./meeting-facts.ts";
import type { OpenMeeting } from "./open-meeting.ts";
import type { EditorIdentity } from "./write-lock.ts";

export interface VersionRequest {
  /** The window that makes the request; it must hold the write lock. */
  readonly visitor: EditorIdentity;
  readonly approve: boolean;
  /** Accepts all remaining warnings; undefined: there must be none. */
  readonly reason?: string | undefined;
  /** What a person calls it; undefined: by what it is made for. */
  readonly name?: string | undefined;
  /** Only create a version if there are unversioned edits or it is to be approved. */
  readonly onlyNew: boolean;
}

/**
 * Creates a version from the current captions, stores its issues and score, and submits a job that writes its files: all
 * of it, or nothing.
 * @returns undefined if there is nothing new
 * @throws ArchivistError `edit.read-only`; `edit.errors`, `edit.warnings` if it cannot be approved
 */
export async function createVersion(
  deps: ApprovalDeps,
  row: PublishableRow,
  meeting: OpenMeeting,
  { visitor, approve, reason, name: chosenName, onlyNew }: VersionRequest,
): Promise<ApprovedVersion | undefined> {
  const { station } = deps;
  if (!meeting.people.isWriter(visitor)) throw new ArchivistError("edit.read-only");
  if (onlyNew && !approve && !meeting.hasUnversionedEdits) return undefined;
  const profile = getEditingProfile(station, row);
  const facts = await loadTranscript(station, row);
  // The lock may have changed hands while loading. From here on nothing is awaited, so no edit can come in between.
  if (!meeting.people.isWriter(visitor)) throw new ArchivistError("edit.read-only");
  if (approve) {
    acceptWarnings(meeting, { reason, profile, facts }, (ticks, text) => {
      const view = meeting.lastView;
      const deed = { type: "ticks" as const, text, issues: ticks };
      // Uses the next number of the user's window, which learns it from the response and reloads.
      const number = meeting.getLastNumber(visitor.key) + 1;
      meeting.edit({ visitor, number, base: meeting.seq, deed, before: view, after: view, activeMs: 0 });
    });
  }
  const name = chosenName ?? (approve ? "approved" : onlyNew ? "before publishing" : "kept");
  return storeVersion(deps, row, meeting, { name, profile, facts, approvedBy: approve ? visitor.name : undefined });
}

/** @throws ArchivistError `edit.read-only` while another person corrects the captions */
export function requireNoOtherWriter({ people }: Pick<OpenMeeting, "people">, userId: number): void {
  const { writer } = people.view();
  if (writer !== null && writer.userId !== userId) {
    throw new ArchivistError("edit.read-only", { cause: `${writer.name} is correcting these captions` });
  }
}

/**
 * Approves captions that nobody else is correcting, as they are now: what was edited since the newest version becomes one.
 * @throws ArchivistError `edit.read-only`, `edit.errors`, `edit.warnings`
 */
export async function approveOpenMeeting(
  deps: ApprovalDeps,
  row: PublishableRow,
  meeting: OpenMeeting,
  {
    by,
    reason,
  }: { readonly by: { readonly name: string; readonly userId: number }; readonly reason?: string | undefined },
): Promise<ApprovedVersion> {
  const { station } = deps;
  const profile = getEditingProfile(station, row);
  const facts = await loadTranscript(station, row);
  // From here on nothing is awaited, so no edit can come in between.
  requireNoOtherWriter(meeting, by.userId);
  // The page shows what holds the newest version up, even if it was found only now.
  if (!meeting.hasUnversionedEdits) storeFoundIssues(station, row, { document: meeting.document, facts });
  acceptWarnings(meeting, { reason, profile, facts }, (issues, text) => {
    meeting.editByStation({ type: "ticks", text, issues }, by.name, () => undefined);
  });
  if (meeting.hasUnversionedEdits) {
    return storeVersion(deps, row, meeting, { name: "approved", profile, facts, approvedBy: by.name });
  }
  return approveNewestVersion(deps, row, { by: by.name, reason });
}

/**
 * Creates a version that nobody at a screen has asked for, unless somebody has begun to correct the captions meanwhile.
 */
export async function createVersionByStation(
  deps: ApprovalDeps,
  row: PublishableRow,
  meeting: OpenMeeting,
  name: string,
): Promise<ApprovedVersion | undefined> {
  const profile = getEditingProfile(deps.station, row);
  const { seq } = meeting;
  const facts = await loadTranscript(deps.station, row);
  // From here on nothing is awaited, so no edit can come in between.
  if (meeting.seq !== seq || meeting.people.view().writer !== null) return undefined;
  return storeVersion(deps, row, meeting, { name, profile, facts, approvedBy: undefined });
}

interface VersionToStore {
  readonly name: string;
  readonly origin?: "editor" | "import";
  readonly profile: CaptionProfile;
  readonly facts: RecognizedTranscript;
  /** Undefined: it is not approved. */
  readonly approvedBy: string | undefined;
}

/**
 * Makes the captions as they are a version, with its issues (accepted warnings are no longer open), its approval and the
 * job that writes its files.
 */
export function storeVersion(
  deps: ApprovalDeps,
  row: PublishableRow,
  meeting: OpenMeeting,
  { name, origin = "editor", profile, facts, approvedBy }: VersionToStore,
): ApprovedVersion {
  const { catalog, settings } = deps.station;
  const issues = checkDocument(meeting.document, facts, profile);
  const { overall } = scoreCaptions(meeting.document.cues, issues, profile, facts);
  let jobId: string | undefined;
  const number = meeting.createVersion(name, origin, () => {
    storeIssues(catalog, row.id, issues, overall);
    jobId =
      approvedBy === undefined
        ? submitExportIfRoom({ services: { catalog, settings }, jobService: deps.jobService }, row)
        : storeApproval(deps, row, meeting.document, { by: approvedBy, accepted: [] });
  });
  return { number, jobId };
}

interface WarningsToAccept {
  readonly reason: string | undefined;
  readonly profile: CaptionProfile;
  readonly facts: RecognizedTranscript;
}

/**
 * Refuses captions that may not be approved, and accepts their warnings for the reason given.
 * @param accept makes the edit
 * @throws ArchivistError `edit.errors`, `edit.warnings`
 */
function acceptWarnings(
  meeting: OpenMeeting,
  { reason, profile, facts }: WarningsToAccept,
  accept: (warnings: ReturnType<typeof findDismissals>, reason: string) => void,
): void {
  const issues = checkDocument(meeting.document, facts, profile);
  requireApprovable(meeting.document, issues, reason);
  const warnings = findDismissals(meeting.document, issues);
  if (reason !== undefined && warnings.length > 0) accept(warnings, reason);
}
