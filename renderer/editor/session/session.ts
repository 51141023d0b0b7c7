/**
 * A meeting whose captions are open. Edits are done here at once, and on their way to the station's disk the same
 * moment; everything that components show is in the store.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { computeChange } from "../../../electron/captions/editing/apply.ts";
import { type Change, isEmptyChange, withChange } from "../../../electron/captions/editing/change.ts";
import { type Command, commandSchema } from "../../../electron/captions/editing/command.ts";
import { type CaptionDocument, type EditCue, indexAt, type Mark } from "../../../electron/captions/editing/document.ts";
import type { View } from "../../../electron/captions/editing/history.ts";
import { EditError } from "../../../electron/captions/editing/refused.ts";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { notifyDone, notifyFailure, notifyRefused } from "../../ui/notify.ts";
import { Helper } from "../worker/helper.ts";
import { type Answer, Outbox, type UserAction } from "./outbox.ts";
import { Playback } from "./playback.ts";
import { Quality } from "./quality.ts";
import { Spelling } from "./spelling.ts";
import { type EditorState, indexOfCue, type MeetingInfo } from "./state.ts";
import { Transcript } from "./transcript.ts";

type Opened = Awaited<ReturnType<typeof client.editor.open>>;

/** Whoever has done nothing for longer is not working, in milliseconds. */
const idleMs = 30_000;

/** What the station tells a window that has the meeting open. */
interface EditNotice {
  readonly people: { readonly writer: EditorState["writer"]; readonly asking: EditorState["asking"] };
  readonly isWriter: boolean;
  readonly revision: number;
  readonly steps: readonly { readonly seq: number; readonly revision: number; readonly step: unknown }[];
}
/** Words an hour that are marked, unless the person says otherwise. */
export const defaultSuspicionsPerHour = 120;

const keyName = "archivist-editor-window";

/**
 * Of this window: it is left behind when the page goes, so that the same page finds its pen where it was, and taken
 * away when it comes, so that a copy of the window gets a key of its own.
 */
function windowKey(): string {
  const known = sessionStorage.getItem(keyName);
  sessionStorage.removeItem(keyName);
  const key = known ?? crypto.randomUUID();
  window.addEventListener("pagehide", () => sessionStorage.setItem(keyName, key), { once: true });
  return key;
}

const asDocument = ({ cues, marks, nextId }: Pick<Opened, "cues" | "marks" | "nextId">): CaptionDocument => ({
  cues: cues as readonly EditCue[],
  marks: marks as readonly Mark[],
  nextId,
});

/** What is active after an edit. */
type Next = Partial<Pick<EditorState, "active" | "wordIndex" | "mode" | "caret">>;

export class EditorSession {
  readonly frame: MeetingInfo;
  readonly transcript: Transcript;
  readonly playback = new Playback();
  readonly store: StoreApi<EditorState>;
  readonly recovered: Opened["recovered"];
  readonly key: string;
  /** Told after every change of the captions. */
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #outbox: Outbox;
  readonly #helper: Helper;
  readonly #spelling: Spelling;
  #quality: Quality;
  /** Counts every step, as the station does. */
  #revision: number;
  /** Heard one after the other. */
  #hearing: Promise<void> = Promise.resolve();
  /** What was done while something was being taken back: it waits for that. */
  #later: (() => void)[] | undefined;
  #isUndoInFlight: Promise<void> | undefined;
  #activeSince = performance.now();
  #activeMs = 0;
  #row = 0;
  #qualityTimer: number | undefined;
  /** The first of two places that were put right: what lies between them is stretched. */
  #anchor: { readonly cue: number; readonly ms: number } | undefined;

