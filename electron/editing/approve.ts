/**
 * Approval of captions by a person: one set of rules for the editor, the meeting's page, the library, the command line and
 * other programs. Errors block; a place in which people speak without captions is one, until it has captions or a person
 * has said that nobody speaks there; each warning needs a reason.
 */
import { type CaptionDocument, createDocument } from "../captions/editing/document.ts";
import { checkDocument } from "../captions/editing/document-issues.ts";
import type { Issue } from "../captions/quality/issue.ts";
import { scoreCaptions } from "../captions/quality/score.ts";
import { isSpeechGap } from "../captions/quality/speech-gap-issues.ts";
import { type ApprovalReason, approveNewest, takeBackApprovals } from "../catalog/repositories/approvals.ts";
import { countUnversionedEdits, findDraft, listNoSpeechMarks } from "../catalog/repositories/drafts.ts";
import { storeIssues } from "../catalog/repositories/outputs.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { findNewestCues, findNewestVersionNumber } from "../catalog/repositories/versions.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { JobService } from "../queue/job-service.ts";
import type { StationServices } from "../station-services.ts";
import { submitExportIfRoom } from "./export/submit-export.ts";
import { getEditingProfile, loadTranscript, type RecognizedTranscript } from "./meeting-facts.ts";

export interface ApprovalDeps {
  readonly station: StationServices;
  readonly jobService: JobService;
}

/** What is open in captions. */
export interface OpenIssueCounts {
  /** Errors, speech without captions included. */
  readonly errors: number;
  /** Places in which people speak and captions are missing. */
  readonly gaps: number;
  readonly warnings: number;
}

