/** Edits of who speaks. */
import { type Change, exchanging } from "../change.ts";
import type { CommandFor } from "../command.ts";
import type { EditContext } from "../edit-context.ts";
import { eachCue } from "./each-cue.ts";
import { findCue } from "./lookup.ts";

export const setSpeaker = (context: EditContext, { cues, speaker }: CommandFor<"speaker">): Change =>
  eachCue(context, cues, ({ speaker: _, ...cue }) => (speaker === null ? cue : { ...cue, speaker }));

/** Captions that people have accepted stay accepted: who speaks is told apart from what is said. */
export function renameSpeaker({ document }: EditContext, { from, to, first }: CommandFor<"rename-speaker">): Change {
  const at = first === undefined ? 0 : findCue(document, first).at;
  const renamed = document.cues.slice(at).filter(({ speaker }) => speaker === from);
  return exchanging(document, new Map(renamed.map((cue) => [cue.id, { ...cue, speaker: to }])));
}
