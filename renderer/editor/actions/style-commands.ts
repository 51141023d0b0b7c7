/** What the city's style has written into the captions: found, and taken back. */
import type { EditCue } from "../../../electron/captions/editing/document.ts";
import {
  listStyleInCaptions,
  type StyleInCaptions,
  takeBackStyle,
} from "../../../electron/captions/editing/take-back-style.ts";
import { texts } from "../../texts/en.ts";
import { notifyDone } from "../../ui/notify.ts";
import type { EditorSession } from "../session/session.ts";

const t = texts.editor.style;

/** What stands in captions as the style has written it, in order. */
export const findStyle = ({ transcript }: EditorSession, cues: readonly EditCue[]): readonly StyleInCaptions[] =>
  listStyleInCaptions(cues, {
    words: transcript.words,
    edits: transcript.styleEdits,
    align: (cue) => transcript.marked(cue),
  });

/** What the style has made of the selected word; undefined: nothing. */
export function findStyleOfWord(session: EditorSession): StyleInCaptions | undefined {
  const { wordIndex } = session.state;
  const { activeIndex } = session;
  const { cues } = session.document;
  const cue = cues[activeIndex];
  if (cue === undefined || wordIndex === null) return undefined;
  // A neighbor may hold the other half.
  const near = cues.slice(Math.max(0, activeIndex - 1), activeIndex + 2);
  return findStyle(session, near).find(({ places }) =>
    places.some((place) => place.cue === cue.id && place.word === wordIndex),
  );
}

/** Writes words as they were recognized, in one step that can be undone. */
export function takeStyleBack(session: EditorSession, some: readonly StyleInCaptions[]): void {
  const { cues } = session.document;
  // The list may be older than the captions: only what still stands there is taken back.
  const wanted = new Set(some.map(({ edit }) => edit));
  const standing = findStyle(session, cues).filter(({ edit }) => wanted.has(edit));
  const command = takeBackStyle(cues, standing, t.list, session.meeting.profile.cues);
  if (command === undefined) notifyDone(t.gone);
  else session.edit(command);
}
