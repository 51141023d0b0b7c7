/** Service for editing captions, used by every transport. */
import type { Cue } from "../captions/cue.ts";
import type { View } from "../captions/editing/history.ts";
import { countUnversionedEdits } from "../catalog/repositories/drafts.ts";
import { type PublishableRow, requirePublishable } from "../catalog/repositories/publishing.ts";
import { findCues } from "../catalog/repositories/versions.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { JobService } from "../queue/job-service.ts";
import type { StationServices } from "../station-services.ts";
import { type ApprovedVersion, approveNewestVersion, takeBackApproval } from "./approve.ts";
import { approveOpenMeeting, createVersion, createVersionByStation, type VersionRequest } from "./create-version.ts";
import { EditingSessions } from "./editing-sessions.ts";
import { submitExportIfRoom } from "./export/submit-export.ts";
import { releaseUnneededSound } from "./hear-again/unneeded-sound.ts";
import { type ImportOutcome, type ImportRequest, importCaptions } from "./import-captions.ts";
import { findInitialMarks, getEditingProfile } from "./meeting-facts.ts";
import type { EditRequest, EditResult, OpenMeeting } from "./open-meeting.ts";
import type { EditorIdentity } from "./write-lock.ts";

export interface EditingServiceDeps {
  readonly station: StationServices;
  readonly jobService: JobService;
}

export interface OpenedMeeting {
  readonly row: PublishableRow;
  readonly meeting: OpenMeeting;
}

export interface EditOutcome {
  /** The meeting after the edit. */
  readonly meeting: OpenMeeting;
  /** undefined: nothing changed, or the edit had already been applied. */
  readonly result: EditResult | undefined;
  /** The user's view before the edit that was undone or redone; undefined for any other edit. */
  readonly restoredView: View | undefined;
}

export class EditingService {
  readonly #deps: EditingServiceDeps;
  readonly #sessions: EditingSessions;

