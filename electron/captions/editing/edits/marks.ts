/** Bookmarks, notes, chapters, and warnings that were accepted. */

import type { Change } from "../change.ts";
import type { CommandOf } from "../command.ts";
import type { Mark } from "../document.ts";
import type { EditContext } from "../edit-context.ts";
import { EditRefused } from "../refused.ts";
import { markOf } from "./lookup.ts";

const only = (before: Mark | undefined, after: Mark | undefined): Change => ({
  cues: [],
  marks: [{ ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }],
});

/** A tick that is there already, and a chapter that begins at the same time, take the new words. */
export function addMark({ document }: EditContext, { type: _, ...wanted }: CommandOf<"mark">): Change {
  if (wanted.kind === "chapter" && wanted.text.trim() === "") throw new EditRefused("a chapter needs a title");
  const known = document.marks.find(
    ({ kind, rule, cue, atMs }) =>
      kind === wanted.kind &&
      (kind === "tick" ? rule === wanted.rule && cue === wanted.cue : kind === "chapter" && atMs === wanted.atMs),
  );
  return only(known, { ...wanted, id: known?.id ?? document.nextId });
}

export function changeMark({ document }: EditContext, { mark: id, atMs, text }: CommandOf<"change-mark">): Change {
  const mark = markOf(document, id);
  return only(mark, { ...mark, atMs: atMs ?? mark.atMs, text: text ?? mark.text });
}

export const removeMark = ({ document }: EditContext, { mark }: CommandOf<"remove-mark">): Change =>
  only(markOf(document, mark), undefined);
