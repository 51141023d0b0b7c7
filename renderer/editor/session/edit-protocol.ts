/**
 * Synchronizes edits between this page and the station. An edit is applied locally and sent to the station at the same
 * time; undo and redo are computed by the station, which alone has the log; after a broken connection both sides are
 * brought to the same captions; while another person has the write lock, their edits are applied here.
 */
import { computeChange } from "../../../electron/captions/editing/apply.ts";
import { type Change, isEmptyChange } from "../../../electron/captions/editing/change.ts";
import { type Command, commandSchema } from "../../../electron/captions/editing/command.ts";
import type { CaptionDocument, EditCue, Mark } from "../../../electron/captions/editing/document.ts";
import type { EditAuthor } from "../../../electron/captions/editing/edit-context.ts";
import { EditError } from "../../../electron/captions/editing/refused.ts";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { notifyDone, notifyFailure, notifyRefused } from "../../ui/notify.ts";
import type { ActivePlace, DocumentStore } from "./document-store.ts";
import { type Answer, Outbox, type UserAction } from "./outbox.ts";
import type { EditorState, MeetingInfo } from "./state.ts";
import { UndoGate } from "./undo-gate.ts";
import type { WorkTimer } from "./work-timer.ts";

export type OpenedMeeting = Awaited<ReturnType<typeof client.editor.open>>;

/** Notice from the station to a window that has the meeting open. */
export interface EditNotice {
  readonly people: { readonly writer: EditorState["writer"]; readonly asking: EditorState["asking"] };
  readonly isWriter: boolean;
  readonly revision: number;
  readonly steps: readonly { readonly seq: number; readonly revision: number; readonly step: unknown }[];
}

interface EditProtocolDeps {
  /** Key of this window. */
  readonly key: string;
  readonly meeting: MeetingInfo;
  readonly captions: DocumentStore;
  readonly timer: WorkTimer;
  /** Makes a caption the active one. */
  readonly activate: (id: number) => void;
}

export const toDocument = ({
  cues,
  marks,
  nextId,
}: Pick<OpenedMeeting, "cues" | "marks" | "nextId">): CaptionDocument => ({
  cues: cues as readonly EditCue[],
  marks: marks as readonly Mark[],
  nextId,
});

export class EditProtocol {
  readonly #deps: EditProtocolDeps;
  readonly #captions: DocumentStore;
  readonly #outbox: Outbox;
  readonly #gate = new UndoGate();
  /** The station's revision number that the captions here correspond to; incremented by every step. */
  #revision: number;
  /** Notices are handled one after another. */
  #notices: Promise<void> = Promise.resolve();

  #editCount = 0;

