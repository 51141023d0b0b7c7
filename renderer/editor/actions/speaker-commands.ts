/** Who speaks: by number, as the one before, and from a caption on. */
import { texts } from "../../texts/en.ts";
import { notifyDone } from "../../ui/notify.ts";
import type { EditorContext } from "../context.ts";
import type { EditorSession } from "../session/session.ts";

/** How far a name is set. `run`: to the next change of speaker, or to the next caption that has a name already. */
export type SpeakerReach = "chosen" | "run";

/** @param speaker null: nobody is named */
export function setSpeaker(session: EditorSession, speaker: string | null, reach: SpeakerReach = "chosen"): boolean {
  const cues = reach === "run" ? listRun(session) : session.targetCues();
  return cues.length > 0 && session.edit({ type: "speaker", cues: [...cues], speaker });
}

/** @param first id of a caption: those before it keep the name, as somebody else's; null: everywhere */
export function renameSpeaker(session: EditorSession, from: string, to: string, first: number | null): boolean {
  return session.edit({ type: "rename-speaker", from, to, ...(first === null ? {} : { first }) });
}

/** The active caption and those after it that have the same speaker, or like it none. */
function listRun({ document, activeIndex }: EditorSession): readonly number[] {
  const active = document.cues[activeIndex];
  if (active === undefined) return [];
  const after = document.cues.slice(activeIndex);
  const end = after.findIndex(({ speaker }) => speaker !== active.speaker);
  return (end === -1 ? after : after.slice(0, end)).map(({ id }) => id);
}

/** The speaker that was named last before the active caption. */
const findPrevious = ({ document, activeIndex }: EditorSession): string | undefined =>
  document.cues.slice(0, Math.max(0, activeIndex)).findLast(({ speaker }) => speaker !== undefined)?.speaker;

export function repeatSpeaker({ session }: EditorContext): void {
  const speaker = findPrevious(session);
  if (speaker !== undefined) setSpeaker(session, speaker);
}

/** Names the captions up to the next change of speaker as the caption before them. */
export function continueSpeaker({ session }: EditorContext): void {
  const speaker = findPrevious(session);
  if (speaker !== undefined) setSpeaker(session, speaker, "run");
}

/** @param number 1 to 9: the first nine who speak have the digits as their keys */
export function setSpeakerByNumber({ session }: EditorContext, number: number): void {
  const speaker = session.state.speakers[number - 1];
  if (speaker === undefined) {
    notifyDone(texts.editor.speakers.noNumber(number), "speaker");
    return;
  }
  const { length } = session.targetCues();
  // Several are told with a way back (undo-offer.tsx); one as well, because a digit is soon pressed.
  if (setSpeaker(session, speaker) && length === 1) notifyDone(texts.editor.speakers.named(speaker, length), "speaker");
}
