/** Accepts captions as they are heard, where the person wants it: those that nothing is said against. */
import { useEffect } from "react";
import { listPlain } from "./session/plain-captions.ts";
import { PlayedCaptions } from "./session/played-captions.ts";
import type { EditorSession } from "./session/session.ts";

/** What was heard within this time is one edit, so that the history has no step for each caption; in milliseconds. */
const gatherMs = 15_000;

export function useAcceptPlayed(session: EditorSession): void {
  useEffect(() => {
    const played = new PlayedCaptions();
    const gathered = new Set<number>();
    let since = 0;
    const flush = (): void => {
      // What has been taken back can be done again as long as nothing else is edited: that waits.
      if (gathered.size === 0 || session.state.canRedo || !session.state.isWriter) return;
      const accepted = listPlain(
        session,
        session.document.cues.filter(({ id }) => gathered.has(id)),
      );
      gathered.clear();
      if (accepted.length > 0) session.acceptPlayed(accepted.map(({ id }) => id));
    };
    const endPlayback = session.playback.listen((ms) => {
      const { isPlaying } = session.playback;
      for (const { id } of played.advance(session.document.cues, ms, isPlaying)) {
        if (!session.state.acceptsPlayed) continue;
        if (gathered.size === 0) since = performance.now();
        gathered.add(id);
      }
      if (!isPlaying || performance.now() - since > gatherMs) flush();
    });
    const endState = session.store.subscribe((now, before) => {
      if (before.acceptsPlayed && !now.acceptsPlayed) flush();
    });
    return () => {
      endPlayback();
      endState();
      flush();
    };
  }, [session]);
}