  constructor(deps: EditingServiceDeps) {
    this.#deps = deps;
    const { catalog, clock } = deps.station;
    this.#sessions = new EditingSessions({
      catalog,
      clock,
      onClosed: (transcriptionId) => void this.#releaseSound(transcriptionId),
    });
  }

  /** True if any meeting's write lock is held. */
  get isAnyoneWriting(): boolean {
    return this.#sessions.isAnyoneWriting;
  }

  /** True if a window shows the meeting. */
  isInWindow(transcriptionId: string): boolean {
    return this.#sessions.isInWindow(transcriptionId);
  }

  /** Lets go of a meeting that was opened for work without a window. */
  release(transcriptionId: string): void {
    this.#sessions.release(transcriptionId);
  }

  async #releaseSound(transcriptionId: string): Promise<void> {
    const { station } = this.#deps;
    try {
      await releaseUnneededSound(station, this.findRow(transcriptionId));
    } catch (thrown) {
      // The next start removes it.
      station.logger.warn("decoded sound could not be removed", { transcriptionId, error: thrown });
    }
  }

  /** Closes every meeting; all acknowledged edits are in the catalog. */
  close(): void {
    this.#sessions.close();
  }

  /** @param id a meeting's id or a prefix of it. @throws ArchivistError `meeting.unknown` */
  findRow(id: string): PublishableRow {
    return requirePublishable(this.#deps.station.catalog, id);
  }

  /**
   * Opens a meeting for editing; opening it for the first time starts its log.
   * @param id its id or a prefix of it
   * @throws ArchivistError `meeting.unknown`, `draft.damaged`
   */
  async open(id: string): Promise<OpenedMeeting> {
    const { station } = this.#deps;
    const row = this.findRow(id);
    const known = this.#sessions.known(row.id);
    if (known !== undefined) return { row, meeting: known };
    const firstMarks = await findInitialMarks(station, row);
    const profile = getEditingProfile(station, row).cues;
    return { row, meeting: this.#sessions.meeting({ transcriptionId: row.id, profile, firstMarks }) };
  }

  /** Returns an open meeting. @throws ArchivistError `edit.stale` if it is not open */
  requireOpen(id: string): OpenMeeting {
    const meeting = this.#sessions.known(id) ?? this.#sessions.known(this.findRow(id).id);
    if (meeting === undefined) throw new ArchivistError("edit.stale", { cause: "the meeting is not open any more" });
    return meeting;
  }

  /**
   * The open meeting that a window shows: who has none could hold the pen for ever.
   * @throws ArchivistError `edit.stale`
   */
  requireWindow(id: string, visitor: Pick<EditorIdentity, "key" | "userId">): OpenMeeting {
    const meeting = this.requireOpen(id);
    if (this.#sessions.hasWindow(meeting.transcriptionId, visitor)) return meeting;
    throw new ArchivistError("edit.stale", { cause: "this window does not show the meeting any more" });
  }

  /**
   * Applies an edit; it is on disk when this returns. Captions imported from a file also become a version,
   * whose files are written.
   * @throws ArchivistError `edit.*`, `disk.full`
   */
  edit(id: string, request: EditRequest): EditOutcome {
    const meeting = this.requireOpen(id);
    const result = meeting.edit(request);
    const { deed } = request;
    if (result !== undefined && deed.type === "exchange" && deed.reason === "import") {
      const { station, jobService } = this.#deps;
      meeting.createVersion(deed.from, "import", () => {
        submitExportIfRoom({ services: station, jobService }, this.findRow(meeting.transcriptionId));
      });
    }
    const done = result?.entry.deed;
    const undone = done !== undefined && "of" in done ? meeting.entries[done.of - 1] : undefined;
    return { meeting, result, restoredView: undone?.view };
  }

  /**
   * Registers a window that shows a meeting.
   * @param mayWrite false: read-only
   * @returns Function that removes it
   */
  enter(id: string, visitor: EditorIdentity, mayWrite: boolean): () => void {
    return this.#sessions.enter(id, visitor, mayWrite);
  }

  /** Tells everybody who has the meeting open that its comments are others. */
  reportComments(transcriptionId: string): void {
    this.#sessions.known(transcriptionId)?.reportComments();
  }

  /** Removes a window that was closed properly. */
  leave(id: string, visitor: EditorIdentity, view: View): void {
    this.#sessions.leave(this.findRow(id).id, visitor, view);
  }

  /**
   * Creates a version from the current captions, and has its files written.
   * @returns undefined if there is nothing new
   * @throws ArchivistError `edit.*`
   */
  createVersion(id: string, request: VersionRequest): Promise<ApprovedVersion | undefined> {
    const row = this.findRow(id);
    return createVersion(this.#deps, row, this.requireOpen(row.id), request);
  }

  /**
   * Approves captions outside of the editor: as they are now, if nobody else is correcting them.
   * @throws ArchivistError `edit.read-only`, `edit.errors`, `edit.warnings`, `meeting.unknown`
   */
  async approve(
    id: string,
    request: { readonly by: Omit<EditorIdentity, "key">; readonly reason?: string | undefined },
  ): Promise<ApprovedVersion> {
    const { station } = this.#deps;
    const row = this.findRow(id);
    const { by, reason } = request;
    const isPlain = countUnversionedEdits(station.catalog, row.id) === 0 && reason === undefined;
    const known = this.#sessions.known(row.id);
    if (isPlain && known === undefined) {
      return approveNewestVersion(this.#deps, row, { by: by.name, reason });
    }
    const { meeting } = await this.open(row.id);
    try {
      return await approveOpenMeeting(this.#deps, row, meeting, { by, reason });
    } finally {
      this.release(row.id);
    }
  }

  /**
   * Replaces all captions by those of a file, which become a version whose files are written. The editor can undo it.
   * @throws ArchivistError `captions.unreadable`, `captions.incomplete`; `edit.read-only` while another person corrects
   *   them; `meeting.unknown`
   */
  async importFile(id: string, request: ImportRequest): Promise<ImportOutcome> {
    const { row, meeting } = await this.open(id);
    try {
      return await importCaptions(this.#deps, row, meeting, request);
    } finally {
      this.release(row.id);
    }
  }

  /** Another person who is correcting a meeting's captions at the moment; undefined: nobody is. */
  findOtherWriter(transcriptionId: string, userId: number): string | undefined {
    const writer = this.#sessions.known(transcriptionId)?.people.view().writer ?? null;
    return writer === null || writer.userId === userId ? undefined : writer.name;
  }

  /** Takes an approval back. @throws ArchivistError `edit.not-approved`, `meeting.unknown` */
  takeBackApproval(
    id: string,
    request: { readonly by: string; readonly reason?: string | undefined },
  ): ApprovedVersion {
    return takeBackApproval(this.#deps, this.findRow(id), request);
  }

  /**
   * Creates a version that nobody at a screen has asked for, and has its files written.
   * @returns undefined if somebody has begun to correct the captions
   */
  async createVersionByStation(row: PublishableRow, name: string): Promise<ApprovedVersion | undefined> {
    const { meeting } = await this.open(row.id);
    return createVersionByStation(this.#deps, row, meeting, name);
  }

  /** The captions with every edit. @throws ArchivistError `meeting.unknown`, `draft.damaged` */
  async findCurrentCues(id: string): Promise<readonly Cue[]> {
    const { row, meeting } = await this.open(id);
    const { cues } = meeting.document;
    this.release(row.id);
    return cues;
  }

  /**
   * The captions at an earlier point.
   * @param at number of a version or of an edit (0: before the first edit)
   */
  async findPastCues(
    id: string,
    at: { readonly number?: number | undefined; readonly seq?: number | undefined },
  ): Promise<readonly Cue[]> {
    const row = this.findRow(id);
    if (at.number !== undefined) return findCues(this.#deps.station.catalog, row.id, at.number) ?? [];
    const { meeting } = await this.open(row.id);
    return meeting.documentAt(Math.max(0, at.seq ?? 0)).cues;
  }
}
