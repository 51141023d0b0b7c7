/** Accepts captions as they are heard, where the person wants it: those that nothing is said against. */
import { useEffect } from "react";
import { HeardCaptions } from "./session/heard-captions.ts";
import { listPlain } from "./session/plain-captions.ts";
import type { EditorSession } from "./session/session.ts";

export function useAcceptHeard(session: EditorSession): void {
  useEffect(() => {
    const heard = new HeardCaptions();
    return session.playback.listen((ms) => {
      const cues = heard.advance(session.document.cues, ms, session.playback.isPlaying);
      if (!session.state.acceptsHeard || !session.state.isWriter) return;
      const accepted = cues.flatMap(({ id }) => {
        const index = session.document.cues.findIndex((cue) => cue.id === id);
        return listPlain(session, index, index + 1).map((cue) => cue.id);
      });
      if (accepted.length > 0) session.edit({ type: "accept", cues: accepted });
    });
  }, [session]);
}
