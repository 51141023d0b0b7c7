/** Conditions under which editor actions are possible. */
import type { EditorContext } from "../context.ts";

type Condition = (context: EditorContext) => boolean;

/** This window has the write lock; the other windows are read-only. */
export const canWrite: Condition = ({ session }) => session.state.isWriter;

export const hasActiveCue: Condition = ({ session }) => session.state.activeCueId !== null;

export const canEditCue: Condition = (context) => canWrite(context) && hasActiveCue(context);

/** A word of the active caption is selected. */
export const canEditWord: Condition = (context) => canEditCue(context) && context.session.state.wordIndex !== null;

export const canDelete: Condition = (context) => canWrite(context) && context.session.targetCues().length > 0;

export const isTyping: Condition = ({ session }) => session.state.mode === "type";

// While an undo is in flight, it is not yet known whether another step can be undone: the next undo waits for it.
export const canUndo: Condition = ({ session }) =>
  session.state.isWriter && (session.state.canUndo || session.undoInFlight !== undefined);

export const canRedo: Condition = ({ session }) =>
  session.state.isWriter && (session.state.canRedo || session.undoInFlight !== undefined);
