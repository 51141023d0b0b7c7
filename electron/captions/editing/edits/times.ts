/** Edits of the times of captions. */
import { type Change, exchanging } from "../change.ts";
import type { CommandFor } from "../command.ts";
import type { EditCue } from "../document.ts";
import type { EditContext } from "../edit-context.ts";
import { EditError } from "../refused.ts";
import { findCue } from "./lookup.ts";

/** Sets the times of a caption. @throws EditError when it would overlap another caption, or end before it begins */
export function retimeCue({ document }: EditContext, command: CommandFor<"time">): Change {
  const { cue } = findCue(document, command.cue);
  const { startMs = cue.startMs, endMs = cue.endMs } = command;
  return exchanging(document, new Map([[cue.id, { ...cue, startMs, endMs }]]));
}

/**
 * Moves the border between a caption and the next one; the pause between them stays as long as it is, and captions that
 * overlap do so no more.
 * @throws EditError when there is no next one, or one of them would last no time
 */
export function rollBorder({ document }: EditContext, { cue: id, atMs }: CommandFor<"roll">): Change {
  const { at, cue } = findCue(document, id);
  const next = document.cues[at + 1];
  if (next === undefined) throw new EditError("no caption follows it");
  const startMs = atMs + Math.max(0, next.startMs - cue.endMs);
  return exchanging(
    document,
    new Map([
      [cue.id, { ...cue, endMs: atMs }],
      [next.id, { ...next, startMs }],
    ]),
  );
}

/** Moves a range of captions. @throws EditError when one would begin before the recording, or overlap an unmoved one */
export function shiftCues({ document }: EditContext, { from, to, byMs }: CommandFor<"shift">): Change {
  const first = findCue(document, from).at;
  const last = to === undefined ? document.cues.length - 1 : findCue(document, to).at;
  if (last < first) throw new EditError("the stretch ends before it begins");
  const moved = document.cues.slice(first, last + 1);
  if ((moved[0]?.startMs ?? 0) + byMs < 0) throw new EditError("a caption cannot begin before the recording");
  return exchanging(document, new Map(moved.map((cue) => [cue.id, shifted(cue, byMs)])));
}

const shifted = (cue: EditCue, byMs: number): EditCue => ({
  ...cue,
  startMs: cue.startMs + byMs,
  endMs: cue.endMs + byMs,
});

/** Two-point synchronization: two captions are moved to their correct times, and the times between them are scaled. */
export function stretchCues({ document }: EditContext, command: CommandFor<"stretch">): Change {
  const { first, firstMs, last, lastMs } = command;
  const [a, b] = [findCue(document, first), findCue(document, last)];
  if (b.at <= a.at || lastMs <= firstMs) throw new EditError("the second place has to come after the first one");
  const factor = (lastMs - firstMs) / (b.cue.startMs - a.cue.startMs);
  const at = (ms: number): number => Math.round(firstMs + (ms - a.cue.startMs) * factor);
  const moved = document.cues.slice(a.at, b.at + 1).map((cue, index, all) => {
    const isLast = index === all.length - 1;
    const startMs = at(cue.startMs);
    // The last caption keeps its duration, because the captions after it do not move.
    return { ...cue, startMs, endMs: isLast ? startMs + (cue.endMs - cue.startMs) : at(cue.endMs) };
  });
  return exchanging(document, new Map(moved.map((cue) => [cue.id, cue])));
}
