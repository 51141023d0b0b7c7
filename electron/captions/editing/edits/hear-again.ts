/** The edit that puts what was heard again into the place of captions that nobody has touched. */
import { append } from "../../append.ts";
import { during } from "../../time/span.ts";
import { type Change, replacing } from "../change.ts";
import type { CommandFor } from "../command.ts";
import type { EditCue } from "../document.ts";
import type { EditContext } from "../edit-context.ts";
import { EditError } from "../refused.ts";
import { cuesNamed } from "./lookup.ts";

/**
 * Gives each new caption the id of the caption that it takes the place of, where there is one: what a person is just
 * typing into that caption then still finds it.
 */
function numbered(
  cues: CommandFor<"hear-again">["cues"],
  gone: readonly EditCue[],
  firstId: number,
): readonly EditCue[] {
  const free = new Set(gone);
  let nextId = firstId;
  return cues.map((cue) => {
    const shared = (old: EditCue): number => Math.min(cue.endMs, old.endMs) - Math.max(cue.startMs, old.startMs);
    const [old] = during(gone, cue)
      .filter((each) => free.has(each))
      .toSorted((a, b) => shared(b) - shared(a) || a.startMs - b.startMs);
    if (old === undefined) return { ...cue, id: nextId++ };
    free.delete(old);
    return { ...cue, id: old.id };
  });
}

/**
 * Replaces captions by those of what was heard again.
 * @throws EditError when one of them is gone or a person has accepted it
 */
export function hearAgain({ document }: EditContext, command: CommandFor<"hear-again">): Change {
  const named = cuesNamed(document, command.replaced);
  const gone = document.cues.filter(({ id }) => named.has(id));
  if (gone.some(({ reviewed }) => reviewed)) throw new EditError("a person has accepted one of these captions");
  const cues = numbered(command.cues, gone, document.nextId).toSorted((a, b) => a.startMs - b.startMs);
  const changes: Change["cues"][number][] = [];
  let next = 0;
  let at = 0;
  // Captions that stay part the document into stretches, each a splice of its own: nothing else is in the change.
  for (let index = 0; index <= document.cues.length; index++) {
    const cue = document.cues[index];
    if (cue !== undefined && named.has(cue.id)) continue;
    const first = next;
    while (next < cues.length && (cue === undefined || (cues[next] as EditCue).startMs < cue.startMs)) next++;
    const { cues: splices } = replacing(document.cues.slice(at, index), cues.slice(first, next));
    append(
      changes,
      splices.map((splice) => ({ ...splice, at: at + splice.at })),
    );
    at = index + 1;
  }
  return { cues: changes, marks: [] };
}
