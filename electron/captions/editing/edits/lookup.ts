/** Finds the cues and marks that an edit refers to. */
import type { CaptionDocument, EditCue, Mark } from "../document.ts";
import { EditError } from "../refused.ts";

/** Finds a cue by its id. @throws EditError when it no longer exists */
export function findCue({ cues }: CaptionDocument, id: number): { readonly at: number; readonly cue: EditCue } {
  const at = cues.findIndex((cue) => cue.id === id);
  const cue = cues[at];
  if (cue === undefined) throw new EditError("the caption is not there any more");
  return { at, cue };
}

export function findMark({ marks }: CaptionDocument, id: number): Mark {
  const mark = marks.find((each) => each.id === id);
  if (mark === undefined) throw new EditError("it is not there any more");
  return mark;
}

/** The cues with the given ids, keyed by id. @throws EditError when one no longer exists */
export function cuesNamed({ cues }: CaptionDocument, ids: readonly number[]): ReadonlyMap<number, EditCue> {
  const wanted = new Set(ids);
  const found = new Map(cues.filter(({ id }) => wanted.has(id)).map((cue) => [cue.id, cue]));
  if (found.size < wanted.size) throw new EditError("a caption is not there any more");
  return found;
}
