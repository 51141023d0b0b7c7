/** Captions from a file, outside of the editor: they replace all captions of a meeting in one edit, and become a version. */
import { commandSchema } from "../captions/editing/command.ts";
import type { CaptionFormatName } from "../captions/formats/format-names.ts";
import { type CaptionFileContent, findUnreadText } from "../captions/formats/read.ts";
import type { Issue } from "../captions/quality/issue.ts";
import { shiftCues } from "../captions/time/shift.ts";
import { requireLibraryRow } from "../catalog/repositories/library.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { StationServices } from "../station-services.ts";
import { findRecordingTimes, getFileOffsetMs } from "../transcription/recording-times.ts";
import type { ApprovalDeps } from "./approve.ts";
import { readCaptionFile } from "./caption-file.ts";
import { requireNoOtherWriter, storeVersion } from "./create-version.ts";
import { getEditingProfile, loadTranscript } from "./meeting-facts.ts";
import type { OpenMeeting } from "./open-meeting.ts";

export interface ImportRequest {
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
  readonly by: { readonly name: string; readonly userId: number };
  /** Also where a part of the file cannot be read. */
  readonly acceptLosses: boolean;
}

export interface ImportOutcome {
  readonly format: CaptionFormatName;
  /** Number of captions in the file. */
  readonly captions: number;
  /** Null: the file holds what the captions are already. */
  readonly version: number | null;
  /** The job that writes the files; null: there is nothing to write, or the queue is full. */
  readonly jobId: string | null;
  /** What was assumed in reading the file. */
  readonly notes: readonly string[];
}

/**
 * Reads a caption file into the time of a meeting's recording.
 * @param id the meeting's id or a prefix of it
 * @throws ArchivistError `captions.unreadable`, `meeting.unknown`
 */
export async function readCaptionsFor(
  { catalog }: Pick<StationServices, "catalog">,
  id: string,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
): Promise<CaptionFileContent> {
  const read = await readCaptionFile(name, bytes);
  const times = findRecordingTimes(catalog, requireLibraryRow(catalog, id).recordingId);
  return { ...read, cues: shiftCues(read.cues, -getFileOffsetMs(read.format, times)) };
}

/**
 * Replaces all captions of an open meeting by those of a file.
 * @throws ArchivistError `captions.unreadable`, `captions.incomplete`; `edit.read-only` while another person corrects them;
 *   `edit.refused`
 */
export async function importCaptions(
  deps: ApprovalDeps,
  row: PublishableRow,
  meeting: OpenMeeting,
  { file, by, acceptLosses }: ImportRequest,
): Promise<ImportOutcome> {
  const { name } = file;
  const { format, cues, issues } = await readCaptionsFor(deps.station, row.id, file);
  const unread = findUnreadText(issues);
  if (unread.length > 0 && !acceptLosses) throw incomplete(name, unread);
  const command = commandSchema.safeParse({ type: "exchange", reason: "import", from: name, cues });
  if (cues.length === 0 || !command.success) {
    throw new ArchivistError("captions.unreadable", {
      subject: name,
      cause: cues.length === 0 ? "there are no captions in it" : "a caption in it is far longer than any screen",
    });
  }
  const profile = getEditingProfile(deps.station, row);
  const facts = await loadTranscript(deps.station, row);
  // From here on nothing is awaited, so no edit can come in between.
  requireNoOtherWriter(meeting, by.userId);
  const about = { format, captions: cues.length, notes: issues.map(({ message }) => message) };
  const edited = meeting.editByStation(command.data, by.name, () => undefined);
  if (edited === undefined && !meeting.hasUnversionedEdits) return { ...about, version: null, jobId: null };
  const stored = storeVersion(deps, row, meeting, { name, origin: "import", profile, facts, approvedBy: undefined });
  return { ...about, version: stored.number, jobId: stored.jobId ?? null };
}

function incomplete(name: string, unread: readonly Issue[]): ArchivistError {
  const [first] = unread;
  const others = unread.length > 1 ? `, and ${unread.length - 1} more like it` : "";
  const place = first?.line === undefined ? "" : `line ${first.line}: `;
  return new ArchivistError("captions.incomplete", {
    subject: name,
    cause: `a part of it cannot be read (${place}${first?.message ?? ""}${others})`,
  });
}
