/** Choosing several captions with the keyboard. */
import type { EditCue } from "../../../electron/captions/editing/document.ts";
import type { EditorSession } from "../session/session.ts";

/** The ids of the captions from one to another one, in whichever order they are named, by their indexes. */
export const listIds = (cues: readonly EditCue[], one: number, other: number): readonly number[] =>
  cues.slice(Math.min(one, other), Math.max(one, other) + 1).map(({ id }) => id);

/** Moves the active caption, and selects all between it and the one at which the selection began. */
export function extendSelection(session: EditorSession, by: 1 | -1): void {
  const { document, state, activeIndex } = session;
  const { cues } = document;
  const next = cues[activeIndex + by];
  if (next === undefined || activeIndex < 0) return;
  // A selection that has gone, or whose first caption has, begins anew.
  const found = state.selectedIds.size === 0 ? -1 : cues.findIndex(({ id }) => id === state.anchorId);
  const anchor = found === -1 ? activeIndex : found;
  const anchorId = cues[anchor]?.id ?? null;
  session.activate(next.id, { mode: "review" });
  session.store.setState({ anchorId, selectedIds: new Set(listIds(cues, anchor, activeIndex + by)) });
}

export function selectAll({ document, store }: EditorSession): void {
  store.setState({ selectedIds: new Set(listIds(document.cues, 0, document.cues.length - 1)) });
}

export function clearSelection({ store }: EditorSession): void {
  store.setState({ selectedIds: new Set(), anchorId: null });
}
