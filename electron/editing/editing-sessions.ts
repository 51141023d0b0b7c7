/** The meetings that are currently open for editing, and their windows. */
import type { View } from "../captions/editing/history.ts";
import { minuteMs } from "../captions/time/durations.ts";
import type { Catalog } from "../catalog/open.ts";
import { saveView } from "../catalog/repositories/drafts.ts";
import type { Clock } from "../platform/clock.ts";
import { OpenMeeting, type OpenMeetingDeps } from "./open-meeting.ts";
import type { EditorIdentity } from "./write-lock.ts";

/** A reloaded page reconnects within this time and still has the write lock. */
const graceMs = 8_000;
/** A meeting that was opened, and that no window shows, is kept for this long after it was used last. */
const unwatchedMs = 5 * minuteMs;

export interface EditingDeps {
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly graceMs?: number;
  readonly unwatchedMs?: number;
  /** Called when the last window of a meeting is gone. */
  readonly onClosed?: (transcriptionId: string) => void;
}

interface OpenSession {
  readonly meeting: OpenMeeting;
  /** Windows that have the meeting open, and the number of streams of each. */
  readonly windows: Map<string, { readonly visitor: EditorIdentity; readonly streams: number }>;
  readonly leaving: Map<string, NodeJS.Timeout>;
  /** Ends the session where no window shows the meeting. */
  readonly unwatched: NodeJS.Timeout;
}

export class EditingSessions {
  readonly #deps: EditingDeps;
  readonly #open = new Map<string, OpenSession>();

  constructor(deps: EditingDeps) {
    this.#deps = deps;
  }

  /** @throws ArchivistError `meeting.unknown`, `draft.damaged` */
  meeting(deps: Pick<OpenMeetingDeps, "transcriptionId" | "profile" | "firstMarks">): OpenMeeting {
    const known = this.known(deps.transcriptionId);
    if (known !== undefined) return known;
    const { catalog, clock } = this.#deps;
    const meeting = new OpenMeeting({ catalog, clock, ...deps });
    const unwatched = setTimeout(() => this.#endUnwatched(deps.transcriptionId), this.#deps.unwatchedMs ?? unwatchedMs);
    unwatched.unref();
    this.#open.set(deps.transcriptionId, { meeting, windows: new Map(), leaving: new Map(), unwatched });
    return meeting;
  }

  /** An open meeting; undefined if it is not open. */
  known(transcriptionId: string): OpenMeeting | undefined {
    const held = this.#open.get(transcriptionId);
    held?.unwatched.refresh();
    return held?.meeting;
  }

  /** True if a window shows the meeting. */
  isInWindow(transcriptionId: string): boolean {
    return (this.#open.get(transcriptionId)?.windows.size ?? 0) > 0;
  }

  /** True if this window of this person shows the meeting. */
  hasWindow(transcriptionId: string, { key, userId }: Pick<EditorIdentity, "key" | "userId">): boolean {
    return this.#open.get(transcriptionId)?.windows.get(key)?.visitor.userId === userId;
  }

  /** Lets go of a meeting that no window shows. */
  release(transcriptionId: string): void {
    if (!this.isInWindow(transcriptionId)) this.#forget(transcriptionId);
  }

  #forget(transcriptionId: string): void {
    clearTimeout(this.#open.get(transcriptionId)?.unwatched);
    this.#open.delete(transcriptionId);
  }

  #endUnwatched(transcriptionId: string): void {
    this.release(transcriptionId);
    // A window shows it: it is asked again.
    this.#open.get(transcriptionId)?.unwatched.refresh();
  }

  /** True if any meeting's write lock is held. */
  get isAnyoneWriting(): boolean {
    return [...this.#open.values()].some(({ meeting }) => meeting.people.view().writer !== null);
  }

  /**
   * Registers a window that shows a meeting.
   * @param mayWrite false: read-only
   * @returns Function that removes it
   */
  enter(transcriptionId: string, visitor: EditorIdentity, mayWrite: boolean): () => void {
    const held = this.#open.get(transcriptionId);
    if (held === undefined) return () => undefined;
    const { key } = visitor;
    clearTimeout(held.leaving.get(key));
    held.leaving.delete(key);
    held.windows.set(key, { visitor, streams: (held.windows.get(key)?.streams ?? 0) + 1 });
    held.meeting.presence.enter(visitor);
    if (mayWrite) held.meeting.people.join(visitor);
    let hasLeft = false;
    return () => {
      const window = held.windows.get(key);
      // The window was closed properly in the meantime, or the meeting was closed and opened again.
      if (hasLeft || window === undefined || this.#open.get(transcriptionId) !== held) return;
      hasLeft = true;
      held.windows.set(key, { visitor, streams: window.streams - 1 });
      if (window.streams > 1) return;
      const after = this.#deps.graceMs ?? graceMs;
      held.leaving.set(
        key,
        setTimeout(() => this.#drop(transcriptionId, held, visitor), after),
      );
    };
  }

  /** Removes a window that was closed properly, without the grace period. */
  leave(transcriptionId: string, visitor: EditorIdentity, view: View): void {
    const held = this.#open.get(transcriptionId);
    const window = held?.windows.get(visitor.key);
    if (held === undefined || window?.visitor.userId !== visitor.userId) return;
    if (held.meeting.people.isWriter(visitor)) saveView(this.#deps.catalog, transcriptionId, view);
    this.#drop(transcriptionId, held, visitor);
  }

  #drop(transcriptionId: string, held: OpenSession, visitor: EditorIdentity): void {
    clearTimeout(held.leaving.get(visitor.key));
    held.leaving.delete(visitor.key);
    held.windows.delete(visitor.key);
    held.meeting.presence.leave(visitor);
    held.meeting.people.leave(visitor);
    if (held.windows.size > 0 || this.#open.get(transcriptionId) !== held) return;
    this.#forget(transcriptionId);
    this.#deps.onClosed?.(transcriptionId);
  }

  /** Closes all meetings; all acknowledged edits are in the catalog. */
  close(): void {
    for (const [id, held] of this.#open) {
      for (const timer of held.leaving.values()) clearTimeout(timer);
      for (const { visitor } of held.windows.values()) held.meeting.people.leave(visitor);
      this.#forget(id);
    }
  }
}
