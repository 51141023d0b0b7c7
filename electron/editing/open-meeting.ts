/** Captions of one meeting during editing: every edit is applied, stored, and only then acknowledged. */
import { computeChange } from "../captions/editing/apply.ts";
import { type Change, inverse, isEmptyChange, withChange } from "../captions/editing/change.ts";
import type { Command } from "../captions/editing/command.ts";
import { type CaptionDocument, createDocument, type Mark } from "../captions/editing/document.ts";
import type { EditAuthor } from "../captions/editing/edit-context.ts";
import {
  buildStacks,
  type EditAction,
  isSameBurst,
  type LogEntry,
  replay,
  type Stacks,
  toChange,
  type View,
  withEntry,
} from "../captions/editing/history.ts";
import { EditError } from "../captions/editing/refused.ts";
import type { CueProfile } from "../captions/quality/caption-profile.ts";
import type { Catalog } from "../catalog/open.ts";
import {
  addDraft,
  createVersionFromDraft,
  type Draft,
  findDraft,
  lastNumbers,
  listEdits,
  type NewVersion,
  saveEdit,
  setOpenedBy,
} from "../catalog/repositories/drafts.ts";
import { findCues, findNewestVersionNumber } from "../catalog/repositories/versions.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { Clock } from "../platform/clock.ts";
import { Presence } from "./presence.ts";
import { type EditorIdentity, WriteLock } from "./write-lock.ts";

/** Typing in one caption without a longer pause counts as one undo step. */
const burstMs = 3_000;

/** Stands for a window in edits that the station makes by itself. */
const stationKey = "station";

/** Events sent to every window that has the meeting open. */
export type EditingEvent =
  | ({ readonly kind: "edit" } & EditResult)
  | { readonly kind: "people" | "presence" | "comments" }
  | { readonly kind: "version" };

export interface EditRequest {
  /** The user and window that make the request. */
  readonly visitor: EditorIdentity;
  /** The window's own number of the edit, from 1: an edit sent again after a lost connection is applied once. */
  readonly number: number;
  /** Number of the latest edit that the window knows. */
  readonly base: number;
  readonly deed: Command | { readonly type: "undo" } | { readonly type: "redo" };
  readonly before: View;
  readonly after: View;
  /** Time the user worked since the previous edit, in milliseconds. */
  readonly activeMs: number;
}

export interface EditResult {
  readonly entry: LogEntry;
  /** The change made by this edit alone. */
  readonly step: Change;
  /** Counts every change, including those merged into one edit. */
  readonly revision: number;
  /** Key of the window that made it. */
  readonly windowKey: string;
}

/** An edit that may be made, and how it is stored. */
interface EditToStore extends Pick<EditRequest, "number" | "deed" | "before" | "activeMs"> {
  readonly key: string;
  readonly by: string;
  /** The view after it; undefined: the user's stays. */
  readonly after: View | undefined;
}

/** What a session that did not end properly has left. */
export interface RecoveryResult {
  readonly by: string;
  readonly edits: number;
  readonly lastDate: string | undefined;
}

export interface OpenMeetingDeps {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly transcriptionId: string;
  readonly profile: CueProfile;
  /** Chapters of a meeting that has not been edited yet, and what people have said of its recording before. */
  readonly firstMarks: readonly Omit<Mark, "id">[];
}

/** The computed effect of an edit. */
interface PreparedEdit {
  readonly deed: EditAction;
  readonly step: Change;
  readonly next: CaptionDocument;
  /** The view to restore. */
  readonly restored?: View;
}

export class OpenMeeting {
  readonly people: WriteLock;
  readonly presence: Presence;
  readonly recovered: RecoveryResult | undefined;
  /** Where in the captions the last user was. */
  readonly lastView: View;
  readonly #deps: OpenMeetingDeps;
  readonly #entries: LogEntry[];
  readonly #listeners = new Set<(event: EditingEvent) => void>();
  #document: CaptionDocument;
  #stacks: Stacks;
  #sealedSeq: number;
  readonly #numbers: Map<string, number>;
  #revision = 0;
  #view: View;