  constructor(deps: EditProtocolDeps, { revision, lastNumber }: Pick<OpenedMeeting, "revision" | "lastNumber">) {
    this.#deps = deps;
    this.#captions = deps.captions;
    this.#revision = revision;
    const { store } = deps.captions;
    this.#outbox = new Outbox(
      {
        id: deps.meeting.id,
        key: deps.key,
        base: () => store.getState().seq,
        onAnswer: (answer) => this.#onAnswer(answer),
        onState: (save) => store.setState({ save, ...(save === "kept" ? { savedAt: Date.now() } : {}) }),
        onLost: (left) => this.#reload(left),
        onRefused: notifyFailure,
      },
      lastNumber,
    );
  }

  /** Number of edits that this window has made. */
  get editCount(): number {
    return this.#editCount;
  }

  /** Settles when the undo or redo that is in flight is done; undefined if none is. */
  get undoInFlight(): Promise<void> | undefined {
    return this.#gate.inFlight;
  }

  get hasUnsent(): boolean {
    return this.#gate.isClosed || !this.#outbox.isEmpty;
  }

  /** Resolves when the station has answered everything. */
  async settled(): Promise<void> {
    while (this.hasUnsent) {
      await this.#outbox.empty();
      await this.#gate.inFlight;
    }
  }

  /** Loads the station's state and replaces the captions with it. */
  refresh(): Promise<void> {
    return this.#outbox.reconcile();
  }

  /** @returns Whether the edit was valid; an edit that waits for an undo counts as valid */
  edit(command: Command, place: ActivePlace): boolean {
    if (!this.#captions.state.isWriter) {
      notifyRefused(texts.editor.readOnly);
      return false;
    }
    const parsed = commandSchema.safeParse(command);
    if (!parsed.success) {
      notifyRefused(texts.editor.tooMuch);
      return false;
    }
    if (this.#gate.isClosed) {
      this.#gate.defer(() => this.edit(parsed.data, place));
      return true;
    }
    return this.#apply(parsed.data, place);
  }

  #apply(command: Command, place: ActivePlace): boolean {
    const { store, view: before } = this.#captions;
    try {
      const { profile } = this.#deps.meeting;
      const { change, document } = computeChange(this.#captions.document, command, profile.cues, this.#author);
      if (isEmptyChange(change)) {
        store.setState(place);
        return true;
      }
      this.#captions.apply(change, place, document);
    } catch (thrown) {
      if (!(thrown instanceof EditError)) throw thrown;
      notifyRefused(thrown.message);
      return false;
    }
    store.setState({ canUndo: true, canRedo: false });
    this.#editCount++;
    void this.#outbox.add(command, before, this.#captions.view, this.#takeWorkedMs());
    return true;
  }

  /** This window's person. The station sets its own name and time of them, which count. */
  get #author(): EditAuthor {
    return { by: this.#captions.state.writer?.name ?? "", date: new Date().toISOString() };
  }

  #takeWorkedMs(): number {
    const { workedMs, claimedMs } = this.#deps.timer.take();
    this.#captions.store.setState((state) => ({ workedMs: state.workedMs + workedMs }));
    return claimedMs;
  }

  undo(): Promise<void> {
    return this.#undoOrRedo("undo");
  }

  redo(): Promise<void> {
    return this.#undoOrRedo("redo");
  }

  #undoOrRedo(type: "undo" | "redo"): Promise<void> {
    const { state } = this.#captions;
    if (!state.isWriter) return Promise.resolve();
    if (this.#gate.isClosed) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#gate.defer(() => resolve(this.#undoOrRedo(type)));
      return promise;
    }
    // Only the station can undo, and it may be away for a long time.
    if (state.save === "waiting") {
      notifyRefused(texts.editor.undoLater);
      return Promise.resolve();
    }
    return this.#gate.close(() => this.#takeBack(type));
  }

  /** One undo or redo: the change comes from the station. */
  async #takeBack(type: "undo" | "redo"): Promise<void> {
    await this.#outbox.empty();
    const { canUndo, canRedo } = this.#captions.state;
    if (!(type === "undo" ? canUndo : canRedo)) return;
    const { view } = this.#captions;
    const answer = await this.#outbox.add({ type }, view, view, this.#takeWorkedMs());
    if (answer?.step == null) return;
    const step = answer.step as Change;
    this.#captions.apply(step);
    // Show the place of the edit again.
    const cue = answer.view?.cue ?? step.cues[0]?.inserted[0]?.id ?? null;
    if (cue !== null) this.#deps.activate(cue);
  }

  #onAnswer({ seq, revision, canUndo, canRedo }: Answer): void {
    this.#revision = revision;
    this.#captions.store.setState({ seq, canUndo, canRedo });
  }

  /**
   * Loads the station's state and reapplies the edits that it does not have.
   * @param left the pending edits, given the number of the last edit that has arrived
   * @returns The number of the last edit of this window that has arrived
   */
  async #reload(left: (arrived: number) => readonly UserAction[]): Promise<number> {
    const { key, meeting } = this.#deps;
    const opened = await client.editor.open({ id: meeting.id, key });
    const { seq, canUndo, canRedo } = opened;
    const { activeCueId, mode, caret } = this.#captions.state;
    this.#captions.replace({ document: toDocument(opened), seq, canUndo, canRedo });
    this.#revision = opened.revision;
    let again = 0;
    for (const action of left(opened.lastNumber)) {
      if (action.type === "undo" || action.type === "redo") continue;
      try {
        const { change, document } = computeChange(this.#captions.document, action, meeting.profile.cues, this.#author);
        if (isEmptyChange(change)) continue;
        this.#captions.apply(change, {}, document);
        again++;
      } catch {
        // The edit applied to captions that no longer exist; the station will report that.
      }
    }
    // A caption that the station did not have yet is there again by now: who types in it goes on in it.
    const isThere = this.#captions.document.cues.some(({ id }) => id === activeCueId);
    if (isThere) this.#captions.store.setState({ activeCueId, mode, caret });
    else if (mode === "type") this.#captions.store.setState({ mode: "review", caret: null });
    if (again > 0) notifyDone(texts.editor.doneAgain(again));
    return opened.lastNumber;
  }

  /** Handles a notice about other people: who has the write lock, and their edits. */
  receive(notice: EditNotice): Promise<void> {
    this.#notices = this.#notices.then(() => this.#receive(notice)).catch(() => undefined);
    return this.#notices;
  }

  async #receive({ people, isWriter, revision, steps }: EditNotice): Promise<void> {
    const { store, state } = this.#captions;
    const isNewWriter = isWriter && !state.isWriter;
    // A text field in which nothing can be written would look as if one could write in it.
    const readOnly = isWriter ? {} : { mode: "review" as const, typingQuestion: null };
    store.setState({ isWriter, writer: people.writer, asking: people.asking, ...readOnly });
    if (isWriter) {
      // Load what was missed while another person was writing, and what the station has done by itself, so that no edit
      // is based on captions that were not seen. Edits that are on their way go first: what is loaded has to have both.
      if (isNewWriter && revision !== this.#revision) await this.#outbox.reconcile();
      else if (steps.length > 0) {
        await this.#outbox.empty();
        if (this.#revision < revision) await this.#outbox.reconcile();
      }
      return;
    }
    for (const { seq, revision: own, step } of steps) {
      if (own <= this.#revision) continue;
      if (own !== this.#revision + 1) break;
      this.#captions.apply(step as Change);
      this.#revision = own;
      store.setState({ seq });
    }
    if (revision > this.#revision) await this.#outbox.reconcile();
  }
}
