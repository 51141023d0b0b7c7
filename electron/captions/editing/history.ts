/** The edit log: entries, undo and redo stacks, and replaying the entries into the resulting captions. */
import { z } from "zod";
import { type Immutable, immutable } from "../readonly.ts";
import { type Change, inverse, withChange } from "./change.ts";
import { commandSchema } from "./command.ts";
import type { CaptionDocument } from "./document.ts";

const editActionUnion = z.union([commandSchema, z.object({ type: z.enum(["undo", "redo"]), of: z.number().int() })]);

/** One action of the log: an edit, or undo or redo of an edit by its number. */
export type EditAction = Immutable<z.infer<typeof editActionUnion>>;
export const editActionSchema = immutable(editActionUnion);

const viewObject = z.object({
  /** Id of the active caption. */
  cue: z.number().int().nullable(),
  /** Index of the first row in view. */
  row: z.number().int().min(0),
});

/** The position in the editor, restored when an edit is undone so that the user need not search for the place. */
export type View = Immutable<z.infer<typeof viewObject>>;
export const viewSchema = immutable(viewObject);

export interface LogEntry {
  /** Sequence number, from 1 without gaps. */
  readonly seq: number;
  readonly deed: EditAction;
  /** The change as it was applied. */
  readonly change: Change;
  /** The view before the edit. */
  readonly view: View;
  readonly date: string;
  readonly by: string;
}

/** The edits that the next undo and redo apply to. */
export interface Stacks {
  /** Numbers of the edits that can be undone, the latest last. */
  readonly undo: readonly number[];
  readonly redo: readonly number[];
}

export const noStacks: Stacks = { undo: [], redo: [] };

/** The stacks after another entry. A new edit after an undo discards the redo stack. */
export function withEntry({ undo, redo }: Stacks, { seq, deed }: Pick<LogEntry, "seq" | "deed">): Stacks {
  if (deed.type === "undo") return { undo: undo.filter((each) => each !== deed.of), redo: [...redo, deed.of] };
  if (deed.type === "redo") return { undo: [...undo, deed.of], redo: redo.filter((each) => each !== deed.of) };
  return { undo: [...undo, seq], redo: [] };
}

export const buildStacks = (entries: readonly Pick<LogEntry, "seq" | "deed">[]): Stacks =>
  entries.reduce(withEntry, noStacks);

/** Applies all entries to a document. @throws Error when a change does not fit the document before it */
export const replay = (start: CaptionDocument, entries: readonly Pick<LogEntry, "change">[]): CaptionDocument =>
  entries.reduce((document, { change }) => withChange(document, change), start);

/** The change made by undoing or redoing an entry. */
export const toChange = (type: "undo" | "redo", { change }: Pick<LogEntry, "change">): Change =>
  type === "undo" ? inverse(change) : change;

/**
 * True when two edits are one burst of typing: same caption, same user, less than `burstMs` apart. A burst is one entry
 * of the log; each edit replaces the one before it.
 */
export function isSameBurst(
  last: LogEntry | undefined,
  next: EditAction,
  { by, nowMs, burstMs }: { readonly by: string; readonly nowMs: number; readonly burstMs: number },
): boolean {
  return (
    last !== undefined &&
    last.by === by &&
    last.deed.type === "text" &&
    next.type === "text" &&
    last.deed.typed === true &&
    next.typed === true &&
    last.deed.cue === next.cue &&
    nowMs - Date.parse(last.date) < burstMs
  );
}
