/**
 * Creates an immutable version from a draft: checks and scores it, approves it on request, and has its files written.
 */
import { checkDocument, findDismissals } from "../captions/editing/document-issues.ts";
import type { CaptionProfile } from "../captions/quality/caption-profile.ts";
import type { Issue } from "../captions/quality/issue.ts";
import { scoreCaptions } from "../captions/quality/score.ts";
import { storeIssues } from "../catalog/repositories/outputs.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import { submitExport } from "../intake/submit-recording.ts";
import type { JobService } from "../queue/job-service.ts";
import type { StationServices } from "../station-services.ts";
import { requireNoErrors, storeApproval } from "./approve.ts";
import { getEditingProfile, loadTranscript, type RecognizedTranscript } from "./meeting-facts.ts";
import type { OpenMeeting } from "./open-meeting.ts";
import type { EditorIdentity } from "./write-lock.ts";

export interface VersionRequest {
  /** The window that makes the request; it must hold the write lock. */
  readonly visitor: EditorIdentity;
  readonly approve: boolean;
  /** Accepts all remaining warnings; undefined: there must be none. */
  readonly reason?: string | undefined;
  /** Only create a version if there are unversioned edits or it is to be approved. */
  readonly onlyNew: boolean;
}

export interface CreatedVersion {
  readonly number: number;
  /** The job that writes the version's files. */
  readonly jobId: string;
}

export interface VersionDeps {
  readonly station: StationServices;
  readonly jobService: JobService;
}

/**
 * Creates a version from the current captions, stores its issues and score, and submits a job that writes its files.
 * @returns undefined if there is nothing new
 * @throws ArchivistError `edit.read-only`; `edit.errors`, `edit.warnings` if it cannot be approved; `queue.full`
 */
export async function createVersion(
  { station, jobService }: VersionDeps,
  row: PublishableRow,
  meeting: OpenMeeting,
  { visitor, approve, reason, onlyNew }: VersionRequest,
): Promise<CreatedVersion | undefined> {
  if (!meeting.people.isWriter(visitor)) throw new ArchivistError("edit.read-only");
  if (onlyNew && !approve && !meeting.hasUnversionedEdits) return undefined;
  const profile = getEditingProfile(station, row);
  const facts = await loadTranscript(station, row);
  // The lock may have changed hands while loading. From here on nothing is awaited, so no edit can come in between.
  if (!meeting.people.isWriter(visitor)) throw new ArchivistError("edit.read-only");
  if (approve) requireClean(meeting, visitor, reason, checkDocument(meeting.document, facts, profile));
  const name = approve ? "approved" : onlyNew ? "before publishing" : "kept";
  const number = storeVersion(station, row, meeting, { name, profile, facts });
  if (approve) storeApproval(station, row.id, visitor.name);
  return { number, jobId: submitExport({ services: station, jobService }, row).job.id };
}

/**
 * Creates a version that nobody at a screen has asked for, unless somebody has begun to correct the captions meanwhile.
 * @throws ArchivistError `queue.full`
 */
export async function createVersionByStation(
  { station, jobService }: VersionDeps,
  row: PublishableRow,
  meeting: OpenMeeting,
  name: string,
): Promise<CreatedVersion | undefined> {
  const profile = getEditingProfile(station, row);
  const { seq } = meeting;
  const facts = await loadTranscript(station, row);
  // From here on nothing is awaited, so no edit can come in between.
  if (meeting.seq !== seq || meeting.people.view().writer !== null) return undefined;
  const number = storeVersion(station, row, meeting, { name, profile, facts });
  return { number, jobId: submitExport({ services: station, jobService }, row).job.id };
}

interface VersionToStore {
  readonly name: string;
  readonly profile: CaptionProfile;
  readonly facts: RecognizedTranscript;
}

/** Makes the captions as they are a version, and stores its issues: accepted warnings are no longer open. */
function storeVersion(
  { catalog }: StationServices,
  row: PublishableRow,
  meeting: OpenMeeting,
  { name, profile, facts }: VersionToStore,
): number {
  const issues = checkDocument(meeting.document, facts, profile);
  const number = meeting.createVersion(name);
  const { overall } = scoreCaptions(meeting.document.cues, issues, profile, facts);
  storeIssues(catalog, row.id, issues, overall);
  return number;
}

/**
 * Captions with open errors are not approved. Every warning must have been accepted, or one reason accepts the
 * remaining ones.
 */
function requireClean(
  meeting: OpenMeeting,
  visitor: EditorIdentity,
  reason: string | undefined,
  issues: readonly Issue[],
): void {
  if (meeting.document.cues.length === 0)
    throw new ArchivistError("edit.errors", { cause: "there are no captions left" });
  requireNoErrors(issues);
  if (issues.length === 0) return;
  if (reason === undefined) {
    throw new ArchivistError("edit.warnings", { cause: `the captions have ${issues.length} open warnings` });
  }
  const ticks = findDismissals(meeting.document, issues);
  if (ticks.length === 0) return;
  const view = meeting.lastView;
  const deed = { type: "ticks" as const, text: reason, issues: ticks };
  // Uses the next number of the user's window, which learns it from the response and reloads.
  const number = meeting.getLastNumber(visitor.key) + 1;
  meeting.edit({ visitor, number, base: meeting.seq, deed, before: view, after: view, activeMs: 0 });
}
