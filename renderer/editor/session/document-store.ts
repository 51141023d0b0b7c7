/**
 * The store with the captions of the open meeting and all other state that components show. Every change of the
 * captions goes through it, whether it comes from this page or from the station: it keeps the selection and the active
 * caption valid and notifies its listeners.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Change, withChange } from "../../../electron/captions/editing/change.ts";
import type { CaptionDocument, EditCue } from "../../../electron/captions/editing/document.ts";
import type { View } from "../../../electron/captions/editing/history.ts";
import { keepsFields } from "./kept-captions.ts";
import { listSpeakers } from "./speakers.ts";
import { type EditorState, indexOfCue } from "./state.ts";

/** The active caption, word, mode and caret after an edit. */
export type ActivePlace = Partial<Pick<EditorState, "activeCueId" | "wordIndex" | "mode" | "caret">>;

/** Called after every change of the captions, in the order in which the listeners were added. */
export interface DocumentListener {
  readonly onChange: (change: Change, document: CaptionDocument) => void;
  /** The whole document was replaced by the station's, after a broken connection. */
  readonly onReplace: (document: CaptionDocument) => void;
}

export class DocumentStore {
  readonly store: StoreApi<EditorState>;
  readonly #listeners = new Set<DocumentListener>();
  /** First visible row: sent with each edit, so that an undo can scroll back to the place of the edit. */
  firstRow: number;

  constructor(state: EditorState, firstRow: number) {
    this.store = createStore<EditorState>(() => state);
    this.firstRow = firstRow;
  }

  get state(): EditorState {
    return this.store.getState();
  }

  get document(): CaptionDocument {
    return this.state.document;
  }

  get activeIndex(): number {
    return indexOfCue(this.state, this.state.activeCueId);
  }

  get activeCue(): EditCue | undefined {
    return this.document.cues[this.activeIndex];
  }

  get view(): View {
    return { cue: this.state.activeCueId, row: this.firstRow };
  }

  /** @returns A function that removes the listener */
  listen(listener: DocumentListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Applies a change.
   * @param place what is active afterwards; if absent, unchanged
   * @param document the captions after the change, if already computed
   */
  apply(change: Change, place: ActivePlace = {}, document = withChange(this.document, change)): void {
    const { activeCueId, selectedIds } = this.state;
    const speakers = keepsFields(change, ["speaker"]) ? {} : { speakers: listSpeakers(document.cues) };
    this.store.setState({ document, ...speakers, ...place });
    if (selectedIds.size > 0 && change.cues.some(({ removed }) => removed.length > 0)) {
      const left = document.cues.map(({ id }) => id).filter((id) => selectedIds.has(id));
      if (left.length < selectedIds.size) this.store.setState({ selectedIds: new Set(left) });
    }
    // The active caption may have been removed: the caption that took its place becomes active.
    if (
      place.activeCueId === undefined &&
      activeCueId !== null &&
      !document.cues.some(({ id }) => id === activeCueId)
    ) {
      const at = Math.min(change.cues[0]?.at ?? 0, document.cues.length - 1);
      this.store.setState({ activeCueId: document.cues[at]?.id ?? null, wordIndex: null });
    }
    for (const { onChange } of this.#listeners) onChange(change, document);
  }

  /** Replaces the captions with the station's. */
  replace(state: Pick<EditorState, "document" | "seq" | "canUndo" | "canRedo">): void {
    const ids = new Set(state.document.cues.map(({ id }) => id));
    const selectedIds = new Set([...this.state.selectedIds].filter((id) => ids.has(id)));
    this.store.setState({ ...state, speakers: listSpeakers(state.document.cues), selectedIds, anchorId: null });
    if (this.activeIndex < 0) this.store.setState({ activeCueId: state.document.cues[0]?.id ?? null });
    for (const { onReplace } of this.#listeners) onReplace(state.document);
  }
}
