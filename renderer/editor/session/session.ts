/** What the station tells a window that has the meeting open. */
export interface MeetingNotice extends EditNotice {
  readonly people: EditNotice["people"] & {
    readonly present: readonly { readonly name: string; readonly isYou: boolean; readonly cue: number | null }[];
  };
  readonly hearingsKey: string;
  readonly commentsKey: string;
}

import type { StoreApi } from "zustand/vanilla";
import type { Change } from "../../../electron/captions/editing/change.ts";
import type { Command } from "../../../electron/captions/editing/command.ts";
import { type CaptionDocument, type EditCue, indexAt } from "../../../electron/captions/editing/document.ts";
/**
 * A meeting that is open in the editor: the facade that components work with. It wires together the parts of the
 * session, each in a file of its own. Everything that components show is in the store.
 */
import { parseHouseStyle } from "../../../electron/captions/house-style/style.ts";
import type { RecordingFacts } from "../../../electron/captions/quality/document-facts.ts";
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import type { TimeSpan } from "../../../electron/captions/time/span.ts";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { notifyDone } from "../../ui/notify.ts";
import { Helper } from "../worker/helper.ts";
import { type ActivePlace, DocumentStore } from "./document-store.ts";
import { type EditNotice, EditProtocol, type OpenedMeeting, toDocument } from "./edit-protocol.ts";
import { Playback } from "./playback.ts";
import { getSuspicionsPerHour, setSuspicionsPerHour } from "./preferences.ts";
import { QualityChecks } from "./quality-checks.ts";
import { Spelling } from "./spelling.ts";
import { type EditorState, indexOfCue, initialState, type MeetingInfo } from "./state.ts";
import { SyncAnchor } from "./sync-anchor.ts";
import { Transcript } from "./transcript.ts";
import { takeWindowKey } from "./window-key.ts";
import { WorkTimer } from "./work-timer.ts";

const noChange: Change = { cues: [], marks: [] };

export class EditorSession {
  readonly key: string;
  readonly meeting: MeetingInfo;
  readonly transcript: Transcript;
  readonly recovered: OpenedMeeting["recovered"];
  readonly playback = new Playback();
  readonly store: StoreApi<EditorState>;
  readonly #captions: DocumentStore;
  readonly #protocol: EditProtocol;
  readonly #quality: QualityChecks;
  readonly #spelling: Spelling;
  readonly #helper: Helper;
  readonly #timer = new WorkTimer();
  readonly #anchor = new SyncAnchor();

