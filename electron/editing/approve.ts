/** Approval of captions by a person: the same for the editor, the meeting's page and the command line. */
import { createDocument } from "../captions/editing/document.ts";
import { checkDocument } from "../captions/editing/document-issues.ts";
import type { Issue } from "../captions/quality/issue.ts";
import { scoreCaptions } from "../captions/quality/score.ts";
import { isSpeechGap } from "../captions/quality/speech-gap-issues.ts";
import { countUnversionedEdits, findDraft, listNoSpeechMarks } from "../catalog/repositories/drafts.ts";
import { approveNewest } from "../catalog/repositories/library.ts";
import { storeIssues } from "../catalog/repositories/outputs.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { findNewestCues, findNewestVersionNumber } from "../catalog/repositories/versions.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { StationServices } from "../station-services.ts";
import { getEditingProfile, loadTranscript } from "./meeting-facts.ts";

/**
 * Captions with open errors are not approved. Speech without captions is one, until it has captions or a person has said
 * that nobody speaks there.
 * @param issues those that are open
 * @throws ArchivistError `edit.errors`
 */
export function requireNoErrors(issues: readonly Issue[]): void {
  const errors = issues.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const gaps = errors.filter(isSpeechGap).length;
  const all = `${errors.length} open ${errors.length === 1 ? "error" : "errors"}`;
  const places = `${gaps} ${gaps === 1 ? "place" : "places"} where people speak and captions are missing`;
  throw new ArchivistError("edit.errors", {
    cause:
      gaps === 0
        ? `the captions have ${all}`
        : `the captions have ${all}: ${places}${gaps < errors.length ? ", and others" : ""}`,
  });
}

/**
 * Stores the approval of a transcription's newest version, without looking at it.
 * @param by name of the user
 * @throws ArchivistError `meeting.unknown` if there is no version yet
 */
export function storeApproval(
  { catalog, clock }: Pick<StationServices, "catalog" | "clock">,
  transcriptionId: string,
  by: string,
): void {
  if (approveNewest(catalog, transcriptionId, by, clock.now().toISOString())) return;
  throw new ArchivistError("meeting.unknown", { subject: transcriptionId, cause: "it has no captions yet" });
}

/**
 * Approves the newest version of a meeting that is not open in an editor: checks it as it is now, with what people have
 * said of the recording, and stores what was found. Warnings do not hold it up.
 * @param by name of the user
 * @throws ArchivistError `edit.errors`; `meeting.unknown` if there is no version yet
 */
export async function approveNewestVersion(station: StationServices, row: PublishableRow, by: string): Promise<void> {
  const { catalog } = station;
  const number = findNewestVersionNumber(catalog, row.id);
  if (number !== undefined) {
    const facts = await loadTranscript(station, row);
    // Nothing is awaited from here on: what is checked is what is approved.
    const profile = getEditingProfile(station, row);
    const document = findCheckedDocument(station, row);
    const issues = checkDocument(document, facts, profile);
    storeIssues(catalog, row.id, issues, scoreCaptions(document.cues, issues, profile, facts).overall);
    requireNoErrors(issues);
  }
  storeApproval(station, row.id, by);
}

/** The newest version as a document: the draft, with its dismissed warnings, where it has no other edits. */
function findCheckedDocument({ catalog }: Pick<StationServices, "catalog">, row: PublishableRow) {
  const draft = countUnversionedEdits(catalog, row.id) === 0 ? findDraft(catalog, row.id) : undefined;
  if (draft !== undefined) return draft.document;
  const marks = listNoSpeechMarks(catalog, { recordingId: row.recordingId, transcriptionId: row.id });
  return createDocument(findNewestCues(catalog, row.id), marks);
}