  constructor(key: string, recordingId: string, opened: Opened, transcript: Transcript) {
    const { id } = opened;
    this.key = key;
    const profile = opened.profile;
    const { title, city, glossaryName, durationMs, precision } = opened;
    this.frame = { id, recordingId, title, city, glossaryName, durationMs, precision, profile };
    this.transcript = transcript;
    this.recovered = opened.recovered;
    this.#revision = opened.revision;
    const document = asDocument(opened);
    const last = document.cues.find(({ id: cue }) => cue === opened.view.cue) ?? document.cues[0];
    this.#row = opened.view.row;
    this.store = createStore<EditorState>(() => ({
      document,
      active: last?.id ?? null,
      selectedIds: new Set(),
      mode: "review",
      caret: null,
      wordIndex: null,
      seq: opened.seq,
      save: "kept",
      savedAt: null,
      canUndo: opened.canUndo,
      canRedo: opened.canRedo,
      isWriter: false,
      writer: opened.people.writer,
      asking: opened.people.asking,
      issues: [],
      captions: [],
      score: null,
      workedMs: opened.workedMs,
      sidePanel: "issues",
      compared: { before: "version 0", after: "now" },
      followsVideo: true,
      videoFollows: true,
      spelling: "loading",
      marksVersion: 0,
    }));
    this.#quality = new Quality(document, this.#facts(), profile);
    this.#helper = new Helper((message) => {
      if (message.kind === "spelled") this.#spelling.heard(message.unknown);
      else if (message.kind === "no-dictionary") this.#spelling.failed(message.reason);
      else {
        this.#quality.setWhole(message.issues);
        this.store.setState({ captions: message.captions });
        this.#lookSoon();
      }
    });
    this.#helper.send({ kind: "open", document, profile, doubts: transcript.doubts });
    this.#spelling = new Spelling(transcript, document, this.#helper, {
      onUnknown: (unknown, areHeard) => this.#spelled(unknown, areHeard),
      onState: (spelling) => this.store.setState({ spelling }),
    });
    this.#outbox = new Outbox(
      {
        id,
        key: this.key,
        base: () => this.state.seq,
        onAnswer: (answer) => this.#answered(answer),
        onState: (save) => this.store.setState({ save, ...(save === "kept" ? { savedAt: Date.now() } : {}) }),
        onLost: (left) => this.#reload(left),
        onRefused: notifyFailure,
      },
      opened.lastNumber,
    );
    this.playback.seek(last?.startMs ?? 0);
    this.#look();
    void this.#spelling.load();
  }

  get state(): EditorState {
    return this.store.getState();
  }

  get document(): CaptionDocument {
    return this.state.document;
  }

  get activeCue(): EditCue | undefined {
    return this.document.cues[this.activeIndex];
  }

  get activeIndex(): number {
    return indexOfCue(this.state, this.state.active);
  }

  /** First row that is seen: kept with each edit, so that undoing shows the place again. */
  set firstRow(row: number) {
    this.#row = row;
  }

  get firstRow(): number {
    return this.#row;
  }

  #facts() {
    const { words, silences, glossary, nearNames } = this.transcript;
    return { durationMs: this.frame.durationMs, words, silences, glossary, nearNames };
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #view(): View {
    return { cue: this.state.active, row: this.#row };
  }

  /** Counts the time in which somebody works: keys, the mouse, and the recording while it plays. */
  touch(): void {
    const now = performance.now();
    this.#activeMs += Math.min(idleMs, now - this.#activeSince);
    this.#activeSince = now;
  }

  /**
   * Does an edit, here at once and on the station's disk as soon as it is there.
   * @param next what is active afterwards
   * @returns Whether it made sense
   */
  edit(command: Command, next: Next = {}): boolean {
    if (!this.state.isWriter) {
      notifyRefused(texts.editor.readOnly);
      return false;
    }
    const parsed = commandSchema.safeParse(command);
    if (!parsed.success) {
      notifyRefused(texts.editor.tooMuch);
      return false;
    }
    if (this.#later !== undefined) {
      this.#later.push(() => this.edit(parsed.data, next));
      return true;
    }
    return this.#do(parsed.data, next);
  }

  #do(command: Command, next: Next): boolean {
    const before = this.#view();
    try {
      const { change, document } = computeChange(this.document, command, this.frame.profile.cues);
      if (isEmptyChange(change)) {
        this.store.setState(next);
        return true;
      }
      this.#take(change, document, next);
    } catch (thrown) {
      if (!(thrown instanceof EditError)) throw thrown;
      notifyRefused(thrown.message);
      return false;
    }
    this.store.setState({ canUndo: true, canRedo: false });
    void this.#outbox.add(command, before, this.#view(), this.#spent());
    return true;
  }

  #spent(): number {
    this.touch();
    const spent = Math.round(this.#activeMs);
    this.#activeMs = 0;
    this.store.setState(({ workedMs }) => ({ workedMs: workedMs + spent }));
    return Math.min(3_600_000, spent);
  }

  #take(change: Change, document: CaptionDocument, next: Partial<EditorState> = {}): void {
    const { active, selectedIds } = this.state;
    this.store.setState({ document, ...next });
    if (selectedIds.size > 0 && change.cues.some(({ removed }) => removed.length > 0)) {
      const left = document.cues.map(({ id }) => id).filter((id) => selectedIds.has(id));
      if (left.length < selectedIds.size) this.store.setState({ selectedIds: new Set(left) });
    }
    this.#quality.update(document, change);
    this.#helper.send({ kind: "change", change });
    this.#spelling.look(change);
    // What was active may have gone: the one in its place is, then.
    if (next.active === undefined && active !== null && !document.cues.some(({ id }) => id === active)) {
      const at = Math.min(change.cues[0]?.at ?? 0, document.cues.length - 1);
      this.store.setState({ active: document.cues[at]?.id ?? null, wordIndex: null });
    }
    for (const listener of this.#listeners) listener(change);
    this.#lookSoon();
  }

  /** Issues and score a moment after the last edit: nobody reads them while typing. */
  #lookSoon(): void {
    window.clearTimeout(this.#qualityTimer);
    this.#qualityTimer = window.setTimeout(() => this.#look(), 150);
  }

  #look(): void {
    const { issues, score } = this.#quality.look(this.document);
    this.store.setState({ issues, score });
  }

  /** While a step is taken back: until it has been; undefined else. */
  get isUndoInFlight(): Promise<void> | undefined {
    return this.#isUndoInFlight;
  }

  async undo(): Promise<void> {
    await this.#undoOrRedo({ type: "undo" });
  }

  async redo(): Promise<void> {
    await this.#undoOrRedo({ type: "redo" });
  }

  #undoOrRedo(wanted: UserAction): Promise<void> {
    if (!this.state.isWriter) return Promise.resolve();
    if (this.#later !== undefined) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#later.push(() => resolve(this.#undoOrRedo(wanted)));
      return promise;
    }
    // What it would take back is not known here: whoever is waited for may be away for long.
    if (this.state.save === "waiting") {
      notifyRefused(texts.editor.undoLater);
      return Promise.resolve();
    }
    this.#later = [];
    const travelling = this.#takeBack(wanted).finally(() => {
      if (this.#isUndoInFlight === travelling) this.#isUndoInFlight = undefined;
    });
    this.#isUndoInFlight = travelling;
    return travelling;
  }

  /** One step of the log, there or back: what it changes comes from the station. */
  async #takeBack(wanted: UserAction): Promise<void> {
    try {
      await this.#outbox.empty();
      if (!(wanted.type === "undo" ? this.state.canUndo : this.state.canRedo)) return;
      const answer = await this.#outbox.add(wanted, this.#view(), this.#view(), this.#spent());
      if (answer?.step != null) {
        const step = answer.step as Change;
        this.#take(step, withChange(this.document, step));
        // The place where it was done is seen again.
        const cue = answer.view?.cue ?? step.cues[0]?.inserted[0]?.id ?? null;
        if (cue !== null && this.document.cues.some(({ id }) => id === cue)) this.activate(cue);
      }
    } finally {
      const later = this.#later ?? [];
      this.#later = undefined;
      for (const act of later) act();
    }
  }

  #answered({ seq, revision, canUndo, canRedo }: Answer): void {
    this.#revision = revision;
    this.store.setState({ seq, canUndo, canRedo });
  }

  /**
   * Loads what the station has, and does on it again what it has not got.
   * @returns The number of the last edit of this window that has arrived
   */
  async #reload(left: (arrived: number) => readonly UserAction[]): Promise<number> {
    const opened = await client.editor.open({ id: this.frame.id, key: this.key });
    this.#replace(asDocument(opened), opened.seq, opened.canUndo, opened.canRedo);
    this.#revision = opened.revision;
    let again = 0;
    for (const deed of left(opened.lastNumber)) {
      if (deed.type === "undo" || deed.type === "redo") continue;
      try {
        const { change, document } = computeChange(this.document, deed, this.frame.profile.cues);
        if (isEmptyChange(change)) continue;
        this.#take(change, document);
        again++;
      } catch {
        // It made sense only for what is not there any more; the station will say so.
      }
    }
    if (again > 0) notifyDone(texts.editor.doneAgain(again));
    return opened.lastNumber;
  }

  #replace(document: CaptionDocument, seq: number, canUndo: boolean, canRedo: boolean): void {
    this.store.setState({ document, seq, canUndo, canRedo });
    const { profile } = this.frame;
    this.#quality = new Quality(document, this.#facts(), profile);
    this.#helper.send({ kind: "open", document, profile, doubts: this.transcript.doubts });
    if (this.activeIndex < 0) this.store.setState({ active: document.cues[0]?.id ?? null });
    for (const listener of this.#listeners) listener({ cues: [], marks: [] });
    this.#lookSoon();
  }

  /** What the station tells of others: who writes, and their edits. */
  hear(told: EditNotice): Promise<void> {
    this.#hearing = this.#hearing.then(() => this.#hear(told)).catch(() => undefined);
    return this.#hearing;
  }

  async #hear({ people, isWriter, revision, steps }: EditNotice): Promise<void> {
    const isNew = isWriter && !this.state.isWriter;
    this.store.setState({ isWriter, writer: people.writer, asking: people.asking });
    if (isWriter) {
      // Whatever was missed while somebody else wrote: nobody writes on top of what they have not seen.
      if (isNew && (revision !== this.#revision || steps.length > 0)) await this.#outbox.reconcile();
      return;
    }
    for (const { seq, revision: own, step } of steps) {
      if (own <= this.#revision) continue;
      if (own !== this.#revision + 1) break;
      const change = step as Change;
      this.#take(change, withChange(this.document, change));
      this.#revision = own;
      this.store.setState({ seq });
    }
    if (revision > this.#revision) await this.#outbox.reconcile();
  }

  /** The station has changed something by itself. */
  refresh(): Promise<void> {
    return this.#outbox.reconcile();
  }

  /**
   * Says that the active caption begins at the playhead. The second time, everything between the two places is
   * stretched to fit.
   */
  anchor(): void {
    const cue = this.activeCue;
    if (cue === undefined) return;
    const here = { cue: cue.id, ms: Math.round(this.playback.ms) };
    const first = this.#anchor;
    if (first === undefined || first.cue === here.cue) {
      this.#anchor = here;
      notifyDone(texts.editor.anchored);
      return;
    }
    this.#anchor = undefined;
    const isForward = indexOfCue(this.state, first.cue) < this.activeIndex;
    const [a, b] = isForward ? [first, here] : [here, first];
    this.edit({ type: "stretch", first: a.cue, firstMs: a.ms, last: b.cue, lastMs: b.ms });
  }

  /** Makes a caption the active one. */
  activate(id: number, more: Partial<Pick<EditorState, "wordIndex" | "mode" | "caret">> = {}): void {
    const cue = this.document.cues.find((each) => each.id === id);
    if (cue === undefined) return;
    this.store.setState({ active: id, selectedIds: new Set(), wordIndex: null, caret: null, ...more });
    const pathExists = this.playback.ms >= cue.startMs && this.playback.ms < cue.endMs;
    if (this.state.videoFollows && !pathExists) this.playback.seek(cue.startMs);
  }

  /** The captions that an edit of several is about. */
  targetCues(): readonly number[] {
    const { active, selectedIds } = this.state;
    return active === null ? [...selectedIds] : [...new Set([active, ...selectedIds])];
  }

  /** The caption that is shown at the place of the recording. */
  cueAtPlayhead(): EditCue | undefined {
    return this.document.cues[indexAt(this.document.cues, this.playback.ms)];
  }

  suggest(word: string): Promise<readonly string[]> {
    return this.#helper.suggest(word);
  }

  /** Says that a word is right: from now on everywhere in this city, here and for everybody. */
  learn(word: string): Promise<void> {
    return this.#spelling.learn(word, this.frame.glossaryName);
  }

  #spelled(unknownWords: ReadonlySet<string>, areHeard: boolean): void {
    // Judging all that was heard takes longer than a frame: not for every word that somebody types.
    if (areHeard) this.transcript.judge(this.perHour, unknownWords);
    else this.transcript.addUnknown(unknownWords);
    this.store.setState(({ marksVersion }) => ({ marksVersion: marksVersion + 1 }));
  }

  get perHour(): number {
    return Number(localStorage.getItem("archivist-marks-per-hour") ?? defaultSuspicionsPerHour);
  }

  set perHour(value: number) {
    localStorage.setItem("archivist-marks-per-hour", String(value));
    this.transcript.judge(value);
    this.store.setState(({ marksVersion }) => ({ marksVersion: marksVersion + 1 }));
  }

  /** Everything has been answered. */
  async settled(): Promise<void> {
    while (this.hasUnsent) {
      await this.#outbox.empty();
      await this.#isUndoInFlight;
    }
  }

  get hasUnsent(): boolean {
    return this.#later !== undefined || !this.#outbox.isEmpty;
  }

  /** The window is closed in an orderly way. */
  async close(): Promise<void> {
    await this.settled();
    this.#helper.close();
    window.clearTimeout(this.#qualityTimer);
    await client.editor.leave({ id: this.frame.id, key: this.key, view: this.#view() }).catch(() => undefined);
  }
}

/** Opens a meeting's captions. @throws Failure */
export async function openSession(id: string, recordingId: string): Promise<EditorSession> {
  const perHour = Number(localStorage.getItem("archivist-marks-per-hour") ?? defaultSuspicionsPerHour);
  const key = windowKey();
  const [opened, heard] = await Promise.all([client.editor.open({ id, key }), client.editor.heard({ id })]);
  return new EditorSession(key, recordingId, opened, new Transcript(heard, perHour));
}
