/**
 * A meeting whose captions are open: what components of the editor work with. It puts the parts together; what each of
 * them does is in the file of its name. Everything that components show is in the store.
 */
import type { StoreApi } from "zustand/vanilla";
import type { Change } from "../../../electron/captions/editing/change.ts";
import type { Command } from "../../../electron/captions/editing/command.ts";
import { type CaptionDocument, type EditCue, indexAt } from "../../../electron/captions/editing/document.ts";
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

  /** @param key of this window */
  constructor(key: string, recordingId: string, opened: OpenedMeeting, transcript: Transcript) {
    const { id, title, city, glossaryName, durationMs, precision } = opened;
    const profile = opened.profile;
    this.key = key;
    this.meeting = { id, recordingId, title, city, glossaryName, durationMs, precision, profile };
    this.transcript = transcript;
    this.recovered = opened.recovered;
    const document = toDocument(opened);
    const last = document.cues.find(({ id: cue }) => cue === opened.view.cue) ?? document.cues[0];
    const captions = new DocumentStore(initialState(opened, document, last?.id ?? null), opened.view.row);
    this.#captions = captions;
    this.store = captions.store;
    const { words, silences, glossary, nearNames, doubts } = transcript;
    this.#quality = new QualityChecks(captions, { durationMs, words, silences, glossary, nearNames }, profile);
    this.#helper = new Helper((message) => {
      if (message.kind === "spelled") this.#spelling.takeUnknown(message.unknown);
      else if (message.kind === "no-dictionary") this.#spelling.fail(message.reason);
      else {
        this.#quality.setWhole(message.issues);
        this.store.setState({ captions: message.captions });
      }
    });
    this.#helper.send({ kind: "open", document, profile, doubts });
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
        this.#helper.send({ kind: "open", document: replaced, profile, doubts });
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

  /** Calls back after every change of the captions; with an empty change when all of them are others. */
  onChange(listener: (change: Change) => void): () => void {
    return this.#captions.listen({ onChange: listener, onReplace: () => listener(noChange) });
  }

  /** The person works: see `WorkTimer`. */
  touch(): void {
    this.#timer.touch();
  }

  /**
   * Does an edit, here at once and on the station's disk as soon as it is there.
   * @param place what is active afterwards
   * @returns Whether it made sense
   */
  edit(command: Command, place: ActivePlace = {}): boolean {
    return this.#protocol.edit(command, place);
  }

  /** Settles when the step that is being taken back has been; undefined: none is being. */
  get undoInFlight(): Promise<void> | undefined {
    return this.#protocol.undoInFlight;
  }

  undo(): Promise<void> {
    return this.#protocol.undo();
  }

  redo(): Promise<void> {
    return this.#protocol.redo();
  }

  /** Takes what the station says of others: who writes, and their edits. */
  receive(notice: EditNotice): Promise<void> {
    return this.#protocol.receive(notice);
  }

  /** The station has changed something by itself. */
  refresh(): Promise<void> {
    return this.#protocol.refresh();
  }

  /**
   * Says that the active caption begins at the playhead. The second time, everything between the two places is
   * stretched to fit.
   */
  anchor(): void {
    const cue = this.activeCue;
    if (cue === undefined) return;
    const point = { cue: cue.id, ms: Math.round(this.playback.ms) };
    const stretch = this.#anchor.set(point, (id) => indexOfCue(this.state, id));
    if (stretch === undefined) notifyDone(texts.editor.anchored);
    else this.edit(stretch);
  }

  /** Makes a caption the active one; one that does not exist changes nothing. */
  activate(id: number, place: Omit<ActivePlace, "activeCueId"> = {}): void {
    const cue = this.document.cues.find((each) => each.id === id);
    if (cue === undefined) return;
    this.store.setState({ activeCueId: id, selectedIds: new Set(), wordIndex: null, caret: null, ...place });
    const isSpoken = this.playback.ms >= cue.startMs && this.playback.ms < cue.endMs;
    if (this.state.videoFollows && !isSpoken) this.playback.seek(cue.startMs);
  }

  /** The captions that an edit of several is about. */
  targetCues(): readonly number[] {
    const { activeCueId, selectedIds } = this.state;
    return activeCueId === null ? [...selectedIds] : [...new Set([activeCueId, ...selectedIds])];
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
    return this.#spelling.learn(word, this.meeting.glossaryName);
  }

  #markUnknown(unknownWords: ReadonlySet<string>, areRecognized: boolean): void {
    // Judging all recognized words takes longer than a frame: not for every word that a person types.
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

  /** Until everything has been answered. */
  settled(): Promise<void> {
    return this.#protocol.settled();
  }

  get hasUnsent(): boolean {
    return this.#protocol.hasUnsent;
  }

  /** The window is closed in an orderly way. */
  async close(): Promise<void> {
    await this.settled();
    this.#helper.close();
    this.#quality.close();
    const { id } = this.meeting;
    await client.editor.leave({ id, key: this.key, view: this.#captions.view }).catch(() => undefined);
  }
}

/** Opens a meeting's captions. @throws Failure */
export async function openSession(id: string, recordingId: string): Promise<EditorSession> {
  const key = takeWindowKey();
  const [opened, heard] = await Promise.all([client.editor.open({ id, key }), client.editor.heard({ id })]);
  return new EditorSession(key, recordingId, opened, new Transcript(heard, getSuspicionsPerHour()));
}