  /** @param key key of this window */
  constructor(key: string, recordingId: string, opened: OpenedMeeting, transcript: Transcript) {
    const { id, title, city, glossaryName, durationMs, precision } = opened;
    const profile = opened.profile;
    const houseStyle = opened.houseStyle === null ? undefined : parseHouseStyle(opened.houseStyle);
    this.key = key;
    this.meeting = { id, recordingId, title, city, glossaryName, durationMs, precision, profile, houseStyle };
    this.transcript = transcript;
    this.recovered = opened.recovered;
    const document = toDocument(opened);
    const last = document.cues.find(({ id: cue }) => cue === opened.view.cue) ?? document.cues[0];
    const captions = new DocumentStore(initialState(opened, document, last?.id ?? null), opened.view.row);
    this.#captions = captions;
    this.store = captions.store;
    const facts = this.#getFacts();
    this.#quality = new QualityChecks(captions, facts, profile);
    this.#helper = new Helper((message) => {
      if (message.kind === "spelled") this.#spelling.takeUnknown(message.unknown);
      else if (message.kind === "no-dictionary") this.#spelling.fail(message.reason);
      else {
        this.#quality.setWhole(message.issues, message.changes);
        this.store.setState({ captions: message.captions });
      }
    });
    this.#helper.send({ kind: "open", document, profile, facts });
    this.#spelling = new Spelling(transcript, document, this.#helper, {
      onUnknown: (unknown, areRecognized) => this.#markUnknown(unknown, areRecognized),
      onState: (spelling) => this.store.setState({ spelling }),
    });
    captions.listen({
      onChange: (change, changed) => {
        this.#quality.update(change, changed);
        this.#helper.send({ kind: "change", change });
        this.#spelling.check(change);
      },
      onReplace: (replaced) => {
        this.#quality.reset(replaced);
        this.#helper.send({ kind: "open", document: replaced, profile, facts: this.#getFacts() });
      },
    });
    const deps = {
      key,
      meeting: this.meeting,
      captions,
      timer: this.#timer,
      activate: (cue: number) => this.activate(cue),
    };
    this.#protocol = new EditProtocol(deps, opened);
    this.playback.seek(last?.startMs ?? 0);
    this.#quality.check();
    void this.#spelling.load();
  }

  /** Called after each edit of this window, and before a step is taken back or done again (`undefined`). */
  onEdit: ((command: Command | undefined) => void) | undefined;

  get state(): EditorState {
    return this.#captions.state;
  }

  get document(): CaptionDocument {
    return this.#captions.document;
  }

  get activeCue(): EditCue | undefined {
    return this.#captions.activeCue;
  }

  get activeIndex(): number {
    return this.#captions.activeIndex;
  }

  set firstRow(row: number) {
    this.#captions.firstRow = row;
  }

  get firstRow(): number {
    return this.#captions.firstRow;
  }

  /** Calls the listener after every change of the captions; with an empty change if all of them were replaced. */
  onChange(listener: (change: Change) => void): () => void {
    return this.#captions.listen({ onChange: listener, onReplace: () => listener(noChange) });
  }

  /** Records that the person is active: see `WorkTimer`. */
  touch(): void {
    this.#timer.touch();
  }

  /**
   * Applies an edit locally and sends it to the station.
   * @param place what is active afterwards
   * @returns Whether the edit was valid
   */
  edit(command: Command, place: ActivePlace = {}): boolean {
    const count = this.editCount;
    const isDone = this.#protocol.edit(command, place);
    // An edit that changes nothing is none.
    if (this.editCount !== count) this.onEdit?.(command);
    return isDone;
  }

  /** Accepts captions that have been heard: an edit that nobody has asked for, and that takes no notice away. */
  acceptPlayed(cues: readonly number[]): boolean {
    return this.#protocol.edit({ type: "accept", cues: [...cues] }, {});
  }

  /** Number of edits that this window has made. */
  get editCount(): number {
    return this.#protocol.editCount;
  }

  /** Settles when the undo or redo that is in flight is done; undefined if none is. */
  get undoInFlight(): Promise<void> | undefined {
    return this.#protocol.undoInFlight;
  }

  undo(): Promise<void> {
    this.onEdit?.(undefined);
    return this.#protocol.undo();
  }

  redo(): Promise<void> {
    this.onEdit?.(undefined);
    return this.#protocol.redo();
  }

  /** Handles a notice about other people: who has the write lock, and edits that this window has not made. */
  async receive(notice: MeetingNotice): Promise<void> {
    const { present } = notice.people;
    this.store.setState({
      present: present.filter(({ isYou }) => !isYou).map(({ name, cue }) => ({ name, cue })),
      commentsKey: notice.commentsKey,
    });
    await this.#protocol.receive(notice);
    if (notice.hearingsKey !== this.transcript.hearingsKey) await this.#reloadWords();
  }

  #getFacts(): RecordingFacts {
    const { words, silences, glossary, nearNames, doubts, speech } = this.transcript;
    const { durationMs } = this.meeting;
    return { durationMs, words, silences, glossary, nearNames, recordingIssues: doubts, ...speech };
  }

  /** Loads the words of the meeting, after a part of it was heard again or that was taken back. */
  async #reloadWords(): Promise<void> {
    // Without a connection, the next notice asks for it again.
    const heard = await client.editor.heard({ id: this.meeting.id }).catch(() => undefined);
    if (heard === undefined) return;
    this.transcript.load(heard, this.perHour);
    const facts = this.#getFacts();
    const { document } = this;
    this.#quality.setFacts(facts);
    this.#helper.send({ kind: "open", document, profile: this.meeting.profile, facts });
    this.#spelling.check({ cues: [{ at: 0, removed: [], inserted: document.cues }], marks: [] });
    this.#markWordsAgain();
  }

  /** Loads the station's state after the station has changed the captions itself. */
  refresh(): Promise<void> {
    return this.#protocol.refresh();
  }

  /**
   * Sets the start of the active caption to the playhead. The second call stretches everything between the two points
   * to fit.
   */
  anchor(): void {
    const cue = this.activeCue;
    if (cue === undefined) return;
    const point = { cue: cue.id, ms: Math.round(this.playback.ms) };
    const stretch = this.#anchor.set(point, (id) => indexOfCue(this.state, id));
    if (stretch === undefined) notifyDone(texts.editor.anchored);
    else this.edit(stretch);
  }

  /** Makes a caption the active one; an id that does not exist is ignored. */
  activate(id: number, place: Omit<ActivePlace, "activeCueId"> = {}): void {
    const cue = this.document.cues.find((each) => each.id === id);
    if (cue === undefined) return;
    const fresh = { selectedIds: new Set<number>(), anchorId: null, activeGap: null, wordIndex: null, caret: null };
    this.store.setState({ activeCueId: id, ...fresh, ...place });
    const isSpoken = this.playback.ms >= cue.startMs && this.playback.ms < cue.endMs;
    if (this.state.videoFollows && !isSpoken) this.playback.seek(cue.startMs);
  }

  /** Goes to speech without captions: the playhead to its start, and the list to the caption before it. */
  goToGap(gap: TimeSpan): void {
    const { cues } = this.document;
    const before = cues[Math.max(0, indexAt(cues, gap.startMs))];
    if (before !== undefined) this.activate(before.id);
    this.store.setState({ activeGap: gap });
    this.playback.seek(gap.startMs);
  }

  /** Ids of the captions that an edit of several captions applies to. */
  targetCues(): readonly number[] {
    const { activeCueId, selectedIds } = this.state;
    return activeCueId === null ? [...selectedIds] : [...new Set([activeCueId, ...selectedIds])];
  }

  /** The caption that is displayed at the playhead. */
  cueAtPlayhead(): EditCue | undefined {
    return this.document.cues[indexAt(this.document.cues, this.playback.ms)];
  }

  /** Brings `state.issues`, which follows an edit only a moment later, up to date at once, and returns it. */
  refreshIssues(): readonly Issue[] {
    this.#quality.flush();
    return this.state.issues;
  }

  suggest(word: string): Promise<readonly string[]> {
    return this.#helper.suggest(word);
  }

  /** Adds a word to the dictionary of this city, for all users. */
  learn(word: string): Promise<void> {
    return this.#spelling.learn(word, this.meeting.glossaryName);
  }

  #markUnknown(unknownWords: ReadonlySet<string>, areRecognized: boolean): void {
    // Judging all recognized words takes longer than a frame, so it is not done for every word that is typed.
    if (areRecognized) this.transcript.judge(this.perHour, unknownWords);
    else this.transcript.addUnknown(unknownWords);
    this.#markWordsAgain();
  }

  get perHour(): number {
    return getSuspicionsPerHour();
  }

  set perHour(value: number) {
    setSuspicionsPerHour(value);
    this.transcript.judge(value);
    this.#markWordsAgain();
  }

  #markWordsAgain(): void {
    this.store.setState(({ marksVersion }) => ({ marksVersion: marksVersion + 1 }));
  }

  /** Resolves when the station has answered everything. */
  settled(): Promise<void> {
    return this.#protocol.settled();
  }

  get hasUnsent(): boolean {
    return this.#protocol.hasUnsent;
  }

  /** Closes the session in an orderly way. */
  async close(): Promise<void> {
    await this.settled();
    this.#helper.close();
    this.#quality.close();
    const { id } = this.meeting;
    await client.editor.leave({ id, key: this.key, view: this.#captions.view }).catch(() => undefined);
  }
}

/** Opens a meeting's captions for editing. @throws Failure */
export async function openSession(id: string, recordingId: string): Promise<EditorSession> {
  const key = takeWindowKey();
  const [opened, heard] = await Promise.all([client.editor.open({ id, key }), client.editor.heard({ id })]);
  return new EditorSession(key, recordingId, opened, new Transcript(heard, getSuspicionsPerHour()));
}