export function countOpenIssues(issues: readonly Issue[]): OpenIssueCounts {
  const errors = issues.filter(({ severity }) => severity === "error");
  return { errors: errors.length, gaps: errors.filter(isSpeechGap).length, warnings: issues.length - errors.length };
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/**
 * Captions that may not be approved are refused.
 * @param issues those that are open
 * @param reason accepts all warnings that are open; undefined: there must be none
 * @throws ArchivistError `edit.errors`, `edit.warnings`
 */
export function requireApprovable(
  { cues }: Pick<CaptionDocument, "cues">,
  issues: readonly Issue[],
  reason: string | undefined,
): void {
  if (cues.length === 0) throw new ArchivistError("edit.errors", { cause: "there are no captions left" });
  const { errors, gaps, warnings } = countOpenIssues(issues);
  if (errors > 0) {
    const places = `${counted(gaps, "place")} where people speak and captions are missing`;
    const all = `the captions have ${counted(errors, "open error")}`;
    throw new ArchivistError("edit.errors", {
      cause: gaps === 0 ? all : `${all}: ${places}${gaps < errors ? ", and others" : ""}`,
    });
  }
  if (warnings > 0 && reason === undefined) {
    throw new ArchivistError("edit.warnings", { cause: `the captions have ${counted(warnings, "open warning")}` });
  }
}

/** Why what was found in a document holds its approval not up, as people have said. */
function listReasons({ marks }: Pick<CaptionDocument, "marks">): readonly ApprovalReason[] {
  return marks.flatMap(({ kind, rule, atMs, text, by = "" }) =>
    kind === "tick" || kind === "no-speech"
      ? [{ rule: kind === "tick" ? (rule ?? "") : "no-speech", atMs, reason: text, by }]
      : [],
  );
}

/**
 * Stores the approval of the newest version, and asks for its files. Runs within the caller's transaction.
 * @param document what is approved, with what people have said of its warnings
 * @param accepted warnings that one reason accepts, and that are not marked in the document
 * @returns the job that writes the files; undefined: the queue is full
 * @throws ArchivistError `meeting.unknown` if there is no version yet
 */
export function storeApproval(
  { station: { catalog, clock, settings }, jobService }: ApprovalDeps,
  row: PublishableRow,
  document: Pick<CaptionDocument, "marks">,
  { by, accepted }: { readonly by: string; readonly accepted: readonly ApprovalReason[] },
): string | undefined {
  const reasons = [...listReasons(document), ...accepted].toSorted((a, b) => a.atMs - b.atMs);
  const number = approveNewest(catalog, row.id, { by, date: clock.now().toISOString(), reasons });
  if (number === undefined) {
    throw new ArchivistError("meeting.unknown", { subject: row.filename, cause: "it has no captions yet" });
  }
  return submitExportIfRoom({ services: { catalog, settings }, jobService }, row);
}

/** The captions as they would be approved now: the draft, or the newest version where nobody has edited it. */
export function findDocumentToApprove(
  { catalog }: Pick<StationServices, "catalog">,
  row: PublishableRow,
): CaptionDocument {
  const draft = findDraft(catalog, row.id);
  if (draft !== undefined) return draft.document;
  const marks = listNoSpeechMarks(catalog, { recordingId: row.recordingId, transcriptionId: row.id });
  return createDocument(findNewestCues(catalog, row.id), marks);
}

export interface CheckedCaptions {
  readonly document: CaptionDocument;
  readonly facts: RecognizedTranscript;
  readonly issues: readonly Issue[];
}

/** Checks the captions as they are now. Nothing is awaited after they were read. */
export async function checkForApproval(station: StationServices, row: PublishableRow): Promise<CheckedCaptions> {
  const facts = await loadTranscript(station, row);
  const document = findDocumentToApprove(station, row);
  return { document, facts, issues: checkDocument(document, facts, getEditingProfile(station, row)) };
}

/** Stores what the rules find in the newest version, with its score. */
export function storeFoundIssues(
  station: Pick<StationServices, "catalog" | "settings">,
  row: PublishableRow,
  { document, facts }: Pick<CheckedCaptions, "document" | "facts">,
): void {
  const profile = getEditingProfile(station, row);
  const issues = checkDocument(document, facts, profile);
  storeIssues(station.catalog, row.id, issues, scoreCaptions(document.cues, issues, profile, facts).overall);
}

export interface ApprovedVersion {
  readonly number: number;
  /** The job that writes its files; undefined: the queue is full. */
  readonly jobId: string | undefined;
}

/**
 * Approves the newest version of captions that have no edits beside it, by rows alone: no document is opened, so that it
 * can be done beside a running station.
 * @param by name of the user
 * @throws ArchivistError `edit.errors`, `edit.warnings`, `edit.unsaved`; `meeting.unknown` if there is no version yet
 */
export async function approveNewestVersion(
  deps: ApprovalDeps,
  row: PublishableRow,
  { by, reason }: { readonly by: string; readonly reason?: string | undefined },
): Promise<ApprovedVersion> {
  const { station } = deps;
  const { catalog } = station;
  const { document, facts, issues } = await checkForApproval(station, row);
  const number = findNewestVersionNumber(catalog, row.id);
  if (number === undefined) {
    throw new ArchivistError("meeting.unknown", { subject: row.filename, cause: "it has no captions yet" });
  }
  const edits = countUnversionedEdits(catalog, row.id);
  if (edits > 0) {
    throw new ArchivistError("edit.unsaved", {
      cause: `${counted(edits, "edit")} of these captions are in no version yet`,
    });
  }
  // The page shows what holds it up, even if it was found only now.
  storeFoundIssues(station, row, { document, facts });
  requireApprovable(document, issues, reason);
  const score = scoreCaptions(document.cues, [], getEditingProfile(station, row), facts).overall;
  const jobId = catalog.transaction(() => {
    // Accepted warnings are no longer open.
    storeIssues(catalog, row.id, [], score);
    const accepted = issues.map(({ rule, atMs = 0 }) => ({ rule, atMs: Math.round(atMs), reason: reason ?? "", by }));
    return storeApproval(deps, row, document, { by, accepted });
  });
  return { number, jobId };
}

/**
 * Takes an approval back: the captions count as not approved, and their files say so. What was published stays published.
 * @param by name of the user
 * @returns the version that was approved, and the job that writes its files
 * @throws ArchivistError `edit.not-approved`
 */
export function takeBackApproval(
  { station: { catalog, clock, settings }, jobService }: ApprovalDeps,
  row: PublishableRow,
  { by, reason }: { readonly by: string; readonly reason?: string | undefined },
): ApprovedVersion {
  return catalog.transaction(() => {
    const number = takeBackApprovals(catalog, row.id, { by, date: clock.now().toISOString(), reason });
    if (number === undefined) throw new ArchivistError("edit.not-approved", { subject: row.filename });
    return { number, jobId: submitExportIfRoom({ services: { catalog, settings }, jobService }, row) };
  });
}