  /** @throws ArchivistError `meeting.unknown` without captions, `draft.damaged` */
  constructor(deps: OpenMeetingDeps) {
    this.#deps = deps;
    const draft = findDraft(deps.catalog, deps.transcriptionId) ?? begin(deps);
    this.#entries = [...listEdits(deps.catalog, deps.transcriptionId)];
    this.#document = draft.document;
    this.#stacks = buildStacks(this.#entries);
    this.#sealedSeq = draft.sealedSeq;
    this.#numbers = new Map(lastNumbers(deps.catalog, deps.transcriptionId));
    this.lastView = draft.view;
    this.#view = draft.view;
    this.recovered =
      draft.openedBy === null
        ? undefined
        : { by: draft.openedBy, edits: this.#entries.length, lastDate: this.#entries.at(-1)?.date };
    requireAgreement(deps, draft, this.#entries);
    this.people = new WriteLock(deps.clock, () => this.#emit({ kind: "people" }));
    this.presence = new Presence(() => this.#emit({ kind: "presence" }));
  }

  get transcriptionId(): string {
    return this.#deps.transcriptionId;
  }

  get document(): CaptionDocument {
    return this.#document;
  }

  get seq(): number {
    return this.#entries.length;
  }

  /** Number of changes since the meeting was opened. */
  get revision(): number {
    return this.#revision;
  }

  /** Number of the last edit from a window, in its own numbering; 0 if there is none. */
  getLastNumber(key: string): number {
    return this.#numbers.get(key) ?? 0;
  }

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  get stacks(): Stacks {
    return this.#stacks;
  }

  listen(listener: (event: EditingEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells everybody who watches that comments were made, settled or removed. */
  reportComments(): void {
    this.#emit({ kind: "comments" });
  }

  /** Stores the writer's name, so that after a crash it is known who was editing. */
  noteWriter(): void {
    setOpenedBy(this.#deps.catalog, this.#deps.transcriptionId, this.people.view().writer?.name ?? null);
  }

  /**
   * Applies and stores an edit; it is durable when this returns.
   * @returns undefined if nothing changes, or if the edit has already been applied
   * @throws ArchivistError `edit.read-only`, `edit.stale`, `edit.refused`, `edit.nothing`, `disk.full`; nothing is
   *   changed then
   */
  edit(request: EditRequest): EditResult | undefined {
    const { key, name: by } = request.visitor;
    if (!this.people.isWriter(request.visitor)) throw new ArchivistError("edit.read-only");
    if (request.number <= this.getLastNumber(key)) return undefined;
    if (request.base !== this.seq) throw new ArchivistError("edit.stale");
    return this.#store({ ...request, key, by });
  }

  /**
   * Applies and stores an edit that the station makes by itself, whoever has the write lock: it fits the captions as they
   * are now, and every window learns of it. It is an edit like any other: one step that can be taken back.
   * @param by who has asked for it
   * @param alongside what is stored in the same transaction, given the number of the edit
   * @throws ArchivistError `edit.refused`, `disk.full`; nothing is changed then
   */
  editByStation(deed: Command, by: string, alongside: (seq: number) => void): EditResult | undefined {
    const [cue] = "replaced" in deed ? deed.replaced : [];
    const before = cue === undefined ? this.#view : { ...this.#view, cue };
    const number = this.getLastNumber(stationKey) + 1;
    return this.#store({ key: stationKey, by, number, deed, before, after: undefined, activeMs: 0 }, alongside);
  }

  #store(request: EditToStore, alongside: (seq: number) => void = () => undefined): EditResult | undefined {
    const { key, by } = request;
    const date = this.#deps.clock.now();
    const { deed, step, next, restored } = this.#prepare(request.deed, { by, date: date.toISOString() });
    if (isEmptyChange(step) && deed.type !== "accept") return undefined;
    const last = this.#entries.at(-1);
    // Edits that are part of a version are not overwritten.
    const merges =
      last !== undefined &&
      last.seq > this.#sealedSeq &&
      isSameBurst(last, deed, { by, nowMs: date.getTime(), burstMs });
    const seq = merges ? last.seq : this.seq + 1;
    const change = merges ? mergedChange(last.change, step) : step;
    const view = merges ? last.view : request.before;
    const entry: LogEntry = { seq, deed, change, view, by, date: date.toISOString() };
    const after = restored ?? request.after ?? this.#view;
    const { catalog, transcriptionId } = this.#deps;
    catalog.transaction(() => {
      saveEdit(catalog, transcriptionId, {
        entry,
        step,
        nextId: next.nextId,
        after,
        activeMs: request.activeMs,
        window: { key, number: request.number },
        isSameBurst: merges,
      });
      alongside(seq);
    });
    // Update memory only after saving: if the disk is full, everything stays as it was.
    this.#document = next;
    this.#numbers.set(key, request.number);
    this.#view = after;
    this.#revision++;
    if (merges) this.#entries[this.#entries.length - 1] = entry;
    else {
      this.#entries.push(entry);
      this.#stacks = withEntry(this.#stacks, entry);
    }
    const kept = { entry, step, revision: this.#revision, windowKey: key };
    this.#emit({ kind: "edit", ...kept });
    return kept;
  }

  #prepare(wanted: EditRequest["deed"], author: EditAuthor): PreparedEdit {
    if (wanted.type === "undo" || wanted.type === "redo") {
      const of = this.#stacks[wanted.type].at(-1);
      const entry = of === undefined ? undefined : this.#entries[of - 1];
      if (of === undefined || entry === undefined) {
        const cause = wanted.type === "undo" ? "there is nothing to take back" : "there is nothing to do again";
        throw new ArchivistError("edit.nothing", { cause });
      }
      const step = toChange(wanted.type, entry);
      return { deed: { type: wanted.type, of }, step, next: withChange(this.#document, step), restored: entry.view };
    }
    try {
      const { change, document } = computeChange(this.#document, wanted, this.#deps.profile, author);
      return { deed: wanted, step: change, next: document };
    } catch (thrown) {
      if (thrown instanceof EditError) throw new ArchivistError("edit.refused", { cause: thrown.message });
      throw thrown;
    }
  }

  /**
   * Creates an immutable version from the current captions.
   * @param alongside what is stored in the same transaction, given its number
   * @returns Its number
   */
  createVersion(
    name: string,
    origin: NewVersion["origin"] = "editor",
    alongside: (number: number) => void = () => undefined,
  ): number {
    const { catalog, transcriptionId, clock } = this.#deps;
    const state = { document: this.#document, seq: this.seq };
    const date = clock.now().toISOString();
    const number = catalog.transaction(() => {
      const created = createVersionFromDraft(catalog, transcriptionId, state, { name, origin, date });
      alongside(created);
      return created;
    });
    this.#sealedSeq = this.seq;
    this.#emit({ kind: "version" });
    return number;
  }

  /** True if there are edits that are in no version, and so not in files and publications. */
  get hasUnversionedEdits(): boolean {
    return this.seq > this.#sealedSeq;
  }

  /** The captions as they were after an edit. @param seq 0: before the first edit */
  documentAt(seq: number): CaptionDocument {
    let document = this.#document;
    for (let index = this.#entries.length - 1; index >= seq; index--) {
      document = withChange(document, inverse((this.#entries[index] as LogEntry).change));
    }
    return document;
  }

  #emit(event: EditingEvent): void {
    if (event.kind === "people") this.noteWriter();
    for (const listener of this.#listeners) listener(event);
  }
}

/** Creates the draft of a meeting that has not been edited yet. The log starts at its newest version. */
function begin({ catalog, clock, transcriptionId, firstMarks }: OpenMeetingDeps): Draft {
  const baseNumber = findNewestVersionNumber(catalog, transcriptionId);
  if (baseNumber === undefined) {
    throw new ArchivistError("meeting.unknown", { subject: transcriptionId, cause: "it has no captions yet" });
  }
  const document = createDocument(findCues(catalog, transcriptionId, baseNumber) ?? [], firstMarks);
  const date = clock.now().toISOString();
  addDraft(catalog, { transcriptionId, baseNumber, baseMarks: firstMarks, document, date });
  return {
    document,
    baseNumber,
    baseMarks: firstMarks,
    seq: 0,
    sealedSeq: 0,
    view: { cue: null, row: 0 },
    openedBy: null,
  };
}

/** Checks that replaying the log on its base version gives the stored draft. */
function requireAgreement(
  { catalog, transcriptionId }: OpenMeetingDeps,
  draft: Draft,
  entries: readonly LogEntry[],
): void {
  const damaged = (why: string): never => {
    throw new ArchivistError("draft.damaged", { subject: transcriptionId, underlying: why });
  };
  if (entries.length !== draft.seq) damaged(`${entries.length} edits in the log, ${draft.seq} in the captions`);
  const base = createDocument(findCues(catalog, transcriptionId, draft.baseNumber) ?? [], draft.baseMarks);
  try {
    const { cues, marks } = replay(base, entries);
    if (digest(cues) !== digest(draft.document.cues)) damaged("the cues differ");
    if (digest(marks) !== digest(draft.document.marks)) damaged("the marks differ");
  } catch (thrown) {
    if (thrown instanceof ArchivistError) throw thrown;
    damaged((thrown as Error).message);
  }
}

/** Equal for equal objects, regardless of the order of their fields. */
const digest = (things: readonly object[]): string =>
  JSON.stringify(things.map((thing) => Object.entries(thing).toSorted(([a], [b]) => (a < b ? -1 : 1))));

/** Merges two consecutive text changes of the same caption into one change. */
function mergedChange(before: Change, step: Change): Change {
  const [first] = before.cues;
  const [second] = step.cues;
  if (first === undefined || second === undefined) return before.cues.length === 0 ? step : before;
  return { cues: [{ at: first.at, removed: first.removed, inserted: second.inserted }], marks: [] };
}
