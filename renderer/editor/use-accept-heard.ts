/** Accepts captions as they are heard, where the person wants it: those that nothing is said against. */
import { useEffect } from "react";
import { HeardCaptions } from "./session/heard-captions.ts";
import type { EditorSession } from "./session/session.ts";

/** Nobody doubts it: it has no issue, no suspicious word, and the person is not in the middle of typing it. */
function isPlain(session: EditorSession, id: number): boolean {
  const { state } = session;
  const index = session.document.cues.findIndex((cue) => cue.id === id);
  const cue = session.document.cues[index];
  if (cue === undefined || cue.reviewed === true || (state.mode === "type" && state.activeCueId === id)) return false;
  if (state.issues.some((issue) => issue.cue === index)) return false;
  return !session.transcript.marked(cue).some(({ suspicion }) => suspicion !== undefined);
}

export function useAcceptHeard(session: EditorSession): void {
  useEffect(() => {
    const heard = new HeardCaptions();
    return session.playback.listen((ms) => {
      const cues = heard.advance(session.document.cues, ms, session.playback.isPlaying);
      if (!session.state.acceptsHeard || !session.state.isWriter) return;
      const accepted = cues.map(({ id }) => id).filter((id) => isPlain(session, id));
      if (accepted.length > 0) session.edit({ type: "accept", cues: accepted });
    });
  }, [session]);
}
