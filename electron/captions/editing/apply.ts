/**
 * Computes the change of each edit command. Pure: the editor page and the station run the same code, and the log is
 * replayed with it.
 */
import { type CueProfile, defaultProfile } from "../quality/caption-profile.ts";
import { type Change, withChange } from "./change.ts";
import type { Command, CommandFor, CommandType } from "./command.ts";
import type { CaptionDocument } from "./document.ts";
import type { EditAuthor, EditContext } from "./edit-context.ts";
import { deleteCues, exchangeCues, insertCue, mergeCues, pushWord, splitCue } from "./edits/cues.ts";
import { hearAgain } from "./edits/hear-again.ts";
import { addAgenda, addDismissals, addMark, addNoSpeech, changeMark, removeMark } from "./edits/marks.ts";
import { renameSpeaker, setSpeaker } from "./edits/speakers.ts";
import { acceptCues, balanceCues, fixCues, placeCues, replaceText, setText } from "./edits/style.ts";
import { retimeCue, rollBorder, shiftCues, stretchCues } from "./edits/times.ts";
import { EditError } from "./refused.ts";

type Edit<T extends CommandType> = (context: EditContext, command: CommandFor<T>) => Change;

const edits: { readonly [T in CommandType]: Edit<T> } = {
  text: setText,
  split: splitCue,
  merge: mergeCues,
  insert: insertCue,
  delete: deleteCues,
  time: retimeCue,
  roll: rollBorder,
  shift: shiftCues,
  stretch: stretchCues,
  push: pushWord,
  balance: balanceCues,
  speaker: setSpeaker,
  "rename-speaker": renameSpeaker,
  place: placeCues,
  accept: acceptCues,
  unaccept: acceptCues,
  replace: replaceText,
  fix: fixCues,
  "hear-again": hearAgain,
  exchange: exchangeCues,
  mark: addMark,
  ticks: addDismissals,
  "no-speech": addNoSpeech,
  agenda: addAgenda,
  "change-mark": changeMark,
  "remove-mark": removeMark,
};

/** Generic, so that the compiler knows that edit and command are of the same type. */
function runEdit<T extends CommandType>(type: T, context: EditContext, command: CommandFor<T>): Change {
  return edits[type](context, command);
}

/**
 * Computes the change of a command. Cues stay in order, each at least a millisecond long, and no edit makes two of them
 * overlap more than they did.
 * @param author who makes the edit; undefined: nobody who is known
 * @throws EditError with the reason; nothing is changed then
 */
export function computeChange(
  document: CaptionDocument,
  command: Command,
  profile: CueProfile = defaultProfile,
  author?: EditAuthor,
): { readonly change: Change; readonly document: CaptionDocument } {
  const change = runEdit(command.type, { document, profile, author }, command);
  const next = withChange(document, change);
  requireOrder(document, next, change);
  return { change, document: next };
}

/** Checks the changed cues and the cues next to them. */
function requireOrder(before: CaptionDocument, after: CaptionDocument, { cues }: Change): void {
  let moved = 0;
  for (const { at, removed, inserted } of cues) {
    const first = Math.max(0, at + moved - 1);
    const last = Math.min(after.cues.length - 1, at + moved + inserted.length);
    moved += inserted.length - removed.length;
    const allowed = greatestOverlap(before, Math.max(0, at - 1), Math.min(before.cues.length - 1, at + removed.length));
    for (let index = first; index <= last; index++) {
      const cue = after.cues[index];
      const next = after.cues[index + 1];
      if (cue === undefined) continue;
      if (cue.startMs < 0 || cue.endMs <= cue.startMs) throw new EditError("a caption has to last a moment");
      if (next === undefined || index === last) continue;
      if (next.startMs <= cue.startMs) throw new EditError("captions have to stay in their order");
      if (cue.endMs - next.startMs > allowed) throw new EditError("two captions would be shown at once");
    }
  }
}

function greatestOverlap({ cues }: CaptionDocument, first: number, last: number): number {
  let greatest = 0;
  for (let index = first; index < last; index++) {
    const [cue, next] = [cues[index], cues[index + 1]];
    if (cue !== undefined && next !== undefined) greatest = Math.max(greatest, cue.endMs - next.startMs);
  }
  return greatest;
}
