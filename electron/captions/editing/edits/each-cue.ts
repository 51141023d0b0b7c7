/** Applies the same edit to each cue of a list. */
import { type Change, exchanging } from "../change.ts";
import type { EditCue } from "../document.ts";
import type { EditContext } from "../edit-context.ts";
import { cuesNamed } from "./lookup.ts";

/** @throws EditError when one of the cues no longer exists */
export function eachCue({ document }: EditContext, ids: readonly number[], edit: (cue: EditCue) => EditCue): Change {
  const exchanged = [...cuesNamed(document, ids).values()].map((cue) => [cue.id, edit(cue)] as const);
  return exchanging(document, new Map(exchanged));
}
