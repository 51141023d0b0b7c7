/** The log of edits: what can be taken back, what can be done again, and the captions that come of all of it. */
import { z } from "zod";
import { type Immutable, immutable } from "../readonly.ts";
import { type Change, inverse, withChange } from "./change.ts";
import { commandSchema } from "./command.ts";
import type { CaptionDocument } from "./document.ts";

const editActionUnion = z.union([commandSchema, z.object({ type: z.enum(["undo", "redo"]), of: z.number().int() })]);

/** What was done: an edit, or taking one back or doing it again, by its number. */
export type EditAction = Immutable<z.infer<typeof editActionUnion>>;
export const editActionSchema = immutable(editActionUnion);

const viewObject = z.object({
  /** Id of the active caption. */
  cue: z.number().int().nullable(),
  /** Index of the first row in view. */
  row: z.number().int().min(0),
});

/** Where the editor was: taken back with an edit, so that nobody has to search for the place. */
export type View = Immutable<z.infer<typeof viewObject>>;
export const viewSchema = immutable(viewObject);

export interface LogEntry {
  /** From 1, without a gap. */
  readonly seq: number;
  readonly deed: EditAction;
  /** What it changed, as it was carried out. */
  readonly change: Change;
  /** Before it. */
  readonly view: View;
  readonly date: string;
  readonly by: string;
}

/** What the next undo and redo are about. */
export interface Stacks {
  /** Numbers of the edits that can be taken back, the latest last. */
  readonly undo: readonly number[];
  readonly redo: readonly number[];
}

export const noStacks: Stacks = { undo: [], redo: [] };

/** The stacks after another entry. An edit after an undo makes what was taken back unreachable, as everywhere. */
export function withEntry({ undo, redo }: Stacks, { seq, deed }: Pick<LogEntry, "seq" | "deed">): Stacks {
  if (deed.type === "undo") return { undo: undo.filter((each) => each !== deed.of), redo: [...redo, deed.of] };
  if (deed.type === "redo") return { undo: [...undo, deed.of], redo: redo.filter((each) => each !== deed.of) };
  return { undo: [...undo, seq], redo: [] };
}

export const buildStacks = (entries: readonly Pick<LogEntry, "seq" | "deed">[]): Stacks =>
  entries.reduce(withEntry, noStacks);

/** The captions after all entries. @throws Error where one does not fit what came before it */
export const replay = (start: CaptionDocument, entries: readonly Pick<LogEntry, "change">[]): CaptionDocument =>
  entries.reduce((document, { change }) => withChange(document, change), start);

/** What undoing or redoing an entry changes. */
export const toChange = (type: "undo" | "redo", { change }: Pick<LogEntry, "change">): Change =>
  type === "undo" ? inverse(change) : change;

/** Typing is one edit for each caption, person and burst: what was typed next takes the place of what was before. */
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
