/** Choosing several captions with the keyboard. */
import type { EditorSession } from "../session/session.ts";

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
  const [first, last] = [Math.min(anchor, activeIndex + by), Math.max(anchor, activeIndex + by)];
  session.activate(next.id, { mode: "review" });
  session.store.setState({ anchorId, selectedIds: new Set(cues.slice(first, last + 1).map(({ id }) => id)) });
}

export function selectAll({ document, store }: EditorSession): void {
  store.setState({ selectedIds: new Set(document.cues.map(({ id }) => id)) });
}

export function clearSelection({ store }: EditorSession): void {
  store.setState({ selectedIds: new Set(), anchorId: null });
}
