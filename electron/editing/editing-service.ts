/** Correcting captions: what may be asked of a meeting, whoever asks. */
import type { Cue } from "../captions/cue.ts";
import type { View } from "../captions/editing/history.ts";
import { type PublishableRow, requirePublishable } from "../catalog/repositories/publishing.ts";
import { findCues } from "../catalog/repositories/versions.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { JobService } from "../queue/job-service.ts";
import type { StationServices } from "../station-services.ts";
import { type CreatedVersion, createVersion, type VersionRequest } from "./create-version.ts";
import { EditingSessions } from "./editing-sessions.ts";
import { findInitialChapters, getEditingProfile } from "./meeting-facts.ts";
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
  /** As it is after the edit. */
  readonly meeting: OpenMeeting;
  /** undefined: nothing changed, or it had been done before. */
  readonly result: EditResult | undefined;
  /** Where the person was before the edit that was taken back or done again; undefined for any other edit. */
  readonly restoredView: View | undefined;
}

export class EditingService {
  readonly #deps: EditingServiceDeps;
  readonly #sessions: EditingSessions;

  constructor(deps: EditingServiceDeps) {
    this.#deps = deps;
    const { catalog, clock } = deps.station;
    this.#sessions = new EditingSessions({ catalog, clock });
  }

  /** True while the write lock of any meeting is held. */
  get isAnyoneWriting(): boolean {
    return this.#sessions.isAnyoneWriting;
  }

  /** Closes every meeting; what was acknowledged is in the catalog. */
  close(): void {
    this.#sessions.close();
  }

  /** @param id or its beginning. @throws ArchivistError `meeting.unknown` */
  findRow(id: string): PublishableRow {
    return requirePublishable(this.#deps.station.catalog, id);
  }

  /**
   * A meeting for correction; the first one to open it begins its log.
   * @param id or its beginning
   * @throws ArchivistError `meeting.unknown`, `draft.damaged`
   */
  async open(id: string): Promise<OpenedMeeting> {
    const { station } = this.#deps;
    const row = this.findRow(id);
    const known = this.#sessions.known(row.id);
    if (known !== undefined) return { row, meeting: known };
    const firstMarks = await findInitialChapters(station, row);
    const profile = getEditingProfile(station, row).cues;
    return { row, meeting: this.#sessions.meeting({ transcriptionId: row.id, profile, firstMarks }) };
  }

  /** A meeting that is open. @throws ArchivistError `edit.stale` where the window has not opened it */
  requireOpen(id: string): OpenMeeting {
    const meeting = this.#sessions.known(id) ?? this.#sessions.known(this.findRow(id).id);
    if (meeting === undefined) throw new ArchivistError("edit.stale", { cause: "the meeting is not open any more" });
    return meeting;
  }

  /**
   * Applies an edit; once this returns it is on the disk. Captions that came out of a file become a version of their own.
   * @throws ArchivistError `edit.*`, `disk.full`
   */
  edit(id: string, request: EditRequest): EditOutcome {
    const meeting = this.requireOpen(id);
    const result = meeting.edit(request);
    const { deed } = request;
    if (result !== undefined && deed.type === "exchange" && deed.reason === "import") {
      meeting.createVersion(deed.from, "import");
    }
    const done = result?.entry.deed;
    const undone = done !== undefined && "of" in done ? meeting.entries[done.of - 1] : undefined;
    return { meeting, result, restoredView: undone?.view };
  }

  /**
   * A window shows a meeting from now on.
   * @param mayWrite false: it only looks on
   * @returns Says that it has gone
   */
  enter(id: string, visitor: EditorIdentity, mayWrite: boolean): () => void {
    return this.#sessions.enter(id, visitor, mayWrite);
  }

  /** A window was closed in an orderly way. */
  leave(id: string, visitor: EditorIdentity, view: View): void {
    this.#sessions.leave(this.findRow(id).id, visitor, view);
  }

  /**
   * Makes a version of the captions as they are, and has its files written.
   * @returns undefined where nothing is new
   * @throws ArchivistError `edit.*`, `queue.full`
   */
  createVersion(id: string, request: VersionRequest): Promise<CreatedVersion | undefined> {
    const row = this.findRow(id);
    return createVersion(this.#deps, row, this.requireOpen(row.id), request);
  }

  /**
   * The captions as they were.
   * @param at number of a version, or else of an edit (0: before the first one)
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
